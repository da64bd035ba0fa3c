package awsstub

// What launches name: types.SecurityGroup, types.Subnet and types.KeyPairInfo.

var securityGroupShape = shape{
	"Description":         text.named("groupDescription"),
	"GroupId":             text,
	"GroupName":           text,
	"IpPermissions":       list("ipPermissions", group(ipPermissionShape)),
	"IpPermissionsEgress": list("ipPermissionsEgress", group(ipPermissionShape)),
	"OwnerId":             text,
	"SecurityGroupArn":    text,
	"Tags":                list("tagSet", group(tagShape)),
	"VpcId":               text,
}

var ipPermissionShape = shape{
	"FromPort":         whole,
	"IpProtocol":       text,
	"IpRanges":         list("ipRanges", group(ipRangeShape)),
	"Ipv6Ranges":       list("ipv6Ranges", group(ipv6RangeShape)),
	"PrefixListIds":    list("prefixListIds", group(prefixListShape)),
	"ToPort":           whole,
	"UserIdGroupPairs": list("groups", group(groupPairShape)),
}

var groupPairShape = shape{
	"Description":            text,
	"GroupId":                text,
	"GroupName":              text,
	"PeeringStatus":          text,
	"UserId":                 text,
	"VpcId":                  text,
	"VpcPeeringConnectionId": text,
}

var prefixListShape = shape{
	"Description":  text,
	"PrefixListId": text,
}

var ipv6RangeShape = shape{
	"CidrIpv6":    text,
	"Description": text,
}

var ipRangeShape = shape{
	"CidrIp":      text,
	"Description": text,
}

var subnetShape = shape{
	"AssignIpv6AddressOnCreation":   flag,
	"AvailabilityZone":              text,
	"AvailabilityZoneId":            text,
	"AvailableIpAddressCount":       whole,
	"BlockPublicAccessStates":       group(subnetBlockPublicAccessShape),
	"CidrBlock":                     text,
	"CustomerOwnedIpv4Pool":         text,
	"DefaultForAz":                  flag,
	"EnableDns64":                   flag,
	"EnableLniAtDeviceIndex":        whole,
	"Ipv6CidrBlockAssociationSet":   list("ipv6CidrBlockAssociationSet", group(subnetIPv6AssociationShape)),
	"Ipv6Native":                    flag,
	"MapCustomerOwnedIpOnLaunch":    flag,
	"MapPublicIpOnLaunch":           flag,
	"OutpostArn":                    text,
	"OwnerId":                       text,
	"PrivateDnsNameOptionsOnLaunch": group(privateDNSShape),
	"State":                         text,
	"SubnetArn":                     text,
	"SubnetId":                      text,
	"Tags":                          list("tagSet", group(tagShape)),
	"Type":                          text,
	"VpcId":                         text,
}

var subnetIPv6AssociationShape = shape{
	"AssociationId":        text,
	"IpSource":             text,
	"Ipv6AddressAttribute": text,
	"Ipv6CidrBlock":        text,
	"Ipv6CidrBlockState":   group(subnetCIDRStateShape),
}

var subnetCIDRStateShape = shape{
	"State":         text,
	"StatusMessage": text,
}

var subnetBlockPublicAccessShape = shape{
	"InternetGatewayBlockMode": text,
}

var keyPairShape = shape{
	"CreateTime":     instant,
	"KeyFingerprint": text,
	"KeyName":        text,
	"KeyPairId":      text,
	"KeyType":        text,
	"PublicKey":      text,
	"Tags":           list("tagSet", group(tagShape)),
}
