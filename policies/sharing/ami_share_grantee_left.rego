# METADATA
# title: AMI is shared with an account that is suspended or closed
# description: >-
#   Judges each account of the owner's own organization that the image is shared with by its id, by the state that the
#   listing of the organization gives it: SUSPENDED, PENDING_CLOSURE and CLOSED are left. A share that nobody can use any
#   more comes back into force with the account if it is reopened. An account that is not in the organization is not
#   judged: it may be a partner's, and AWS shows its state to nobody else; sharing/ami-shared-untrusted asks whether it is
#   trusted. Neither are accounts that may launch the image through an OU or the organization.
# scope: package
# schemas:
#   - input: schema.ami
# related_resources:
#   - ref: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_account_state.html
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/sharingamis-explicit.html
# custom:
#   severity: medium
#   resource: ami
#   remediation: |-
#     Withdraw the share:
#     aws ec2 modify-image-attribute --image-id IMAGE_ID --launch-permission "Remove=[{UserId=ACCOUNT_ID}]"
#     Sharing with an OU instead follows the organization by itself.
#   controls: []
package amiscan.sharing.ami_share_grantee_left

violation contains {"msg": msg, "subject": account.Id, "evidence": {"account": account}} if {
	some account in input.account_grantees
	account.State in {"SUSPENDED", "PENDING_CLOSURE", "CLOSED"}
	msg := sprintf("account %s (%s) may launch this image, but its state is %s", [account.Id, account.Name, account.State])
}

undecided contains {"msg": msg, "subject": account.Id} if {
	some account in input.account_grantees
	not account.State in {"ACTIVE", "PENDING_ACTIVATION", "SUSPENDED", "PENDING_CLOSURE", "CLOSED"}
	msg := sprintf("account %s may launch this image, and its state %q is not known here", [account.Id, account.State])
}
