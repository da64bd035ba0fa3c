package amiscan.lib.places_test

import data.amiscan.lib.places

ordinary := ["eu-west-1a", "us-gov-east-1c", "ap-southeast-2b", "cn-northwest-1a", "euw1-az1", ""]

outlying := ["us-west-2-lax-1a", "us-east-1-wl1-bos-wlz-1", "eu-west-3-cmn-wlz-1a", "ap-southeast-1-mnl-1a"]

test_edge_zones if {
	every zone in outlying {
		places.edge(zone)
	}
	every zone in ordinary {
		not places.edge(zone)
	}
}

test_edges_of_zones if {
	places.edges({"zones": array.concat(ordinary, outlying)}, []) == {zone | some zone in outlying}
}

test_edges_of_subnets if {
	launch := {"zones": [], "data": {"NetworkInterfaces": [{"SubnetId": "subnet-1"}, {"SubnetId": "subnet-2"}, {}]}}
	outpost := "arn:aws:outposts:eu-west-1:111122223333:outpost/op-1"
	places.edges(launch, [
		{"SubnetId": "subnet-1", "AvailabilityZone": "us-west-2-lax-1a"},
		{"SubnetId": "subnet-2", "AvailabilityZone": "us-west-2a", "OutpostArn": outpost},
		{"SubnetId": "subnet-3", "AvailabilityZone": "us-west-2-lax-1b"},
	]) == {"us-west-2-lax-1a", outpost}
}
