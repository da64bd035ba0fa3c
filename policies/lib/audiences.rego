# METADATA
# title: To whom images are open
# description: >-
#   An audience is an image and its launch permissions. That an account belongs to an organization or OU which an image is
#   shared with can't be told from its id.
# scope: package
package amiscan.lib.audiences

# include holds when one of the images is open to the account, or to everybody.
include(audiences, account) if {
	some audience in audiences
	some permission in audience.LaunchPermissions
	account == permission.UserId
}

include(audiences, _) if {
	some audience in audiences
	some permission in audience.LaunchPermissions
	permission.Group == "all"
}

# reach_organizations holds when one of the images is open to an organization or OU.
reach_organizations(audiences) if {
	some audience in audiences
	some permission in audience.LaunchPermissions
	some field in ["OrganizationArn", "OrganizationalUnitArn"]
	permission[field]
}
