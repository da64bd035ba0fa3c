package awsstub

import "github.com/amiscan/amiscan/internal/inventory"

// networkRosters are the listings of what launches name besides images.
func networkRosters() []roster {
	return []roster{
		{action: "ec2:DescribeSecurityGroups", kind: inventory.SecurityGroup, fact: "security_group",
			idField: "GroupId", fields: securityGroupShape, element: "securityGroupInfo", pages: pagesOf(5, 1000, 0),
			names: []naming{
				{parameter: "GroupId", field: "GroupId", prefix: "sg-", malformed: "InvalidGroupId.Malformed",
					missing: "InvalidGroup.NotFound"},
				{parameter: "GroupName", field: "GroupName", missing: "InvalidGroup.NotFound"}},
			filters: map[string]string{"group-id": "GroupId", "group-name": "GroupName", "vpc-id": "VpcId",
				"owner-id": "OwnerId", "description": "Description"}},
		{action: "ec2:DescribeSubnets", kind: inventory.Subnet, fact: "subnet",
			idField: "SubnetId", fields: subnetShape, element: "subnetSet", pages: pagesOf(5, 1000, 0),
			names: []naming{{parameter: "SubnetId", field: "SubnetId", prefix: "subnet-",
				malformed: "InvalidSubnetID.Malformed", missing: "InvalidSubnetID.NotFound"}},
			filters: map[string]string{"subnet-id": "SubnetId", "vpc-id": "VpcId", "owner-id": "OwnerId", "state": "State",
				"availability-zone": "AvailabilityZone", "availability-zone-id": "AvailabilityZoneId",
				"default-for-az": "DefaultForAz", "cidr-block": "CidrBlock"}},
		{action: "ec2:DescribeKeyPairs", kind: inventory.KeyPair, fact: "key_pair",
			idField: "KeyName", fields: keyPairShape, element: "keySet", pages: paging{badSize: "InvalidParameterValue"},
			names: []naming{
				{parameter: "KeyName", field: "KeyName", missing: "InvalidKeyPair.NotFound"},
				{parameter: "KeyPairId", field: "KeyPairId", missing: "InvalidKeyPair.NotFound"}},
			filters: map[string]string{"key-name": "KeyName", "key-pair-id": "KeyPairId", "fingerprint": "KeyFingerprint"},
			more:    []string{"IncludePublicKey"}, check: checkPublicKey},
	}
}

// checkPublicKey refuses what an inventory does not hold.
func checkPublicKey(r Request) error {
	if r.isTrue("IncludePublicKey") {
		return invalid("InvalidParameterValue", "the stub holds no public keys: IncludePublicKey must be false")
	}
	return nil
}
