# METADATA
# title: Where a launch goes
# description: >-
#   Local Zones and Wavelength Zones carry the name of their Region and more (us-west-2-lax-1a, us-east-1-wl1-bos-wlz-1);
#   an availability zone only a letter. A subnet on an Outpost says so.
# scope: package
package amiscan.lib.places

# edge holds for the name of a Local Zone or Wavelength Zone.
edge(zone) if regex.match(`^[a-z]+(-[a-z]+)+-[0-9]+-.`, zone)

# edges are the Local Zones, Wavelength Zones and Outposts among the places of a launch: its zones and the subnets that it
# names itself. The subnets of an Auto Scaling group stand in its zones.
edges(launch, subnets) := {zone | some zone in launch.zones; edge(zone)} | {place |
	some interface in launch.data.NetworkInterfaces
	some subnet in subnets
	subnet.SubnetId == interface.SubnetId
	some field in ["AvailabilityZone", "OutpostArn"]
	place := subnet[field]
	outlying(place)
}

outlying(place) if edge(place)

outlying(place) if startswith(place, "arn:")
