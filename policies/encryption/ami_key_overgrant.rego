# METADATA
# title: KMS key of AMIs is open to an account that no AMI under it is shared with
# description: >-
#   Judges keys that own images are encrypted under: other accounts that a statement or a grant lets decrypt, against all to
#   whom any of those images is open. Withdrawing a launch permission does not withdraw the key. Trusted accounts pass;
#   statements for everybody or a whole organization, and EC2's grants for attached volumes, are not judged. Where an
#   image is shared with an organization or OU, whether the account is in it can't be seen: that is undecided, as are
#   conditions and statements that can't be judged.
# scope: package
# schemas:
#   - input: schema.kms_key
# related_resources:
#   - ref: https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html
#   - ref: https://docs.aws.amazon.com/kms/latest/developerguide/grant-manage.html
# custom:
#   severity: medium
#   resource: kms_key
#   remediation: |-
#     To trust the account, add the line of the message to amiscan.yaml. If it needs the key no more, withdraw it:
#     aws kms put-key-policy --key-id KEY_ARN --policy-name default --policy file://POLICY.json
#     aws kms revoke-grant --key-id KEY_ARN --grant-id GRANT_ID
#   controls: []
#   params:
#     - name: trusted_accounts
#       type: list
#       default: []
#       meaning: ids of accounts that images, snapshots and keys may be shared with
package amiscan.encryption.ami_key_overgrant

import data.amiscan.lib.audiences
import data.amiscan.lib.key_given

applies if {
	input.account == input.unit_account
	count(input.image_audiences) > 0
}

violation contains {"msg": msg, "subject": gift.account, "evidence": {"given": gift.label}} if {
	some gift in excess
	gift.word in {"allow", "delegate"}
	not wider
	msg := sprintf(
		"%s opens the key to account %s, which may launch no image under it; to trust it: params: {trusted_accounts: [%q]}",
		[gift.label, gift.account, gift.account],
	)
}

undecided contains {"msg": sprintf("%s may open the key to account %s", [gift.label, gift.account]), "subject": gift.account} if {
	some gift in excess
	gift.word == "unknown"
}

undecided contains {"msg": msg, "subject": gift.account} if {
	some gift in excess
	gift.word in {"allow", "delegate"}
	wider
	msg := sprintf("%s opens the key to account %s; it may be in an organization that may launch an image", [gift.label, gift.account])
}

undecided contains {"msg": sprintf("%s can't be read", [label]), "subject": label} if {
	applies
	some label in key_given.unreadable(input.key_policy)
}

excess contains gift if {
	applies
	some gift in given
	not gift.account in data.params.trusted_accounts
	not covered(gift.account)
}

given contains gift if some gift in key_given.by_policy(input.key_policy, input.arn, place)

given contains gift if some gift in key_given.by_grants(input.grants, input.account)

place := {"account": input.account, "partition": input.partition, "region": input.region}

covered(account) if audiences.include(input.image_audiences, account)

wider if audiences.reach_organizations(input.image_audiences)
