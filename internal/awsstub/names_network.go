package awsstub

// The network interfaces of a launch template.

var interfaceShape = shape{
	"AssociateCarrierIpAddress":       flag,
	"AssociatePublicIpAddress":        flag,
	"ConnectionTrackingSpecification": group(connectionTrackingShape),
	"DeleteOnTermination":             flag,
	"Description":                     text,
	"DeviceIndex":                     whole,
	"EnaQueueCount":                   whole,
	"EnaSrdSpecification":             group(enaSrdShape),
	"Groups":                          list("groupSet", text.named("groupId")),
	"InterfaceType":                   text,
	"Ipv4PrefixCount":                 whole,
	"Ipv4Prefixes":                    list("ipv4PrefixSet", group(ipv4PrefixShape)),
	"Ipv6AddressCount":                whole,
	"Ipv6Addresses":                   list("ipv6AddressesSet", group(ipv6AddressShape)),
	"Ipv6PrefixCount":                 whole,
	"Ipv6Prefixes":                    list("ipv6PrefixSet", group(ipv6PrefixShape)),
	"NetworkCardIndex":                whole,
	"NetworkInterfaceId":              text,
	"PrimaryIpv6":                     flag,
	"PrivateIpAddress":                text,
	"PrivateIpAddresses":              list("privateIpAddressesSet", group(privateAddressShape)),
	"SecondaryPrivateIpAddressCount":  whole,
	"SubnetId":                        text,
}

var ipv6AddressShape = shape{
	"Ipv6Address":   text,
	"IsPrimaryIpv6": flag,
}

var privateAddressShape = shape{
	"Primary":          flag,
	"PrivateIpAddress": text,
}

var ipv4PrefixShape = shape{
	"Ipv4Prefix": text,
}

var ipv6PrefixShape = shape{
	"Ipv6Prefix": text,
}

var enaSrdShape = shape{
	"EnaSrdEnabled":          flag,
	"EnaSrdUdpSpecification": group(enaSrdUDPShape),
}

var enaSrdUDPShape = shape{
	"EnaSrdUdpEnabled": flag,
}

var connectionTrackingShape = shape{
	"TcpEstablishedTimeout": whole,
	"UdpStreamTimeout":      whole,
	"UdpTimeout":            whole,
}

var secondaryInterfaceShape = shape{
	"DeleteOnTermination":   flag,
	"DeviceIndex":           whole,
	"InterfaceType":         text,
	"NetworkCardIndex":      whole,
	"PrivateIpAddressCount": whole,
	"PrivateIpAddresses":    list("privateIpAddressesSet", group(secondaryAddressShape)),
	"SecondarySubnetId":     text,
}

var secondaryAddressShape = shape{
	"PrivateIpAddress": text,
}
