package awsstub

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/amiscan/amiscan/internal/inventory"
)

// template is a launch template with its versions in the order of their numbers.
type template struct {
	id, name string
	versions []templateVersion
}

// templateVersion is one version, written in advance.
type templateVersion struct {
	number    int64
	isDefault bool
	// hidden versions belong to a service that manages them and are listed only with IncludeManagedResources.
	hidden bool
	xml    []byte
	fields map[string]string
}

// templateFilters are the filters of DescribeLaunchTemplateVersions that look at the version itself.
var templateFilters = map[string]string{"is-default-version": "DefaultVersion", "image-id": "ImageId"}

func (c *catalog) addTemplate(r inventory.Resource) error {
	versions, err := readFact(r, "template_versions")
	if err != nil || !versions.known {
		return err
	}
	list, ok := versions.value.([]any)
	if !ok || len(list) == 0 {
		return errors.New("template_versions: want an array of at least one version")
	}
	t := &template{id: r.ID, name: field(list[0], "LaunchTemplateName")}
	for i, value := range list {
		if err := t.add(fmt.Sprintf("template_versions[%d]", i), value); err != nil {
			return err
		}
	}
	slices.SortFunc(t.versions, func(a, b templateVersion) int { return cmp.Compare(a.number, b.number) })
	at := place{r.Account, r.Region}
	if slices.ContainsFunc(c.templates[at], func(other *template) bool { return other.id == t.id }) {
		return errors.New("it is there twice")
	}
	c.templates[at] = append(c.templates[at], t)
	return nil
}

func (t *template) add(path string, value any) error {
	if err := sameAs(value, path, "LaunchTemplateId", t.id); err != nil {
		return err
	}
	if err := sameAs(value, path, "LaunchTemplateName", t.name); err != nil {
		return err
	}
	xml, err := render(group(templateVersionShape), "item", path, value)
	if err != nil {
		return err
	}
	v := templateVersion{xml: xml, isDefault: isSet(value, "DefaultVersion"), fields: templateFields(value)}
	object, _ := value.(map[string]any)
	number, _ := object["VersionNumber"].(json.Number)
	if v.number, err = number.Int64(); err != nil || t.has(v.number) {
		return fmt.Errorf("%s.VersionNumber: %q is no number or there twice", path, number)
	}
	v.hidden = isSet(object["Operator"], "HiddenByDefault")
	t.versions = append(t.versions, v)
	return nil
}

func templateFields(value any) map[string]string {
	object, _ := value.(map[string]any)
	fields := filterFields(value, templateFilters)
	if image := field(object["LaunchTemplateData"], "ImageId"); image != "" {
		fields["image-id"] = image
	}
	return fields
}

func (t *template) has(number int64) bool {
	return slices.ContainsFunc(t.versions, func(v templateVersion) bool { return v.number == number })
}

// latest is the version with the highest number.
func (t *template) latest() int64 { return t.versions[len(t.versions)-1].number }
