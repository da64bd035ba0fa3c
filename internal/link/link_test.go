package link_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/inventory"
	"github.com/amiscan/amiscan/internal/link"
)

var unit = inventory.Unit{Partition: "aws", Account: "111122223333", Region: "eu-west-1"}

const (
	imageID = "ami-1"
	keyID   = "arn:aws:kms:eu-west-1:111122223333:key/k"
)

// catalog describes the collected facts that links are made of; collect has its own, which would need the AWS SDK.
func catalog() inventory.Catalog {
	own := func(kind, name, action string, listed inventory.FactRef) inventory.FactType {
		return inventory.FactType{FactRef: inventory.FactRef{Kind: kind, Name: name}, Action: action, ListedBy: listed}
	}
	of := func(kind, name string) inventory.FactRef { return inventory.FactRef{Kind: kind, Name: name} }
	image, snapshot := of(inventory.AMI, "image"), of(inventory.Snapshot, "snapshot")
	versions := of(inventory.LaunchTemplate, "template_versions")
	return append(inventory.Catalog{
		own(inventory.AMI, "image", "ec2:DescribeImages", image),
		own(inventory.Snapshot, "snapshot", "ec2:DescribeSnapshots", snapshot),
		own(inventory.Snapshot, "snapshot_permissions", "ec2:DescribeSnapshotAttribute", inventory.FactRef{}),
		own(inventory.KMSKey, "key", "kms:DescribeKey", snapshot),
		own(inventory.LaunchTemplate, "template_versions", "ec2:DescribeLaunchTemplateVersions", versions),
		{FactRef: of(inventory.SSMParameter, "parameter"), Action: "ssm:GetParameters", ByName: true},
		own(inventory.ForeignImage, "image", "ec2:DescribeImages", inventory.FactRef{}),
		own(inventory.Settings, "organization", "organizations:DescribeOrganization", inventory.FactRef{}),
		own(inventory.Settings, "ebs_default_kms_key", "ec2:GetEbsDefaultKmsKeyId", inventory.FactRef{}),
		own(inventory.AMI, "launch_permissions", "ec2:DescribeImageAttribute", inventory.FactRef{}),
		own(inventory.AutoScalingGroup, "group", "autoscaling:DescribeAutoScalingGroups",
			of(inventory.AutoScalingGroup, "group")),
		own(inventory.LaunchConfiguration, "launch_configuration", "autoscaling:DescribeLaunchConfigurations",
			of(inventory.LaunchConfiguration, "launch_configuration")),
		own(inventory.EC2Fleet, "fleet", "ec2:DescribeFleets", of(inventory.EC2Fleet, "fleet")),
		own(inventory.SpotFleet, "spot_fleet", "ec2:DescribeSpotFleetRequests", of(inventory.SpotFleet, "spot_fleet")),
		own(inventory.LaunchTemplate, "pinned_versions", "ec2:DescribeLaunchTemplateVersions", inventory.FactRef{}),
		own(inventory.Instance, "instance_image", "ec2:DescribeInstanceImageMetadata", of(inventory.Instance, "instance_image")),
		own(inventory.SSMParameter, "parameter_metadata", "ssm:DescribeParameters",
			of(inventory.SSMParameter, "parameter_metadata")),
		own(inventory.SSMParameter, "image_parameter", "ssm:GetParameters", inventory.FactRef{}),
		own(inventory.RecycledImage, "recycled_image", "ec2:ListImagesInRecycleBin",
			of(inventory.RecycledImage, "recycled_image")),
		own(inventory.Trail, "trail", "cloudtrail:DescribeTrails", of(inventory.Trail, "trail")),
		own(inventory.Trail, "trail_status", "cloudtrail:GetTrailStatus", inventory.FactRef{}),
		own(inventory.KMSKey, "key_policy", "kms:GetKeyPolicy", inventory.FactRef{}),
		own(inventory.KMSKey, "grants", "kms:ListGrants", inventory.FactRef{}),
		own(inventory.KMSKey, "service_role_grants", "kms:ListGrants", inventory.FactRef{}),
		own(inventory.KMSAlias, "target", "kms:DescribeKey", inventory.FactRef{}),
		own(inventory.ForeignSnapshot, "snapshot", "ec2:DescribeSnapshots", inventory.FactRef{}),
		own(inventory.InstanceType, "instance_type", "ec2:DescribeInstanceTypes", inventory.FactRef{}),
		own(inventory.InstanceType, "offerings", "ec2:DescribeInstanceTypeOfferings", inventory.FactRef{}),
		own(inventory.Account, "account", "organizations:ListAccounts", of(inventory.Account, "account")),
		own(inventory.Account, "regions", "ec2:DescribeRegions", of(inventory.Account, "account")),
		own(inventory.Subnet, "subnet", "ec2:DescribeSubnets", inventory.FactRef{}),
		own(inventory.InstanceProfile, "instance_profile", "iam:GetInstanceProfile", inventory.FactRef{}),
	}, link.Catalog()...)
}

// part is one unit in the making.
type part struct{ inventory.Part }

// whole is a unit of which every listing was whole.
func whole() *part { return wholeAt(unit) }

// wholeAt is another unit of which every listing was whole.
func wholeAt(u inventory.Unit) *part {
	p := &part{inventory.Part{Unit: u}}
	for kind, fact := range map[string]string{
		inventory.AMI: "image", inventory.Snapshot: "snapshot", inventory.LaunchTemplate: "template_versions",
		inventory.KMSKey: "key", inventory.AutoScalingGroup: "group", inventory.EC2Fleet: "fleet",
		inventory.LaunchConfiguration: "launch_configuration", inventory.SpotFleet: "spot_fleet",
		inventory.Instance: "instance_image", inventory.RecycledImage: "recycled_image",
		inventory.SSMParameter: "parameter_metadata", inventory.Trail: "trail",
	} {
		p.Coverage = append(p.Coverage, inventory.Coverage{Unit: u, Kind: kind, Fact: fact, Status: inventory.Known})
	}
	return p
}

// covered changes how far a listing was collected.
func (p *part) covered(kind string, status inventory.Status, narrowed string) *part {
	for i, c := range p.Coverage {
		if c.Kind == kind {
			p.Coverage[i].Status, p.Coverage[i].Narrowed = status, narrowed
			p.Coverage[i].Action, p.Coverage[i].Code = "", "Code"
		}
	}
	return p
}

// put adds a fact: a known one for text, one without a value for a status.
func (p *part) put(kind, id, name string, value any) *part {
	fact := inventory.Fact{Status: inventory.Known}
	switch value := value.(type) {
	case inventory.Status:
		fact.Status, fact.Code = value, "Code"
	case string:
		fact.Value = json.RawMessage(value)
	}
	for _, r := range p.Resources {
		if r.Kind == kind && r.ID == id {
			r.Facts[name] = fact
			return p
		}
	}
	r := inventory.NewResource(kind, p.Unit, id)
	r.Facts[name] = fact
	p.Resources = append(p.Resources, r)
	return p
}

// image adds an image that maps the snapshots.
func (p *part) image(id string, snapshots ...string) *part {
	var mappings []string
	for i, s := range snapshots {
		mappings = append(mappings, fmt.Sprintf(`{"DeviceName":"/dev/sd%c","Ebs":{"SnapshotId":%q}}`, 'a'+i, s))
	}
	return p.put(inventory.AMI, id, "image",
		fmt.Sprintf(`{"ImageId":%q,"Name":"web-20260101","BlockDeviceMappings":[%s]}`,
			id, join(mappings)))
}

func (p *part) snapshot(id, key string) *part {
	return p.put(inventory.Snapshot, id, "snapshot", fmt.Sprintf(`{"SnapshotId":%q,"KmsKeyId":%q}`, id, key))
}

// template adds a template: the first image is that of version 1, the last version is the default.
func (p *part) template(id string, images ...string) *part {
	var versions []string
	for i, image := range images {
		versions = append(versions, fmt.Sprintf(
			`{"LaunchTemplateName":"web","VersionNumber":%d,"DefaultVersion":%t,"LaunchTemplateData":{"ImageId":%q}}`,
			i+1, i == 0, image))
	}
	return p.put(inventory.LaunchTemplate, id, "template_versions", "["+join(versions)+"]")
}

func (p *part) parameter(name string, value any) *part {
	if text, ok := value.(string); ok {
		value = fmt.Sprintf(`{"Name":"/golden/web","Value":%q}`, text)
	}
	return p.put(inventory.SSMParameter, name, "parameter", value)
}

func join(texts []string) string {
	all := ""
	for i, text := range texts {
		if i > 0 {
			all += ","
		}
		all += text
	}
	return all
}

// fact joins the part and returns a fact of one of its resources.
func (p *part) fact(t *testing.T, kind, id, name string) inventory.Fact {
	t.Helper()
	return p.factIn(t, link.World{}, kind, id, name)
}

// factIn is the fact where other parts were seen before.
func (p *part) factIn(t *testing.T, world link.World, kind, id, name string) inventory.Fact {
	t.Helper()
	for _, d := range link.Join(p.Part, link.Options{Catalog: catalog(), OwnerTag: "Owner", World: world}).Documents {
		if d.Resource.Kind == kind && d.Resource.ID == id {
			return d.Resource.Fact(name)
		}
	}
	t.Fatalf("no document of %s %q", kind, id)
	return inventory.Fact{}
}

type linkTest struct {
	name string
	part *part
	// want is the joined fact: its status, its value and what it lacks.
	status inventory.Status
	value  string
	gaps   []inventory.Gap
}

func gap(fact string, status inventory.Status, action, code string) inventory.Gap {
	return inventory.Gap{Fact: fact, Status: status, Action: action, Code: code, Unit: unit}
}

func runLinkTests(t *testing.T, kind, id, fact string, tests []linkTest) {
	t.Helper()
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got := test.part.fact(t, kind, id, fact)
			want := inventory.Fact{Status: test.status, Value: json.RawMessage(test.value), Gaps: test.gaps}
			if diff := cmp.Diff(want, got, cmp.Transformer("text",
				func(r json.RawMessage) string { return string(r) })); diff != "" {
				t.Errorf("%s (-want +got):\n%s", fact, diff)
			}
		})
	}
}
