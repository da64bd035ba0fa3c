# METADATA
# title: Protective setting is not held by a declarative policy
# description: >-
#   Judges who manages block public access for AMIs and for snapshots, the defaults for instance metadata, and Allowed
#   AMIs, each on its own. What the account manages, whoever administers the account can switch off; what a declarative
#   policy of the organization manages, nobody in the account can. Whether the setting is on is not judged here. Accounts
#   without an organization can't have such policies.
# scope: package
# schemas:
#   - input: schema.settings
# related_resources:
#   - ref: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_declarative.html
# custom:
#   severity: low
#   resource: settings
#   remediation: |-
#     From the organization's management account, write a declarative policy for EC2 and attach it:
#     aws organizations create-policy --type DECLARATIVE_POLICY_EC2 --name NAME --description TEXT --content file://policy.json
#     aws organizations attach-policy --policy-id POLICY_ID --target-id OU_ID
#   controls: []
#   default: false
package amiscan.account.bpa_not_by_policy

violation contains finding("image_block_public_access", "block public access for AMIs") if {
	input.image_block_public_access.ManagedBy == "account"
}

violation contains finding("snapshot_block_public_access", "block public access for snapshots") if {
	input.snapshot_block_public_access.ManagedBy == "account"
}

violation contains finding("instance_metadata_defaults", "the default for instance metadata") if {
	input.instance_metadata_defaults.ManagedBy == "account"
}

violation contains finding("allowed_images", "the Allowed AMIs setting") if input.allowed_images.ManagedBy == "account"

undecided contains unclear("image_block_public_access") if not image_told

undecided contains unclear("snapshot_block_public_access") if not snapshot_told

undecided contains unclear("instance_metadata_defaults") if not metadata_told

undecided contains unclear("allowed_images") if not allowed_told

image_told if input.image_block_public_access.ManagedBy in managers

snapshot_told if input.snapshot_block_public_access.ManagedBy in managers

metadata_told if input.instance_metadata_defaults.ManagedBy in managers

allowed_told if input.allowed_images.ManagedBy in managers

managers := {"account", "declarative-policy"}

finding(setting, name) := {
	"msg": sprintf("%s is managed by the account itself: its administrators can switch it off", [name]),
	"subject": setting,
	"evidence": {"ManagedBy": "account"},
}

unclear(setting) := {"msg": sprintf("EC2 does not say who manages the setting %s", [setting]), "subject": setting}
