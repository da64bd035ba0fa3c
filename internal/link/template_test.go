package link_test

import (
	"testing"

	"github.com/amiscan/amiscan/internal/inventory"
)

const (
	templateID    = "lt-1"
	seesTemplates = "ec2:DescribeLaunchTemplateVersions"
	seesParameter = "ssm:GetParameters"
	web           = "resolve:ssm:/golden/web"
)

func edge(version, flags, parameter string) string {
	how := "default"
	if flags == latestOnly {
		how = "latest"
	}
	text := `{"kind":"launch_template","id":"lt-1","name":"web","edge":"` + how + `","subject":"` + version +
		`","version":` + version + `,"template_id":"lt-1",` + flags
	if parameter != "" {
		text += `,"parameter":"` + parameter + `"`
	}
	return text + "}"
}

const (
	both        = `"default":true,"latest":true`
	defaultOnly = `"default":true,"latest":false`
	latestOnly  = `"default":false,"latest":true`
)

func TestReferencesToAnImage(t *testing.T) {
	t.Parallel()
	base := func() *part { return whole().image(imageID) }
	lacksParameter := func(status inventory.Status, code string) []inventory.Gap {
		return []inventory.Gap{gap("parameter", status, seesParameter, code)}
	}
	lacksTemplates := func(status inventory.Status, code string) []inventory.Gap {
		return []inventory.Gap{gap("template_versions", status, seesTemplates, code)}
	}
	runLinkTests(t, inventory.AMI, imageID, "references", []linkTest{
		{"none", base().template(templateID, "ami-2"), inventory.Known, "[]", nil},
		{"one that is default and latest", base().template(templateID, imageID), inventory.Known, "[" + edge("1",
			both, "") + "]", nil},
		{"default and latest", base().template(templateID, imageID, imageID), inventory.Known,
			"[" + edge("1", defaultOnly, "") + "," + edge("2", latestOnly, "") + "]", nil},
		{"a version between", base().template(templateID, "ami-2", imageID, "ami-2"), inventory.Known, "[]", nil},
		{"through a parameter", base().template(templateID, web).parameter("/golden/web", imageID), inventory.Known,
			"[" + edge("1", both, "/golden/web") + "]", nil},
		{"through a version of one", base().template(templateID, web+":3").parameter("/golden/web:3", imageID).
			parameter("/golden/web", "ami-2"), inventory.Known, "[" + edge("1", both, "/golden/web:3") + "]", nil},
		{"through one that does not exist", base().template(templateID, web).parameter("/golden/web", inventory.NotFound),
			inventory.Known, "[]", nil},
		{"through one that was denied, beside a direct one", base().template(templateID, web, imageID).
			parameter("/golden/web", inventory.Denied), inventory.Denied, "[" + edge("2", latestOnly, "") + "]",
			lacksParameter(inventory.Denied, "Code")},
		{"through one that was never asked for", base().template(templateID, web), inventory.NotCollected, "[]",
			lacksParameter(inventory.NotCollected, "")},
		{"templates denied", base().covered(inventory.LaunchTemplate, inventory.Denied, ""), inventory.Denied, "[]",
			lacksTemplates(inventory.Denied, "Code")},
		{"templates narrowed", base().template(templateID, imageID).covered(inventory.LaunchTemplate, inventory.Known,
			"import"),
			inventory.NotCollected, "[" + edge("1", both, "") + "]", lacksTemplates(inventory.NotCollected, "")},
		{"one template throttled", base().put(inventory.LaunchTemplate, "lt-2", "template_versions", inventory.Throttled),
			inventory.Throttled, "[]", lacksTemplates(inventory.Throttled, "Code")},
		{"one template in another shape", base().put(inventory.LaunchTemplate, "lt-2", "template_versions",
			`[{"VersionNumber":"1"}]`),
			inventory.Error, "[]", lacksTemplates(inventory.Error, "")},
	})
}

func TestImagesOfATemplate(t *testing.T) {
	t.Parallel()
	const one, foreign = `{"ImageId":"ami-1","Name":"web-20260101","BlockDeviceMappings":[]}`, `{"ImageId":"ami-9"}`
	runLinkTests(t, inventory.LaunchTemplate, templateID, "images", []linkTest{
		{"own", whole().image(imageID).template(templateID, imageID, imageID), inventory.Known, "[" + one + "]", nil},
		{"foreign", whole().template(templateID, "ami-9").put(inventory.ForeignImage, "ami-9", "image", foreign),
			inventory.Known, "[" + foreign + "]", nil},
		{"looked up and not there", whole().template(templateID, "ami-9").put(inventory.ForeignImage, "ami-9",
			"image", inventory.NotVisible),
			inventory.Known, "[]", nil},
		{"never looked up", whole().template(templateID, "ami-9"), inventory.NotCollected, "[]",
			[]inventory.Gap{gap("image", inventory.NotCollected, seesImages, "")}},
		{"denied", whole().template(templateID, "ami-9").put(inventory.ForeignImage, "ami-9", "image", inventory.Denied),
			inventory.Denied, "[]", []inventory.Gap{gap("image", inventory.Denied, seesImages, "Code")}},
		{"none named", whole().template(templateID, ""), inventory.Known, "[]", nil},
		{"through a parameter", whole().image(imageID).template(templateID, web).parameter("/golden/web", imageID),
			inventory.Known, "[" + one + "]", nil},
		{"through a parameter that was denied", whole().image(imageID).template(templateID, web, imageID).
			parameter("/golden/web", inventory.Denied), inventory.Denied, "[" + one + "]",
			[]inventory.Gap{gap("parameter", inventory.Denied, seesParameter, "Code")}},
		{"versions denied", whole().put(inventory.LaunchTemplate, templateID, "template_versions", inventory.Denied),
			inventory.Denied, "[]", []inventory.Gap{gap("template_versions", inventory.Denied, seesTemplates, "Code")}},
	})
}

func TestParametersOfATemplate(t *testing.T) {
	t.Parallel()
	const known = `{"Name":"/golden/web","Value":"ami-1"}`
	runLinkTests(t, inventory.LaunchTemplate, templateID, "parameters", []linkTest{
		{"none", whole().template(templateID, imageID), inventory.Known, "[]", nil},
		{"one", whole().template(templateID, web).parameter("/golden/web", imageID), inventory.Known,
			"[" + known + "]", nil},
		{"one named twice", whole().template(templateID, web, web).parameter("/golden/web", imageID), inventory.Known,
			"[" + known + "]", nil},
		{"one that does not exist", whole().template(templateID, web).parameter("/golden/web", inventory.NotFound),
			inventory.Known, "[]", nil},
		{"one and another that was denied", whole().template(templateID, web, web+":prod").parameter("/golden/web",
			imageID).
			parameter("/golden/web:prod", inventory.Denied), inventory.Denied, "[" + known + "]",
			[]inventory.Gap{gap("parameter", inventory.Denied, seesParameter, "Code")}},
		{"versions throttled", whole().put(inventory.LaunchTemplate, templateID, "template_versions", inventory.Throttled),
			inventory.Throttled, "[]", []inventory.Gap{gap("template_versions", inventory.Throttled, seesTemplates, "Code")}},
	})
}
