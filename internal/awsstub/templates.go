package awsstub

import (
	"bytes"
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
	// pinnedDenied says that the caller may not read the versions that others pin.
	pinnedDenied bool
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

// addTemplate keeps the versions of template_versions, and those of pinned_versions that it lacks.
func (c *catalog) addTemplate(r inventory.Resource) error {
	listed, err := readVersions(r, "template_versions")
	if err != nil {
		return err
	}
	pinned, err := readVersions(r, "pinned_versions")
	if err != nil {
		return err
	}
	t := &template{id: r.ID, pinnedDenied: pinned.denied}
	if err := errors.Join(t.addAll("template_versions", listed), t.addAll("pinned_versions", pinned)); err != nil {
		return err
	}
	if len(t.versions) == 0 && !t.pinnedDenied {
		return nil
	}
	slices.SortFunc(t.versions, func(a, b templateVersion) int { return cmp.Compare(a.number, b.number) })
	at := place{r.Account, r.Region}
	if slices.ContainsFunc(c.templates[at], func(other *template) bool { return other.id == t.id }) {
		return errors.New("it is there twice")
	}
	c.templates[at] = append(c.templates[at], t)
	return nil
}

// readVersions reads one of the two facts that hold versions. AWS knows no template without any.
func readVersions(r inventory.Resource, name string) (fact, error) {
	f, err := readFact(r, name)
	if err != nil || !f.known {
		return f, err
	}
	if list, ok := f.value.([]any); !ok || len(list) == 0 && isListed(name) {
		return fact{}, fmt.Errorf("%s: want an array of at least one version", name)
	}
	return f, nil
}

// addAll adds the versions that one fact holds. Another fact may hold them already, if it says the same.
func (t *template) addAll(name string, f fact) error {
	list, _ := f.value.([]any)
	others := slices.Clone(t.versions)
	for i, value := range list {
		path := fmt.Sprintf("%s[%d]", name, i)
		t.name = cmp.Or(t.name, field(value, "LaunchTemplateName"))
		v, err := t.version(path, value)
		if err != nil {
			return err
		}
		if n := slices.IndexFunc(others, v.isSameNumber); n >= 0 && bytes.Equal(others[n].xml, v.xml) {
			continue
		}
		if slices.ContainsFunc(t.versions, v.isSameNumber) {
			return fmt.Errorf("%s.VersionNumber: %d is there twice", path, v.number)
		}
		t.versions = append(t.versions, v)
	}
	return nil
}

// version reads one version.
func (t *template) version(path string, value any) (v templateVersion, err error) {
	if err := sameAs(value, path, "LaunchTemplateId", t.id); err != nil {
		return v, err
	}
	if err := sameAs(value, path, "LaunchTemplateName", t.name); err != nil {
		return v, err
	}
	if v.xml, err = render(group(templateVersionShape), "item", path, value); err != nil {
		return v, err
	}
	object, _ := value.(map[string]any)
	number, _ := object["VersionNumber"].(json.Number)
	if v.number, err = number.Int64(); err != nil {
		return v, fmt.Errorf("%s.VersionNumber: %q is no number", path, number)
	}
	v.isDefault, v.fields = isSet(value, "DefaultVersion"), templateFields(value)
	v.hidden = isSet(object["Operator"], "HiddenByDefault")
	return v, nil
}

func (v templateVersion) isSameNumber(other templateVersion) bool { return v.number == other.number }

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

// latest is the highest number of a version, 0 where none is known.
func (t *template) latest() (number int64) {
	for _, v := range t.versions {
		number = max(number, v.number)
	}
	return number
}
