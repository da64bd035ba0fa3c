package link_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/inventory"
)

const (
	role = "arn:aws:iam::111122223333:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling"
)

// group adds an Auto Scaling group with these fields beside its role and its zone.
func (p *part) group(fields string) *part {
	return p.put(inventory.AutoScalingGroup, "web", "group", fmt.Sprintf(
		`{"AutoScalingGroupName":"web","AvailabilityZones":["eu-west-1a"],"ServiceLinkedRoleARN":%q,%s}`, role, fields))
}

func (p *part) pinned(id string, value any) *part {
	return p.put(inventory.LaunchTemplate, id, "pinned_versions", value)
}

// launches says in short what a launcher launches: subject, template and version or what is missing, image, type, roles.
func launches(t *testing.T, fact inventory.Fact) []string {
	t.Helper()
	var list []struct {
		Subject      string   `json:"subject"`
		TemplateID   string   `json:"template_id"`
		Version      int      `json:"version"`
		Missing      string   `json:"missing"`
		ImageID      string   `json:"image_id"`
		InstanceType string   `json:"instance_type"`
		Requirements bool     `json:"requirements"`
		Override     bool     `json:"override"`
		ServiceRoles []string `json:"service_roles"`
		SpotRole     string   `json:"spot_role"`
		Zones        []string `json:"zones"`
	}
	if err := json.Unmarshal(fact.Value, &list); err != nil {
		t.Fatal(err)
	}
	short := func(arn string) string { return arn[strings.LastIndex(arn, "/")+1:] }
	all := []string{}
	for _, l := range list {
		words := []string{
			fmt.Sprintf("%q", l.Subject), l.TemplateID, fmt.Sprint(l.Version), l.Missing, l.ImageID, l.InstanceType,
		}
		if l.Requirements {
			words = append(words, "requirements")
		}
		if l.Override {
			words = append(words, "override")
		}
		for _, role := range l.ServiceRoles {
			words = append(words, short(role))
		}
		if l.SpotRole != "" {
			words = append(words, "spot:"+short(l.SpotRole))
		}
		words = append(words, l.Zones...)
		all = append(all, strings.Join(strings.Fields(strings.Join(words, " ")), " "))
	}
	return all
}

func TestLaunches(t *testing.T) {
	t.Parallel()
	const (
		asg    = "AWSServiceRoleForAutoScaling eu-west-1a"
		byID   = `"LaunchTemplate":{"LaunchTemplateId":"lt-1"}`
		latest = `"LaunchTemplate":{"LaunchTemplateName":"web","Version":"$Latest"}`
		second = `"LaunchTemplate":{"LaunchTemplateId":"lt-1","Version":"2"}`
	)
	three := func() *part { return whole().template("lt-1", "ami-1", "ami-2", "ami-3") }
	mixed := func(overrides, distribution string) string {
		return `"MixedInstancesPolicy":{"LaunchTemplate":{"LaunchTemplateSpecification":{"LaunchTemplateId":"lt-1"},` +
			`"Overrides":[` + overrides + `]},"InstancesDistribution":{` + distribution + `}}`
	}
	lacks := func(fact string, status inventory.Status, action string) []inventory.Gap {
		return []inventory.Gap{gap(fact, status, action, "Code")}
	}
	tests := []struct {
		name string
		part *part
		kind string
		id   string
		want []string
		gaps []inventory.Gap
	}{
		{"default and latest of a template", three(), inventory.LaunchTemplate, "lt-1",
			[]string{`"1" lt-1 1 ami-1`, `"3" lt-1 3 ami-3`}, nil},
		{"group without a version takes the default", three().group(byID), inventory.AutoScalingGroup, "web",
			[]string{`"" lt-1 1 ami-1 ` + asg}, nil},
		{"group names template and alias", three().group(latest), inventory.AutoScalingGroup, "web",
			[]string{`"" lt-1 3 ami-3 ` + asg}, nil},
		{"group pins a version that was read with the template", three().group(strings.Replace(second, `"2"`, `"3"`, 1)),
			inventory.AutoScalingGroup, "web", []string{`"" lt-1 3 ami-3 ` + asg}, nil},
		{"group pins another version", whole().template("lt-1", "ami-1").group(second).pinned("lt-1",
			`[{"VersionNumber":2,"LaunchTemplateData":{"ImageId":"ami-2","InstanceType":"m7i.large"}}]`),
			inventory.AutoScalingGroup, "web", []string{`"" lt-1 2 ami-2 m7i.large ` + asg}, nil},
		{"group pins a version that is gone", whole().template("lt-1", "ami-1").group(second).pinned("lt-1", `[]`),
			inventory.AutoScalingGroup, "web", []string{`"" lt-1 2 version ` + asg}, nil},
		{"pinned versions were denied", whole().template("lt-1", "ami-1").group(second).pinned("lt-1", inventory.Denied),
			inventory.AutoScalingGroup, "web", []string{},
			lacks("pinned_versions", inventory.Denied, seesTemplates)},
		{"template is gone", whole().group(byID), inventory.AutoScalingGroup, "web",
			[]string{`"" lt-1 0 template ` + asg}, nil},
		{"templates were denied", whole().covered(inventory.LaunchTemplate, inventory.Denied, "").group(byID),
			inventory.AutoScalingGroup, "web", []string{},
			lacks("template_versions", inventory.Denied, seesTemplates)},
		{"overrides", three().group(mixed(`{"InstanceType":"m7g.large","ImageId":"ami-9"},`+
			`{"InstanceType":"m7i.large","LaunchTemplateSpecification":{"LaunchTemplateId":"lt-1","Version":"$Latest"}},`+
			`{"InstanceType":"m7i.large"},{"InstanceRequirements":{"VCpuCount":{"Min":1}}}`, "")),
			inventory.AutoScalingGroup, "web", []string{
				`"m7g.large" lt-1 1 ami-9 m7g.large override ` + asg, `"m7i.large" lt-1 3 ami-3 m7i.large override ` + asg,
				`"m7i.large #2" lt-1 1 ami-1 m7i.large override ` + asg,
				`"requirements" lt-1 1 ami-1 requirements override ` + asg,
			}, nil},
		{"mixed without overrides, partly Spot", three().group(mixed("", `"OnDemandPercentageAboveBaseCapacity":50`)),
			inventory.AutoScalingGroup, "web",
			[]string{`"" lt-1 1 ami-1 AWSServiceRoleForAutoScaling spot:AWSServiceRoleForEC2Spot eu-west-1a`}, nil},
		{"group of a configuration", whole().group(`"LaunchConfigurationName":"old"`).put(inventory.LaunchConfiguration, "old",
			"launch_configuration", `{"ImageId":"ami-1","InstanceType":"m5.large","SpotPrice":"0.1"}`),
			inventory.AutoScalingGroup, "web", []string{
				`"" 0 ami-1 m5.large AWSServiceRoleForAutoScaling spot:AWSServiceRoleForEC2Spot eu-west-1a`,
			}, nil},
		{"group of a configuration that is gone", whole().group(`"LaunchConfigurationName":"old"`),
			inventory.AutoScalingGroup, "web", []string{`"" 0 launch_configuration ` + asg}, nil},
		{"fleet that maintains", three().put(inventory.EC2Fleet, "fleet-1", "fleet", `{"Type":"maintain","FleetState":"active",`+
			`"TargetCapacitySpecification":{"DefaultTargetCapacityType":"spot"},"LaunchTemplateConfigs":[`+
			`{"LaunchTemplateSpecification":{"LaunchTemplateId":"lt-1","Version":"$Default"},`+
			`"Overrides":[{"InstanceType":"m7i.large","AvailabilityZone":"eu-west-1b"}]}]}`),
			inventory.EC2Fleet, "fleet-1", []string{
				`"m7i.large" lt-1 1 ami-1 m7i.large override AWSServiceRoleForEC2Fleet spot:AWSServiceRoleForEC2Spot eu-west-1b`,
			}, nil},
		{"fleet that is gone", three().put(inventory.EC2Fleet, "fleet-1", "fleet", `{"Type":"maintain","FleetState":"deleted",`+
			`"LaunchTemplateConfigs":[{"LaunchTemplateSpecification":{"LaunchTemplateId":"lt-1"}}]}`),
			inventory.EC2Fleet, "fleet-1", []string{}, nil},
		{"Spot Fleet", three().put(inventory.SpotFleet, "sfr-1", "spot_fleet", `{"SpotFleetRequestState":"active",`+
			`"SpotFleetRequestConfig":{"LaunchSpecifications":[{"ImageId":"ami-8","InstanceType":"c5.large",`+
			`"SecurityGroups":[{"GroupId":"sg-1"}],"Placement":{"AvailabilityZone":"eu-west-1c"}}],`+
			`"LaunchTemplateConfigs":[{"LaunchTemplateSpecification":{"LaunchTemplateName":"web","Version":"3"}}]}}`),
			inventory.SpotFleet, "sfr-1", []string{
				`"c5.large" 0 ami-8 c5.large AWSServiceRoleForEC2SpotFleet AWSServiceRoleForEC2Spot eu-west-1c`,
				`"" lt-1 3 ami-3 AWSServiceRoleForEC2SpotFleet AWSServiceRoleForEC2Spot`,
			}, nil},
		{"through a parameter", whole().template("lt-1", web).parameter("/golden/web", "ami-7"), inventory.LaunchTemplate,
			"lt-1", []string{`"1" lt-1 1 ami-7`}, nil},
		{"through a parameter that was denied", whole().template("lt-1", web).parameter("/golden/web", inventory.Denied),
			inventory.LaunchTemplate, "lt-1", []string{`"1" lt-1 1`}, lacks("parameter", inventory.Denied, seesParameter)},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			fact := test.part.fact(t, test.kind, test.id, "launches")
			if diff := cmp.Diff(test.want, launches(t, fact)); diff != "" {
				t.Errorf("launches (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.gaps, fact.Gaps); diff != "" {
				t.Errorf("gaps (-want +got):\n%s", diff)
			}
		})
	}
}

// A launch configuration means the same as a template's data under other names.
func TestDataOfALaunchConfiguration(t *testing.T) {
	t.Parallel()
	p := whole().put(inventory.LaunchConfiguration, "old", "launch_configuration", `{
		"LaunchConfigurationName":"old","ImageId":"ami-1","InstanceType":"m5.large","KeyName":"ops",
		"SecurityGroups":["sg-1","classic"],"IamInstanceProfile":"arn:aws:iam::111122223333:instance-profile/path/web",
		"RamdiskId":"","KernelId":"","AssociatePublicIpAddress":true,"EbsOptimized":false,"PlacementTenancy":"dedicated",
		"MetadataOptions":{"HttpTokens":"required"},"SpotPrice":"0.1",
		"BlockDeviceMappings":[{"DeviceName":"/dev/xvda","Ebs":{"Encrypted":true}},{"DeviceName":"/dev/sdb","NoDevice":true},
			{"DeviceName":"/dev/sdc","NoDevice":false,"VirtualName":"ephemeral0"}]}`)
	var list []struct {
		Data json.RawMessage `json:"data"`
	}
	if err := json.Unmarshal(p.fact(t, inventory.LaunchConfiguration, "old", "launches").Value, &list); err != nil {
		t.Fatal(err)
	}
	want := `{"BlockDeviceMappings":[{"DeviceName":"/dev/xvda","Ebs":{"Encrypted":true}},` +
		`{"DeviceName":"/dev/sdb","NoDevice":""},{"DeviceName":"/dev/sdc","VirtualName":"ephemeral0"}],` +
		`"EbsOptimized":false,"IamInstanceProfile":{"Arn":"arn:aws:iam::111122223333:instance-profile/path/web"},` +
		`"ImageId":"ami-1","InstanceMarketOptions":{"MarketType":"spot"},"InstanceType":"m5.large","KeyName":"ops",` +
		`"MetadataOptions":{"HttpTokens":"required"},` +
		`"NetworkInterfaces":[{"AssociatePublicIpAddress":true,"DeviceIndex":0}],"Placement":{"Tenancy":"dedicated"},` +
		`"SecurityGroupIds":["sg-1"]}`
	if diff := cmp.Diff(want, string(list[0].Data)); diff != "" {
		t.Errorf("data (-want +got):\n%s", diff)
	}
}

// A group's own override of the image is an edge of its own; one that only picks a type follows the template.
func TestEdgesOfOverrides(t *testing.T) {
	t.Parallel()
	p := whole().image("ami-1").image("ami-2").template("lt-1", "ami-1").group(
		`"MixedInstancesPolicy":{"LaunchTemplate":{"LaunchTemplateSpecification":{"LaunchTemplateId":"lt-1"},"Overrides":[` +
			`{"InstanceType":"m7i.large"},{"InstanceType":"m7g.large","ImageId":"ami-2"}]}}`)
	for image, want := range map[string][]string{
		"ami-1": {"auto_scaling_group default m7i.large", "launch_template default 1"},
		"ami-2": {"auto_scaling_group override m7g.large"},
	} {
		var edges []struct{ Kind, Edge, Subject string }
		if err := json.Unmarshal(p.fact(t, inventory.AMI, image, "references").Value, &edges); err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, e := range edges {
			got = append(got, e.Kind+" "+e.Edge+" "+e.Subject)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", image, diff)
		}
	}
}
