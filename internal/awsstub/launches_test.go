package awsstub_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/inventory"
)

// launchWorld has two of what launches name or what was launched, as far as their calls differ from one another.
func launchWorld() []inventory.Part {
	plain := func(kind, id, fact string, value any) inventory.Resource {
		return resource(kind, ours, ireland, id, fact, value)
	}
	return []inventory.Part{part(ours, ireland,
		plain(inventory.AutoScalingGroup, "web", "group", doc{"AutoScalingGroupName": "web"}),
		plain(inventory.AutoScalingGroup, "job", "group", doc{"AutoScalingGroupName": "job"}),
		plain(inventory.EC2Fleet, "fleet-1", "fleet", doc{"FleetId": "fleet-1", "Type": "maintain"}),
		plain(inventory.EC2Fleet, "fleet-2", "fleet", doc{"FleetId": "fleet-2", "Type": "instant"}),
		plain(inventory.Instance, "i-1", "instance_image", doc{"InstanceId": "i-1", "State": doc{"Name": "running"},
			"ImageMetadata": doc{"ImageId": "ami-1", "ImageAllowed": false}}),
		plain(inventory.Instance, "i-2", "instance_image", doc{"InstanceId": "i-2", "State": doc{"Name": "stopped"}}),
		resource(inventory.InstanceType, ours, ireland, "m7i.large",
			"instance_type", doc{"InstanceType": "m7i.large", "Hypervisor": "nitro"},
			"offerings", []doc{{"InstanceType": "m7i.large", "LocationType": "availability-zone", "Location": "eu-west-1a"},
				{"InstanceType": "m7i.large", "LocationType": "region", "Location": "eu-west-1"}}),
		plain(inventory.InstanceType, "t2.micro", "instance_type", doc{"InstanceType": "t2.micro", "Hypervisor": "xen"}),
		plain(inventory.SecurityGroup, "sg-1", "security_group", doc{"GroupId": "sg-1", "GroupName": "a", "VpcId": "vpc-1"}),
		plain(inventory.SecurityGroup, "sg-2", "security_group", doc{"GroupId": "sg-2", "GroupName": "b", "VpcId": "vpc-1"}),
		deniedFact(plain(inventory.SecurityGroup, "sg-3", "security_group", nil), "security_group"),
		plain(inventory.KeyPair, "ops", "key_pair", doc{"KeyName": "ops", "KeyPairId": "key-1"}),
		plain(inventory.KeyPair, "dev", "key_pair", doc{"KeyName": "dev", "KeyPairId": "key-2"}))}
}

// TestRostersAreAskedForItems asks for some of what is there. What has to show a denied item is denied.
func TestRostersAreAskedForItems(t *testing.T) {
	t.Parallel()
	_, url := serve(t, launchWorld())
	tests := []struct{ service, ask, element, want string }{
		{"autoscaling", "DescribeAutoScalingGroups", "AutoScalingGroupName", "job web"},
		{"autoscaling", "DescribeAutoScalingGroups&AutoScalingGroupNames.member.1=web&AutoScalingGroupNames.member.2=none",
			"AutoScalingGroupName", "web"},
		{"ec2", "DescribeFleets", "fleetId", "fleet-1"},
		{"ec2", "DescribeFleets&FleetId.1=fleet-2", "fleetId", "fleet-2"},
		{"ec2", "DescribeFleets&FleetId.1=fleet-2&FleetId.2=fleet-1&Filter.1.Name=type&Filter.1.Value.1=main*", "fleetId", "fleet-1"},
		{"ec2", "DescribeInstanceImageMetadata&InstanceId.1=i-2", "instanceId", "i-2"},
		{"ec2", "DescribeInstanceImageMetadata&Filter.1.Name=instance-state-name&Filter.1.Value.1=running", "instanceId", "i-1"},
		{"ec2", "DescribeInstanceImageMetadata&Filter.1.Name=image-allowed&Filter.1.Value.1=false", "instanceId", "i-1"},
		{"ec2", "DescribeInstanceTypes&InstanceType.1=t2.micro", "instanceType", "t2.micro"},
		{"ec2", "DescribeInstanceTypes&Filter.1.Name=hypervisor&Filter.1.Value.1=nitro", "instanceType", "m7i.large"},
		{"ec2", "DescribeInstanceTypeOfferings", "location", "eu-west-1"},
		{"ec2", "DescribeInstanceTypeOfferings&LocationType=availability-zone", "location", "eu-west-1a"},
		{"ec2", "DescribeInstanceTypeOfferings&LocationType=region&Filter.1.Name=instance-type&Filter.1.Value.1=t2.micro", "location", ""},
		{"ec2", "DescribeSecurityGroups&GroupId.1=sg-1&GroupId.2=sg-2", "groupId", "sg-1 sg-2"},
		{"ec2", "DescribeSecurityGroups&GroupId.1=sg-1&Filter.1.Name=vpc-id&Filter.1.Value.1=vpc-1", "groupId", "sg-1"},
		{"ec2", "DescribeSecurityGroups&Filter.1.Name=group-id&Filter.1.Value.1=sg-1&Filter.1.Value.2=sg-none", "groupId", "sg-1"},
		{"ec2", "DescribeKeyPairs&KeyPairId.1=key-2", "keyName", "dev"},
		{"ec2", "DescribeKeyPairs&IncludePublicKey=false&Filter.1.Name=key-name&Filter.1.Value.1=ops", "keyName", "ops"},
	}
	for _, test := range tests {
		t.Run(test.ask, func(t *testing.T) {
			t.Parallel()
			status, body := send(t, "POST", url, signature(ourKey, ireland, test.service), "", "Action="+test.ask)
			want(t, status, body, 200, "Response")
			if diff := cmp.Diff(test.want, elements(body, test.element)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// elements returns the texts of all elements of a name.
func elements(body, name string) string {
	var texts []string
	for _, rest := range strings.Split(body, "<"+name+">")[1:] {
		text, _, _ := strings.Cut(rest, "<")
		texts = append(texts, text)
	}
	return strings.Join(texts, " ")
}

func TestRostersRefuseItems(t *testing.T) {
	t.Parallel()
	_, url := serve(t, launchWorld())
	many := func(name string, n int) string { return strings.Repeat("&"+name+".#=t2.micro", n) }
	tests := []struct {
		service, ask string
		status       int
		want         string
	}{
		{"ec2", "DescribeInstanceTypes&InstanceType.1=x9.big&InstanceType.2=t2.micro&InstanceType.3=y9.big", 400,
			"<Code>InvalidInstanceType</Code><Message>The following supplied instance types do not exist: [x9.big, y9.big]<"},
		{"ec2", "DescribeInstanceTypes" + numbered(many("InstanceType", 101)), 400, "InvalidParameterValue"},
		{"ec2", "DescribeInstanceTypes&Filter.1.Name=colour&Filter.1.Value.1=red", 400, "InvalidParameterValue"},
		{"ec2", "DescribeInstanceTypes&Filter.1.Name=instance-type" + numbered(many("Filter.1.Value", 201)), 400, "FilterLimitExceeded"},
		{"ec2", "DescribeInstanceTypes&Filter.1.Name=instance-type" + numbered(many("Filter.1.Value", 200)), 200, "t2.micro"},
		{"ec2", "DescribeInstanceTypes" + numbered(strings.Repeat("&Filter.#.Name=instance-type", 51)), 400, "FilterLimitExceeded"},
		{"ec2", "DescribeInstanceTypeOfferings&LocationType=moon", 400, "InvalidParameterValue"},
		{"ec2", "DescribeInstanceImageMetadata&InstanceId.1=i-none", 400, "InvalidInstanceID.NotFound"},
		{"ec2", "DescribeInstanceImageMetadata&InstanceId.1=none", 400, "InvalidInstanceID.Malformed"},
		{"ec2", "DescribeFleets&FleetId.1=fleet-none", 400, "InvalidFleetId.NotFound"},
		{"ec2", "DescribeSpotFleetRequests&SpotFleetRequestId.1=sfr-none", 400, "InvalidSpotFleetRequestId.NotFound"},
		{"ec2", "DescribeSecurityGroups&GroupId.1=sg-none", 400, "InvalidGroup.NotFound"},
		{"ec2", "DescribeSecurityGroups&GroupId.1=none", 400, "InvalidGroupId.Malformed"},
		{"ec2", "DescribeSecurityGroups&GroupName.1=none", 403, "UnauthorizedOperation"},
		{"ec2", "DescribeSecurityGroups", 403, "UnauthorizedOperation"},
		{"ec2", "DescribeSecurityGroups&GroupId.1=sg-1&GroupId.2=sg-3", 403, "UnauthorizedOperation"},
		{"ec2", "DescribeSecurityGroups&Filter.1.Name=group-id&Filter.1.Value.1=sg-3", 403, "UnauthorizedOperation"},
		{"ec2", "DescribeSecurityGroups&Filter.1.Name=vpc-id&Filter.1.Value.1=vpc-2", 403, "UnauthorizedOperation"},
		{"ec2", "DescribeSubnets&SubnetId.1=subnet-none", 400, "InvalidSubnetID.NotFound"},
		{"ec2", "DescribeKeyPairs&KeyName.1=none", 400, "InvalidKeyPair.NotFound"},
		{"ec2", "DescribeKeyPairs&IncludePublicKey=true", 400, "InvalidParameterValue"},
		{"ec2", "ListImagesInRecycleBin&ImageId.1=ami-none", 400, "InvalidAMIID.NotFound"},
		{"ec2", "ListSnapshotsInRecycleBin&SnapshotId.1=snap-none", 400, "InvalidSnapshot.NotFound"},
		{"autoscaling", "DescribeAutoScalingGroups" + numbered(many("AutoScalingGroupNames.member", 101)), 400, "ValidationError"},
		{"autoscaling", "DescribeLaunchConfigurations" + numbered(many("LaunchConfigurationNames.member", 51)), 400, "ValidationError"},
		{"autoscaling", "DescribeAutoScalingGroups&Filters.member.1.Name=tag-key", 400, "ValidationError"},
		{"autoscaling", "DescribeScalingActivities", 400, "InvalidAction"},
		{"autoscaling", "DeleteAutoScalingGroup&AutoScalingGroupName=web", 403, "OperationNotPermitted"},
	}
	for _, test := range tests {
		t.Run(test.ask[:min(len(test.ask), 80)], func(t *testing.T) {
			t.Parallel()
			status, body := send(t, "POST", url, signature(ourKey, ireland, test.service), "", "Action="+test.ask)
			want(t, status, body, test.status, test.want)
		})
	}
}

// numbered puts rising numbers in the place of all #.
func numbered(s string) string {
	for n := 1; strings.Contains(s, "#"); n++ {
		s = strings.Replace(s, "#", strconv.Itoa(n), 1)
	}
	return s
}
