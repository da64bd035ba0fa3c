package link_test

import (
	"testing"

	"github.com/amiscan/amiscan/internal/inventory"
)

const (
	settingsID = "111122223333/eu-west-1"
	keyA       = "arn:aws:kms:eu-west-1:111122223333:key/a"
	keyB       = "arn:aws:kms:eu-west-1:111122223333:key/b"
	seesKeys   = "kms:DescribeKey"
)

// launching is a unit with one template whose one version has this data, and an EBS default key.
func launching(data string) *part {
	return whole().put(inventory.LaunchTemplate, templateID, "template_versions",
		`[{"VersionNumber":1,"DefaultVersion":true,"LaunchTemplateData":`+data+`}]`).defaultKey(keyA)
}

func (p *part) defaultKey(name any) *part {
	if text, ok := name.(string); ok {
		name = `{"KmsKeyId":"` + text + `"}`
	}
	return p.put(inventory.Settings, settingsID, "ebs_default_kms_key", name)
}

func (p *part) key(arn string, value any) *part { return p.put(inventory.KMSKey, arn, "key", value) }

func TestKeysOfLaunches(t *testing.T) {
	t.Parallel()
	const a, b = `{"Arn":"a"}`, `{"Arn":"b"}`
	named := func(key string) string {
		return `{"ImageId":"ami-1","BlockDeviceMappings":[{"Ebs":{"KmsKeyId":"` + key + `"}}]}`
	}
	known := func(data string) *part { return launching(data).key(keyA, a).key(keyB, b) }
	runLinkTests(t, inventory.LaunchTemplate, templateID, "keys", []linkTest{
		{"of the image's snapshot and the default", known(`{"ImageId":"ami-1"}`).image("ami-1", "snap-1").
			snapshot("snap-1", keyB), inventory.Known, "[" + b + "," + a + "]", nil},
		{"named by the launch", known(named(keyB)).image("ami-1"), inventory.Known, "[" + b + "," + a + "]", nil},
		{"named by an alias", known(named("alias/web")).image("ami-1").put(inventory.KMSAlias, "alias/web", "target",
			`{"KmsKeyId":"alias/web","Arn":"`+keyB+`"}`), inventory.Known, "[" + b + "," + a + "]", nil},
		{"named by an alias that leads nowhere", known(named("alias/web")).image("ami-1").put(inventory.KMSAlias,
			"alias/web", "target", inventory.NotFound), inventory.Known, "[" + a + "]", nil},
		{"named by an alias that nobody followed", known(named("alias/web")).image("ami-1"), inventory.NotCollected,
			"[" + a + "]", []inventory.Gap{gap("target", inventory.NotCollected, seesKeys, "")}},
		{"a key that was denied", launching(`{"ImageId":"ami-1"}`).image("ami-1").key(keyA, inventory.Denied),
			inventory.Denied, "[]", []inventory.Gap{gap("key", inventory.Denied, seesKeys, "Code")}},
		{"the snapshot of a foreign image, which nobody here sees", known(`{"ImageId":"ami-9"}`).
			put(inventory.ForeignImage, "ami-9", "image", `{"BlockDeviceMappings":[{"Ebs":{"SnapshotId":"snap-9"}}]}`),
			inventory.Known, "[" + a + "]", nil},
		{"an image that does not resolve", known(`{"ImageId":"ami-9"}`).put(inventory.ForeignImage, "ami-9", "image",
			inventory.NotVisible), inventory.Known, "[" + a + "]", nil},
		{"an image that nobody looked up", known(`{"ImageId":"ami-9"}`), inventory.NotCollected, "[" + a + "]",
			[]inventory.Gap{gap("image", inventory.NotCollected, "ec2:DescribeImages", "")}},
	})
	runLinkTests(t, inventory.LaunchTemplate, templateID, "keys", []linkTest{
		{"the default key is not known", whole().template(templateID, "ami-1").image("ami-1").defaultKey(inventory.Denied),
			inventory.Denied, "[]",
			[]inventory.Gap{gap("ebs_default_kms_key", inventory.Denied, "ec2:GetEbsDefaultKmsKeyId", "Code")}},
	})
	runLinkTests(t, inventory.LaunchTemplate, templateID, "key_policies", []linkTest{
		{"beside the key's ARN", launching(`{"ImageId":"ami-1"}`).image("ami-1").put(inventory.KMSKey, keyA, "key_policy",
			`{"Version":"1"}`), inventory.Known, `[{"Arn":"` + keyA + `","Policy":{"Version":"1"}}]`, nil},
		{"not to be seen", launching(`{"ImageId":"ami-1"}`).image("ami-1").put(inventory.KMSKey, keyA, "key_policy",
			inventory.NotVisible), inventory.NotVisible, `[]`,
			[]inventory.Gap{gap("key_policy", inventory.NotVisible, "kms:GetKeyPolicy", "Code")}},
	})
}

func TestWhatLaunchesName(t *testing.T) {
	t.Parallel()
	p := func() *part {
		return launching(`{"ImageId":"ami-1","InstanceType":"m7i.large","IamInstanceProfile":{"Arn":` +
			`"arn:aws:iam::111122223333:instance-profile/path/web"},"NetworkInterfaces":[{"SubnetId":"subnet-1"}]}`)
	}
	runLinkTests(t, inventory.LaunchTemplate, templateID, "instance_types", []linkTest{
		{"known", p().put(inventory.InstanceType, "m7i.large", "instance_type", `{}`), inventory.Known, "[{}]", nil},
		{"unknown in the region", p().put(inventory.InstanceType, "m7i.large", "instance_type", inventory.NotFound),
			inventory.Known, "[]", nil},
		{"never looked up", p(), inventory.NotCollected, "[]",
			[]inventory.Gap{gap("instance_type", inventory.NotCollected, "ec2:DescribeInstanceTypes", "")}},
	})
	runLinkTests(t, inventory.LaunchTemplate, templateID, "instance_profiles", []linkTest{
		{"by the name in the ARN", p().put(inventory.InstanceProfile, "web", "instance_profile", `{}`),
			inventory.Known, "[{}]", nil},
	})
	runLinkTests(t, inventory.LaunchTemplate, templateID, "type_offerings", []linkTest{
		{"one list", p().put(inventory.InstanceType, "m7i.large", "offerings", `[{"Location":"a"},{"Location":"b"}]`),
			inventory.Known, `[{"Location":"a"},{"Location":"b"}]`, nil},
	})
	runLinkTests(t, inventory.AutoScalingGroup, "web", "subnets", []linkTest{
		{"of the group and of its template", p().group(`"VPCZoneIdentifier":"subnet-2, subnet-3",`+
			`"LaunchTemplate":{"LaunchTemplateId":"lt-1"}`).put(inventory.Subnet, "subnet-1", "subnet", `{"n":1}`).
			put(inventory.Subnet, "subnet-2", "subnet", `{"n":2}`).put(inventory.Subnet, "subnet-3", "subnet", inventory.NotFound),
			inventory.Known, `[{"n":1},{"n":2}]`, nil},
	})
	runLinkTests(t, inventory.LaunchTemplate, templateID, "recycled_images", []linkTest{
		{"in the bin", p().put(inventory.RecycledImage, "ami-1", "recycled_image", `{}`), inventory.Known, "[{}]", nil},
		{"not in the bin", p(), inventory.Known, "[]", nil},
		{"the bin was not seen", p().covered(inventory.RecycledImage, inventory.Denied, ""), inventory.Denied, "[]",
			[]inventory.Gap{gap("recycled_image", inventory.Denied, "ec2:ListImagesInRecycleBin", "Code")}},
	})
}

func TestAudiences(t *testing.T) {
	t.Parallel()
	const audience = `[{"ImageId":"ami-1","LaunchPermissions":[{"UserId":"444455556666"}]}]`
	p := func() *part {
		return whole().image("ami-1", "snap-1").image("ami-2", "snap-2").snapshot("snap-1", keyA).snapshot("snap-2", keyB).
			key(keyA, `{}`)
	}
	shared := func() *part {
		return p().put(inventory.AMI, "ami-1", "launch_permissions", `[{"UserId":"444455556666"}]`)
	}
	lacks := []inventory.Gap{gap("launch_permissions", inventory.Denied, "ec2:DescribeImageAttribute", "Code")}
	for kind, id := range map[string]string{inventory.KMSKey: keyA, inventory.Snapshot: "snap-1"} {
		runLinkTests(t, kind, id, "image_audiences", []linkTest{
			{"shared", shared(), inventory.Known, audience, nil},
			{"denied", p().put(inventory.AMI, "ami-1", "launch_permissions", inventory.Denied), inventory.Denied, "[]", lacks},
			{"images not whole", shared().covered(inventory.AMI, inventory.Throttled, ""), inventory.Throttled, audience,
				[]inventory.Gap{gap("image", inventory.Throttled, "ec2:DescribeImages", "Code")}},
		})
	}
}

func TestInstancesAndParametersOfAnImage(t *testing.T) {
	t.Parallel()
	const running, golden = `{"InstanceId":"i-1","ImageMetadata":{"ImageId":"ami-1"}}`, `{"Name":"/golden","Value":"ami-1"}`
	runLinkTests(t, inventory.AMI, "ami-1", "instances", []linkTest{
		{"one of two", whole().image("ami-1").put(inventory.Instance, "i-1", "instance_image", running).
			put(inventory.Instance, "i-2", "instance_image", `{"ImageMetadata":{"ImageId":"ami-2"}}`), inventory.Known,
			"[" + running + "]", nil},
		{"denied", whole().image("ami-1").covered(inventory.Instance, inventory.Denied, ""), inventory.Denied, "[]",
			[]inventory.Gap{gap("instance_image", inventory.Denied, "ec2:DescribeInstanceImageMetadata", "Code")}},
	})
	runLinkTests(t, inventory.AMI, "ami-1", "image_parameters", []linkTest{
		{"one of two", whole().image("ami-1").put(inventory.SSMParameter, "/golden", "image_parameter", golden).
			put(inventory.SSMParameter, "/other", "image_parameter", `{"Value":"ami-2"}`), inventory.Known, "[" + golden + "]", nil},
		{"one is not to be read", whole().image("ami-1").put(inventory.SSMParameter, "/golden", "image_parameter",
			inventory.Denied), inventory.Denied, "[]",
			[]inventory.Gap{gap("image_parameter", inventory.Denied, seesParameter, "Code")}},
	})
	runLinkTests(t, inventory.SSMParameter, "/golden", "images", []linkTest{
		{"own", whole().image("ami-1").put(inventory.SSMParameter, "/golden", "image_parameter", golden), inventory.Known,
			`[{"ImageId":"ami-1","Name":"web-20260101","BlockDeviceMappings":[]}]`, nil},
		{"gone", whole().put(inventory.SSMParameter, "/golden", "image_parameter", golden).put(inventory.ForeignImage, "ami-1",
			"image", inventory.NotVisible), inventory.Known, `[]`, nil},
	})
}

// A parameter that a template names is none of those that hold an image, unless the listing says so.
func TestResourceThatItsListingLacks(t *testing.T) {
	t.Parallel()
	p := func() *part { return whole().parameter("/golden/web", "ami-1") }
	if fact := p().fact(t, inventory.SSMParameter, "/golden/web", "parameter_metadata"); fact.Status != inventory.NotFound {
		t.Errorf("with a whole listing it is %+v", fact)
	}
	fact := p().covered(inventory.SSMParameter, inventory.Denied, "").fact(t, inventory.SSMParameter, "/golden/web",
		"parameter_metadata")
	if fact.Status != inventory.Denied || fact.Action != "ssm:DescribeParameters" {
		t.Errorf("with a denied listing it is %+v", fact)
	}
}

func TestDefaultKeyAndRoles(t *testing.T) {
	t.Parallel()
	runLinkTests(t, inventory.Settings, settingsID, "default_keys", []linkTest{
		{"by ARN", whole().defaultKey(keyA).key(keyA, `{}`), inventory.Known, "[{}]", nil},
		{"by alias", whole().defaultKey("alias/aws/ebs").key(keyA, `{}`).put(inventory.KMSAlias, "alias/aws/ebs", "target",
			`{"Arn":"`+keyA+`"}`), inventory.Known, "[{}]", nil},
		{"gone", whole().defaultKey(keyA).key(keyA, inventory.NotFound), inventory.Known, "[]", nil},
	})
	runLinkTests(t, inventory.Settings, settingsID, "launching_roles", []linkTest{
		{"none", whole().defaultKey(keyA), inventory.Known, "[]", nil},
		{"of a group", whole().defaultKey(keyA).template(templateID, "ami-1").group(`"LaunchTemplate":{"LaunchTemplateId":"lt-1"}`),
			inventory.Known, `["` + role + `"]`, nil},
		{"groups denied", whole().defaultKey(keyA).covered(inventory.AutoScalingGroup, inventory.Denied, ""), inventory.Denied, "[]",
			[]inventory.Gap{gap("group", inventory.Denied, "autoscaling:DescribeAutoScalingGroups", "Code")}},
	})
}

func TestTrails(t *testing.T) {
	t.Parallel()
	const trail = "arn:aws:cloudtrail:us-east-1:111122223333:trail/all"
	p := func() *part { return whole().defaultKey(keyA).put(inventory.Trail, trail, "trail", `{"Name":"all"}`) }
	runLinkTests(t, inventory.Settings, settingsID, "trails", []linkTest{
		{"one", p(), inventory.Known, `[{"Trail":{"Name":"all"},"TrailARN":"` + trail + `"}]`, nil},
		{"none", whole().defaultKey(keyA), inventory.Known, "[]", nil},
		{"denied", whole().defaultKey(keyA).covered(inventory.Trail, inventory.Denied, ""), inventory.Denied, "[]",
			[]inventory.Gap{gap("trail", inventory.Denied, "cloudtrail:DescribeTrails", "Code")}},
	})
	runLinkTests(t, inventory.Settings, settingsID, "trail_statuses", []linkTest{
		{"known", p().put(inventory.Trail, trail, "trail_status", `{"IsLogging":true}`), inventory.Known,
			`[{"Status":{"IsLogging":true},"TrailARN":"` + trail + `"}]`, nil},
		{"denied", p().put(inventory.Trail, trail, "trail_status", inventory.Denied), inventory.Denied, "[]",
			[]inventory.Gap{gap("trail_status", inventory.Denied, "cloudtrail:GetTrailStatus", "Code")}},
	})
}
