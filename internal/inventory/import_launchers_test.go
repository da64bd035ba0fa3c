package inventory

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What launches images, and the settings of an account, are read as the AWS CLI prints them.
func TestImportLaunchersAndSettings(t *testing.T) {
	t.Parallel()
	const arn = "arn:aws:autoscaling:eu-west-1:111122223333:"
	tests := []struct{ name, text, kind, id, fact, value string }{
		{"group", `{"AutoScalingGroups":[{"AutoScalingGroupName":"web","AutoScalingGroupARN":"` + arn + `autoScalingGroup:1:x",` +
			`"MinSize":1,"AvailabilityZones":["a"],"Instances":[{"InstanceId":"i-1"}]}]}`, AutoScalingGroup, "web", "group",
			`{"AutoScalingGroupARN":"` + arn + `autoScalingGroup:1:x","AutoScalingGroupName":"web","AvailabilityZones":["a"],"MinSize":1}`},
		{"configuration", `{"LaunchConfigurations":[{"LaunchConfigurationName":"old","LaunchConfigurationARN":"` + arn +
			`launchConfiguration:1:x","ImageId":"ami-1","InstanceType":"m5.large","UserData":"c2VjcmV0"}]}`,
			LaunchConfiguration, "old", "launch_configuration", `{"ImageId":"ami-1","InstanceType":"m5.large",` +
				`"LaunchConfigurationARN":"` + arn + `launchConfiguration:1:x","LaunchConfigurationName":"old"}`},
		{"fleet", `{"Fleets":[{"FleetId":"fleet-1","FleetState":"active","Type":"maintain"}]}`, EC2Fleet, "fleet-1", "fleet",
			`{"FleetId":"fleet-1","FleetState":"active","Type":"maintain"}`},
		{"spot fleet", `{"SpotFleetRequestConfigs":[{"SpotFleetRequestId":"sfr-1","SpotFleetRequestState":"active",` +
			`"SpotFleetRequestConfig":{"LaunchSpecifications":[{"UserData":"c2VjcmV0"}]}}]}`, SpotFleet, "sfr-1", "spot_fleet",
			`{"SpotFleetRequestConfig":{"LaunchSpecifications":[{}]},"SpotFleetRequestId":"sfr-1","SpotFleetRequestState":"active"}`},
		{"instance type", `{"InstanceTypes":[{"InstanceType":"m7i.large","ProcessorInfo":{},"SupportedVirtualizationTypes":[]}]}`,
			InstanceType, "m7i.large", "instance_type",
			`{"InstanceType":"m7i.large","ProcessorInfo":{},"SupportedVirtualizationTypes":[]}`},
		{"instance", `{"InstanceImageMetadata":[{"InstanceId":"i-1","ImageMetadata":{"ImageId":"ami-1"}}]}`, Instance, "i-1",
			"instance_image", `{"ImageMetadata":{"ImageId":"ami-1"},"InstanceId":"i-1"}`},
		{"encryption by default", `{"EbsEncryptionByDefault":true}`, Settings, "", "ebs_encryption_by_default",
			`{"EbsEncryptionByDefault":true}`},
		{"default key", `{"KmsKeyId":"alias/aws/ebs"}`, Settings, "", "ebs_default_kms_key", `{"KmsKeyId":"alias/aws/ebs"}`},
		{"public images", `{"ImageBlockPublicAccessState":"unblocked","ManagedBy":"account"}`, Settings, "",
			"image_block_public_access", `{"ImageBlockPublicAccessState":"unblocked","ManagedBy":"account"}`},
		{"public snapshots", `{"State":"block-all-sharing"}`, Settings, "", "snapshot_block_public_access",
			`{"State":"block-all-sharing"}`},
		{"allowed images", `{"State":"audit-mode","ImageCriteria":[],"ManagedBy":"account"}`, Settings, "", "allowed_images",
			`{"ImageCriteria":[],"ManagedBy":"account","State":"audit-mode"}`},
		{"serial console", `{"SerialConsoleAccessEnabled":false}`, Settings, "", "serial_console_access",
			`{"SerialConsoleAccessEnabled":false}`},
		{"metadata defaults", `{"AccountLevel":{}}`, Settings, "", "instance_metadata_defaults", `{}`},
		{"organization", `{"Organization":{"Id":"o-1","MasterAccountEmail":"a@b"}}`, Settings, "", "organization", `{"Id":"o-1"}`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			parts, err := Import(inputs("x.json", test.text), ImportOptions{Account: "111122223333", Region: "eu-west-1"})
			if err != nil {
				t.Fatal(err)
			}
			id := test.id
			if test.kind == Settings {
				id = "111122223333/eu-west-1"
			}
			r := parts[0].Resources[0]
			if diff := cmp.Diff([]string{test.kind, id, test.value},
				[]string{r.Kind, r.ID, string(r.Fact(test.fact).Value)}); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestSettingsThatAreNone(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"unknown state": `{"State":"sometimes"}`, "more keys": `{"EbsEncryptionByDefault":true,"Else":1}`,
		"no object": `{"AccountLevel":[]}`,
	} {
		if _, err := Import(inputs("x.json", text), ImportOptions{}); err == nil || !strings.Contains(err.Error(), "x.json") {
			t.Errorf("%s: error is %v", name, err)
		}
	}
}
