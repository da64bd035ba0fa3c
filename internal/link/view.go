package link

import (
	"encoding/json"

	"github.com/amiscan/amiscan/internal/inventory"
)

// imageView is what links need of an image.
type imageView struct {
	Name                string
	BlockDeviceMappings []struct {
		DeviceName string
		Ebs        struct {
			SnapshotID string `json:"SnapshotId"`
		}
	}
	Tags []tag
}

type tag struct{ Key, Value string }

// readImage reads what links need; nothing where the image is not known.
func readImage(r inventory.Resource) imageView {
	var view imageView
	decode(r.Fact("image"), &view)
	return view
}

// snapshotIDs returns the mapped snapshots in the order of the mappings, each once.
func (v imageView) snapshotIDs() []string {
	var ids []string
	seen := map[string]bool{}
	for _, m := range v.BlockDeviceMappings {
		if id := m.Ebs.SnapshotID; id != "" && !seen[id] {
			seen[id] = true
			ids = append(ids, id)
		}
	}
	return ids
}

// template is what links need of a launch template.
type template struct {
	id       string
	name     string
	versions []version
	// unread is the fact when it is no answer: the template is there, its versions are not.
	unread *inventory.Fact
}

// version is one launch template version.
type version struct {
	LaunchTemplateName string
	VersionNumber      int64
	DefaultVersion     bool
	LaunchTemplateData json.RawMessage
}

func readTemplates(resources []inventory.Resource) []template {
	var all []template
	for _, r := range resources {
		if r.Kind == inventory.LaunchTemplate {
			all = append(all, readTemplate(r))
		}
	}
	return all
}

func readTemplate(r inventory.Resource) template {
	t := template{id: r.ID}
	fact := r.Fact("template_versions")
	if fact = readable(fact, &t.versions); !fact.Status.IsAnswer() {
		t.unread = &fact
	}
	for _, v := range t.versions {
		t.name = v.LaunchTemplateName
	}
	return t
}

// launched reports whether a version is the default or the latest: saved output may hold others.
func (t template) launched(v version) bool { return v.DefaultVersion || v.VersionNumber == t.latest() }

// latest is the highest version number that was collected.
func (t template) latest() int64 {
	var highest int64
	for _, v := range t.versions {
		highest = max(highest, v.VersionNumber)
	}
	return highest
}

// parameterValue reads the value of a known parameter.
func parameterValue(fact inventory.Fact) string {
	var p struct{ Value string }
	decode(fact, &p)
	return p.Value
}

// decode reads what describes a resource to people: of a value in another shape it takes what it can.
func decode(fact inventory.Fact, into any) { _ = readable(fact, into) }

// readable reads a known fact; anything else leaves the view empty. A value in another shape than AWS's may lead anywhere:
// for what is joined over it, it is no answer.
func readable(fact inventory.Fact, into any) inventory.Fact {
	if fact.Status == inventory.Known && json.Unmarshal(fact.Value, into) != nil {
		fact.Status = inventory.Error
	}
	return fact
}

// read reads a fact that others are joined over.
func (ix *index) read(of inventory.FactRef, fact inventory.Fact, into any) inventory.Fact {
	return ix.withAction(of, readable(fact, into))
}
