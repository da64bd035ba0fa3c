package estate

import (
	"fmt"

	"github.com/amiscan/amiscan/internal/inventory"
)

// profile is the name of the one instance profile that active accounts have.
const profile = "web"

// addProfile adds the instance profile. IAM knows no regions, so that every part that holds it holds the same.
func (b *builder) addProfile() {
	iam := "arn:aws:iam::" + accountID(b.account) + ":"
	b.add(inventory.InstanceProfile, profile, facts{"instance_profile": doc{
		"InstanceProfileName": profile, "Path": "/", "CreateDate": "2024-03-01T09:00:00Z",
		"InstanceProfileId": "AIPA" + fmt.Sprintf("%017d", b.account), "Arn": iam + "instance-profile/" + profile,
		"Roles": []doc{{"RoleName": profile, "Path": "/", "RoleId": "AROA" + fmt.Sprintf("%017d", b.account),
			"Arn": iam + "role/" + profile, "CreateDate": "2024-03-01T09:00:00Z",
			"AssumeRolePolicyDocument": doc{"Version": "2012-10-17", "Statement": []doc{{"Effect": "Allow",
				"Principal": doc{"Service": []string{"ec2.amazonaws.com"}}, "Action": []string{"sts:AssumeRole"}}}}}}}})
}

func (b *builder) subnet(n int) string { return b.id("subnet-", b.account, b.region, n) }

// addNetwork adds a security group and two subnets.
func (b *builder) addNetwork() {
	group, vpc := b.id("sg-", b.account, b.region, 0), b.id("vpc-", b.account, b.region, 0)
	b.add(inventory.SecurityGroup, group, facts{"security_group": doc{"GroupId": group, "GroupName": "web", "Description": "web",
		"OwnerId": b.part.Account, "VpcId": vpc, "IpPermissions": []doc{}, "IpPermissionsEgress": []doc{}}})
	for n, zone := range []string{"a", "b"} {
		b.add(inventory.Subnet, b.subnet(n), facts{"subnet": doc{"SubnetId": b.subnet(n), "VpcId": vpc, "OwnerId": b.part.Account,
			"State": "available", "AvailabilityZone": b.part.Region + zone, "CidrBlock": fmt.Sprintf("10.0.%d.0/24", n),
			"AvailableIpAddressCount": 200, "DefaultForAz": false, "MapPublicIpOnLaunch": false}})
	}
}

// instanceTypes are the types that launches name.
func instanceTypes() []string { return []string{"m7i.large", "t3.small"} }

// addTypes adds what EC2 tells of the instance types.
func (b *builder) addTypes() {
	for _, name := range instanceTypes() {
		b.add(inventory.InstanceType, name, facts{
			"instance_type": doc{"InstanceType": name, "CurrentGeneration": true, "BareMetal": false, "Hypervisor": "nitro",
				"ProcessorInfo":                doc{"SupportedArchitectures": []string{"x86_64"}},
				"SupportedVirtualizationTypes": []string{"hvm"}, "SupportedRootDeviceTypes": []string{"ebs"},
				"SupportedBootModes": []string{"legacy-bios", "uefi"}, "NitroTpmSupport": "supported",
				"EbsInfo":     doc{"EbsOptimizedSupport": "default", "EncryptionSupport": "supported", "NvmeSupport": "required"},
				"NetworkInfo": doc{"EnaSupport": "required", "MaximumNetworkInterfaces": 3}},
			"offerings": []doc{
				{"InstanceType": name, "LocationType": "availability-zone", "Location": b.part.Region + "a"},
				{"InstanceType": name, "LocationType": "availability-zone", "Location": b.part.Region + "b"}}})
	}
}
