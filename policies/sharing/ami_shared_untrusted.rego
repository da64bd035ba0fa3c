# METADATA
# title: AMI is shared with an account, organization or OU that is not trusted
# description: >-
#   Judges each grantee of the image's launch permission on its own. Trusted are the owner, the owner's own organization
#   with all its OUs and accounts, and what the params list. Which accounts the organization has is known only where the
#   audit listed it (--org); elsewhere each account is to be listed. A trusted organization covers its OUs; a trusted OU
#   does not cover the OUs below it, whose ARNs do not name it. An owner known to be in no organization trusts none by
#   that. The group all is left to sharing/ami-public. Whether a grantee can use the snapshots' keys is not judged.
# scope: package
# schemas:
#   - input: schema.ami
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/sharingamis-explicit.html
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/share-amis-with-organizations-and-OUs.html
# custom:
#   severity: high
#   resource: ami
#   remediation: |-
#     Where the grantee is to be trusted, add the line of the message to amiscan.yaml.
#     Otherwise withdraw the share (in place of UserId: OrganizationArn=ARN or OrganizationalUnitArn=ARN):
#     aws ec2 modify-image-attribute --image-id IMAGE_ID --launch-permission "Remove=[{UserId=ACCOUNT_ID}]"
#     Running instances and copies stay.
#   controls: []
#   params:
#     - name: trusted_accounts
#       type: list
#       default: []
#       meaning: ids of accounts that images, snapshots and keys may be shared with
#     - name: trusted_organizations
#       type: list
#       default: []
#       meaning: ids (o-…) or ARNs of organizations that images may be shared with, with all their OUs
#     - name: trusted_ous
#       type: list
#       default: []
#       meaning: ids (ou-…) or ARNs of organizational units that images may be shared with
package amiscan.sharing.ami_shared_untrusted

import data.amiscan.lib.trust

violation contains finding("account", permission.UserId, "trusted_accounts", permission) if {
	some permission in input.launch_permissions
	permission.UserId != input.account
	not permission.UserId in data.params.trusted_accounts
	not listed(permission.UserId)
}

violation contains finding("organization", arn, "trusted_organizations", permission) if {
	some permission in input.launch_permissions
	arn := permission.OrganizationArn
	not trust.lists_organization(data.params.trusted_organizations, arn)
	not own_organization(arn)
}

violation contains finding("organizational unit", arn, "trusted_ous", permission) if {
	some permission in input.launch_permissions
	arn := permission.OrganizationalUnitArn
	not trust.lists_ou(data.params.trusted_ous, arn)
	not trust.lists_organization(data.params.trusted_organizations, arn)
	not own_organization(arn)
}

listed(id) if trust.lists_account(input.listed_accounts, id)

own_organization(arn) if trust.organization_id(arn) == input.organization.Id

finding(kind, grantee, param, permission) := {
	"msg": sprintf(
		"%s %s may launch this image and is not trusted; to trust it: params: {%s: [%q]}",
		[kind, grantee, param, grantee],
	),
	"subject": grantee,
	"evidence": {"launch_permission": permission},
}
