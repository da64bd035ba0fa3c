# METADATA
# title: Snapshot is shared with an account that is not trusted
# description: >-
#   Judges each account in the snapshot's create-volume permissions on its own; snapshots can't be shared with
#   organizations or OUs. Trusted are the owner, the accounts of the owner's own organization and what the params list.
#   Which accounts the organization has is known only where the audit listed it (--org); elsewhere each account is to be
#   listed. The group all is left to sharing/snapshot-public. Whether the account can use the snapshot's key is not judged.
# scope: package
# schemas:
#   - input: schema.snapshot
# related_resources:
#   - ref: https://docs.aws.amazon.com/ebs/latest/userguide/ebs-modifying-snapshot-permissions.html
# custom:
#   severity: high
#   resource: snapshot
#   remediation: |-
#     Where the account is to be trusted, add the line of the message to amiscan.yaml. Otherwise withdraw the share:
#     aws ec2 modify-snapshot-attribute --snapshot-id SNAPSHOT_ID --create-volume-permission "Remove=[{UserId=ACCOUNT_ID}]"
#     Copies and volumes that the account made stay.
#   controls: []
#   params:
#     - name: trusted_accounts
#       type: list
#       default: []
#       meaning: ids of accounts that images, snapshots and keys may be shared with
package amiscan.sharing.snapshot_shared_untrusted

import data.amiscan.lib.trust

violation contains {"msg": msg, "subject": account, "evidence": {"UserId": account}} if {
	some permission in input.snapshot_permissions
	account := permission.UserId
	account != input.account
	not account in data.params.trusted_accounts
	not listed(account)
	msg := sprintf(
		"account %s may make volumes of this snapshot and is not trusted; to trust it: params: {trusted_accounts: [%q]}",
		[account, account],
	)
}

listed(id) if trust.lists_account(input.listed_accounts, id)
