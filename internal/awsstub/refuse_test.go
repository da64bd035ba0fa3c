package awsstub_test

import (
	"strings"
	"testing"

	"github.com/amiscan/amiscan/internal/awsstub"
	"github.com/amiscan/amiscan/internal/inventory"
)

// refusal is a resource that could only be served wrongly, and what New says of it.
type refusal struct {
	name     string
	resource inventory.Resource
	want     string
}

// withStatus gives a resource a fact without a value.
func withStatus(r inventory.Resource, name string, status inventory.Status) inventory.Resource {
	r.Facts[name] = inventory.Fact{Status: status}
	return r
}

// device is an image of which the first device has the given fields.
func device(ebs doc) inventory.Resource {
	return ami("ami-1", doc{"BlockDeviceMappings": []doc{{"Ebs": ebs}}})
}

// manyValues is an image whose fact holds more than a document.
func manyValues() inventory.Resource {
	r := resource(inventory.AMI, ours, ireland, "ami-1")
	r.Facts["image"] = inventory.Fact{Status: inventory.Known, Value: []byte("{} {}")}
	return r
}

func versions(list ...any) inventory.Resource {
	return resource(inventory.LaunchTemplate, ours, ireland, "lt-1", "template_versions", list)
}

// refusedFields are documents with a field that would be lost or distorted.
func refusedFields() []refusal {
	return []refusal{
		{"unknown field", ami("ami-1", doc{"Colour": "red"}),
			`serve ami "ami-1" of 111122223333/eu-west-1: image.Colour: no element name is known for the field`},
		{"unknown field deep inside", device(doc{"Colour": 1}), "image.BlockDeviceMappings[0].Ebs.Colour: no element name"},
		{"string for a flag", device(doc{"Encrypted": "true"}), "Ebs.Encrypted: unexpected string"},
		{"number for a flag", device(doc{"Encrypted": 1}), "Ebs.Encrypted: unexpected number"},
		{"fraction for an integer", device(doc{"Iops": 1.5}), "Ebs.Iops: 1.5 is no integer"},
		{"null", device(doc{"KmsKeyId": nil}), "Ebs.KmsKeyId: unexpected null"},
		{"flag for a string", ami("ami-1", doc{"Name": true}), "image.Name: unexpected boolean"},
		{"object for a list", ami("ami-1", doc{"Tags": doc{}}), "image.Tags: unexpected object"},
		{"list for an object", ami("ami-1", doc{"StateReason": []doc{}}), "image.StateReason: unexpected array"},
		{"no time", snap(ours, "snap-1", doc{"StartTime": "monday"}), `snapshot.StartTime: "monday" is no RFC 3339 time`},
		{"no deprecation time", ami("ami-1", doc{"DeprecationTime": "soon"}), "image.DeprecationTime"},
		{"character that XML lacks", ami("ami-1", doc{"Name": "a\x1bb"}),
			"image.Name: XML cannot carry the character U+001B"},
		{"field of a permission", ami("ami-1", nil, "launch_permissions", []doc{{"All": true}}), "launch_permissions[0].All"},
		{"field of a key", resource(inventory.KMSKey, ours, ireland, keyARN, "key", doc{"X": 1}), "key.X: no element name"},
		{"list of a key", resource(inventory.KMSKey, ours, ireland, keyARN, "key", doc{"MacAlgorithms": "a"}),
			"key.MacAlgorithms: unexpected string"},
		{"time of a key", resource(inventory.KMSKey, ours, ireland, keyARN, "key", doc{"ValidTo": 1.5}),
			"key.ValidTo: unexpected number"},
	}
}

// refusedResources contradict themselves, or hold what no call reads.
func refusedResources() []refusal {
	version := doc{"LaunchTemplateId": "lt-1", "VersionNumber": 1}
	return []refusal{
		{"another id", resource(inventory.AMI, ours, ireland, "ami-1", "image", doc{"ImageId": "ami-2"}),
			`image.ImageId: "ami-2" contradicts the resource's "ami-1"`},
		{"another owner", ami("ami-1", doc{"OwnerId": theirs}), "image.OwnerId"},
		{"another region", resource(inventory.AMI, ours, "eu-north-1", "ami-1"), `"eu-north-1" is not the part's`},
		{"another ARN", resource(inventory.KMSKey, ours, ireland, keyARN, "key", doc{"Arn": "a"}), "key.Arn"},
		{"another name", resource(inventory.SSMParameter, ours, ireland, "a", "parameter", doc{"Name": "b"}),
			"parameter.Name"},
		{"another template", versions(doc{"LaunchTemplateId": "lt-2", "VersionNumber": 1}),
			"template_versions[0].LaunchTemplateId"},
		{"version twice", versions(version, version), "template_versions[1].VersionNumber"},
		{"version without a number", versions(doc{}), "template_versions[0].VersionNumber"},
		{"no versions", versions(), "at least one version"},
		{"unknown setting", ourSettings("colour", doc{}), `fact "colour" is not served`},
		{"unknown kind", resource("tea", ours, ireland, "t"), `kind "tea" is not served`},
		{"unknown fact", ami("ami-1", nil, "colour", doc{}), `fact "colour" is not served`},
		{"throttled fact", withStatus(ami("ami-1", nil), "launch_permissions", inventory.Throttled),
			`launch_permissions: the status "throttled" cannot be served`},
		{"permissions not collected", withStatus(ami("ami-1", nil), "launch_permissions", inventory.NotCollected),
			`launch_permissions: the status "not_collected" cannot be served`},
		{"public against its permissions",
			snap(ours, "snap-1", nil, "snapshot_public", true, "snapshot_permissions", []doc{}),
			"snapshot_public: contradicts snapshot_permissions"},
		{"public in words", snap(ours, "snap-1", nil, "snapshot_public", "yes"), "snapshot_public: unexpected string"},
		{"denied listing", withStatus(ami("ami-1", nil), "image", inventory.Denied),
			`image: the status "denied" cannot be served`},
		{"more than one value", manyValues(), "more than one JSON value"},
		{"known without a value", withStatus(ami("ami-1", nil), "image", inventory.Known), "image: decode"},
	}
}

// TestNewRefuses holds that nothing is served wrongly, and that the error names where it would be.
func TestNewRefuses(t *testing.T) {
	t.Parallel()
	runRefusals(t, append(refusedFields(), refusedResources()...))
}

// runRefusals offers each resource alone.
func runRefusals(t *testing.T, refusals []refusal) {
	t.Helper()
	for _, test := range refusals {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, err := awsstub.New([]inventory.Part{part(ours, ireland, test.resource)})
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %s", err, test.want)
			}
		})
	}
}

// TestNewRefusesTwins offers everything that has an identity twice.
func TestNewRefusesTwins(t *testing.T) {
	t.Parallel()
	for _, twin := range []inventory.Resource{
		ami("ami-1", nil), snap(ours, "snap-1", nil), versions(doc{"VersionNumber": 1}),
		resource(inventory.KMSKey, ours, ireland, keyARN, "key", doc{}),
		resource(inventory.SSMParameter, ours, ireland, "a", "parameter", doc{}),
		ourSettings("ebs_default_kms_key", doc{"KmsKeyId": "alias/a"}),
	} {
		t.Run(twin.Kind, func(t *testing.T) {
			t.Parallel()
			_, err := awsstub.New([]inventory.Part{part(ours, ireland, twin, twin)})
			if err == nil || !strings.Contains(err.Error(), "it is there twice") {
				t.Errorf("got %v", err)
			}
		})
	}
}
