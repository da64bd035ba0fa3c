# METADATA
# title: Whom an owner trusts
# description: >-
#   An organization is arn:PARTITION:organizations::MANAGEMENT-ACCOUNT:organization/o-ID, one of its OUs is
#   arn:PARTITION:organizations::MANAGEMENT-ACCOUNT:ou/o-ID/ou-ID. What does not look like that is trusted only where
#   the very same text is listed.
# scope: package
package amiscan.lib.trust

# organization_id is the o-… in the ARN of an organization or of an OU; undefined for anything else.
organization_id(arn) := split(arn, "/")[1] if {
	regex.match(`^arn:[^:/]+:organizations::[0-9]+:(organization/o-[^:/]+|ou/o-[^:/]+/ou-[^:/]+)$`, arn)
}

# ou_id is the ou-… in the ARN of an OU; undefined for anything else.
ou_id(arn) := split(arn, "/")[2] if regex.match(`^arn:[^:/]+:organizations::[0-9]+:ou/o-[^:/]+/ou-[^:/]+$`, arn)

# lists_organization holds when the list names the organization of the ARN, by o-… or by the organization's own ARN.
# An OU's ARN in the list must not stand for the whole organization.
lists_organization(list, arn) if arn in list

lists_organization(list, arn) if organization_id(arn) in list

lists_organization(list, arn) if {
	some entry in list
	endswith(entry, sprintf(":organization/%s", [organization_id(arn)]))
}

# lists_ou holds when the list names the OU of the ARN, by ou-… or by ARN.
lists_ou(list, arn) if arn in list

lists_ou(list, arn) if ou_id(arn) in list

# lists_account holds when the listing of an organization's accounts has the account.
lists_account(accounts, id) if {
	some account in accounts
	account.Id == id
}
