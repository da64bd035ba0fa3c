package awsstub

import (
	"slices"
	"strconv"
	"strings"
)

// describeLaunchTemplateVersions answers DescribeLaunchTemplateVersions (EC2 API Reference): of one template, or with
// $Default and $Latest alone, of all. A version that is both stands in the answer once.
func (s *Stub) describeLaunchTemplateVersions(r Request) ([]byte, error) {
	filters, err := readFilters(r, templateFilters)
	if err != nil {
		return nil, err
	}
	if r.isTrue("ResolveAlias") {
		return nil, invalid("InvalidParameterValue", "the stub does not resolve parameters: ResolveAlias must be false")
	}
	templates, err := s.chooseTemplates(r)
	if err != nil {
		return nil, err
	}
	items, err := versionItems(r, templates, filters)
	if err != nil {
		return nil, err
	}
	return s.page(r, listing{element: "launchTemplateVersionSet", largest: 200, unpaged: 200, items: items})
}

// versionItems returns the versions that a request asks of each template.
func versionItems(r Request, templates []*template, filters []filter) (items [][]byte, err error) {
	for _, t := range templates {
		versions, err := t.choose(r)
		if err != nil {
			return nil, err
		}
		for _, v := range versions {
			if matchAll(filters, v.fields) && (!v.hidden || r.isTrue("IncludeManagedResources")) {
				items = append(items, v.xml)
			}
		}
	}
	return items, nil
}

// chooseTemplates returns the one template that is named, or all.
func (s *Stub) chooseTemplates(r Request) ([]*template, error) {
	all := s.catalog.templates[place{r.Account, r.Region}]
	id, name := r.Parameters["LaunchTemplateId"], r.Parameters["LaunchTemplateName"]
	switch {
	case id != "" && name != "":
		return nil, invalid("InvalidParameterCombination", "LaunchTemplateId and LaunchTemplateName exclude each other")
	case id != "":
		return chooseByID(all, id)
	case name != "":
		code := "InvalidLaunchTemplateName.NotFoundException"
		return onlyTemplate(all, code, func(t *template) bool { return t.name == name })
	}
	return all, checkAllTemplates(r)
}

func chooseByID(all []*template, id string) ([]*template, error) {
	if err := checkIDs([]string{id}, "lt-", "InvalidLaunchTemplateId.Malformed"); err != nil {
		return nil, err
	}
	return onlyTemplate(all, "InvalidLaunchTemplateId.NotFound", func(t *template) bool { return t.id == id })
}

func onlyTemplate(all []*template, code string, is func(*template) bool) ([]*template, error) {
	i := slices.IndexFunc(all, is)
	if i < 0 {
		return nil, invalid(code, "The specified launch template does not exist.")
	}
	return all[i : i+1], nil
}

// checkAllTemplates refuses numbers where no template is named: they would mean something else in each.
func checkAllTemplates(r Request) error {
	versions := r.list("LaunchTemplateVersion")
	numbered := slices.ContainsFunc(versions, func(v string) bool { return !strings.HasPrefix(v, "$") })
	if len(versions) == 0 || numbered || r.Parameters["MinVersion"] != "" || r.Parameters["MaxVersion"] != "" {
		return invalid("MissingParameter", "name a template by LaunchTemplateId or LaunchTemplateName, or ask for "+
			"$Default and $Latest of all")
	}
	return nil
}

// choose returns the versions that a request asks for, by number; without any wish, all.
func (t *template) choose(r Request) ([]templateVersion, error) {
	wanted := map[int64]bool{}
	wishes := r.list("LaunchTemplateVersion")
	for _, wish := range wishes {
		if err := t.want(wanted, wish); err != nil {
			return nil, err
		}
	}
	least, most, err := versionRange(r)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(slices.Clone(t.versions), func(v templateVersion) bool {
		return len(wishes) > 0 && !wanted[v.number] || v.number < least || v.number > most
	}), nil
}

// want adds the number of the version that a caller calls $Latest, $Default or by its number.
func (t *template) want(wanted map[int64]bool, wish string) error {
	switch wish {
	case "$Latest":
		wanted[t.latest()] = true
		return nil
	case "$Default":
		for _, v := range t.versions {
			wanted[v.number] = wanted[v.number] || v.isDefault
		}
		return nil
	}
	number, err := strconv.ParseInt(wish, 10, 64)
	if err != nil {
		return invalid("InvalidLaunchTemplateId.VersionNotFound", "\""+wish+"\" is no version")
	}
	if !t.has(number) && t.pinnedDenied {
		return &ec2Service.denied
	}
	if !t.has(number) {
		return invalid("InvalidLaunchTemplateId.VersionNotFound", "Could not find launch template version "+wish)
	}
	wanted[number] = true
	return nil
}

// versionRange reads MinVersion and MaxVersion, both inclusive.
func versionRange(r Request) (least, most int64, err error) {
	if least, err = versionBound(r, "MinVersion", 0); err != nil {
		return 0, 0, err
	}
	most, err = versionBound(r, "MaxVersion", 1<<62)
	return least, most, err
}

func versionBound(r Request, name string, otherwise int64) (int64, error) {
	value, ok := r.Parameters[name]
	if !ok {
		return otherwise, nil
	}
	n, err := strconv.ParseInt(value, 10, 64)
	if err != nil {
		return 0, invalid("InvalidParameterValue", "Value ("+value+") for parameter "+name+" is no number")
	}
	return n, nil
}
