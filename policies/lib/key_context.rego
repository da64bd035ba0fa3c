# METADATA
# title: What KMS sees of a request
# description: >-
#   A request has a principal, an action, and by: "ec2" when EC2 calls for a launch, "hand" when a person creates a
#   grant for another (the grantee). The value of a condition key is {"text": …}, {"begins": …} where only the beginning
#   is known, {"volume": true} for the id of a volume that is not made yet, "" where the key is absent from the request,
#   and null where nobody can tell from here. aws:PrincipalOrgPaths has many values.
# scope: package
package amiscan.lib.key_context

# value is what the key (its name in lower case) holds in the request.
value(name, request) := object.get(values(request.principal, request), name, null)

values(principal, request) := {
	"kms:viaservice": object.get({"ec2": service(principal)}, request.by, ""),
	"kms:calleraccount": text(object.get(principal, "account", null)),
	"kms:grantisforawsresource": object.get(for_resource, concat(" ", [request.by, request.action]), ""),
	"kms:grantoperations": object.get({"kms:CreateGrant": null}, request.action, ""),
	"kms:grantconstrainttype": object.get({"kms:CreateGrant": null}, request.action, ""),
	"kms:granteeprincipal": object.get({"kms:CreateGrant": grantee}, request.action, ""),
	"kms:encryptioncontext:aws:ebs:id": object.get(without_context, request.action, {"volume": true}),
	"aws:principalaccount": text(object.get(principal, "account", null)),
	"aws:principalarn": text(iam_arn(principal)),
	"aws:principalorgid": text(object.get(principal, "organization", null)),
	"aws:principalorgpaths": paths(principal),
	"aws:principalisawsservice": {"text": "false"},
	"aws:sourceaccount": "",
	"aws:sourcearn": "",
	"aws:sourceorgid": "",
} if {
	grantee := text(object.get(request, "grantee", null))
}

# EC2 says of its own grants that they are for a resource of AWS; a person's are not.
for_resource := {"ec2 kms:CreateGrant": {"text": "true"}, "hand kms:CreateGrant": {"text": "false"}}

# These two are not cryptographic: they carry no encryption context of their own.
without_context := {"kms:DescribeKey": null, "kms:CreateGrant": null}

# text is absent for "", unknown for null.
text(known) := object.get({"": "", null: null}, known, {"text": known})

# Which suffix KMS sees in China is not documented.
service(principal) := object.get({"aws-cn": {"begins": name}}, partition, object.get(nowhere, region, {"text": name})) if {
	partition := object.get(principal, "partition", "aws-cn")
	region := object.get(principal, "region", "")
	name := sprintf("ec2.%s.amazonaws.com", [region])
}

nowhere := {"": null}

# iam_arn is the ARN that aws:PrincipalArn holds, if it is known: of a session it is the role's, whose path does not show.
iam_arn(principal) := object.get({"iam": arn}, concat("", [part | part := split(arn, ":")[2]]), null) if {
	arn := object.get(principal, "arn", "")
}

# paths is where the principal stands in its organization: an account at one place, the members of an OU or an
# organization at or below one.
paths(principal) := object.get({"": "", null: null}, organization, object.get({true: exact}, is_one, area)) if {
	organization := object.get(principal, "organization", null)
	path := object.get(principal, "path", sprintf("%v/%s", [organization, root(principal)]))
	is_one := count({1 | principal.path; not principal.type in {"organization", "ou"}}) > 0
	exact := {"text": path, "many": true}
	area := {"begins": path, "ou": object.get(principal, "ou", ""), "many": true}
}

# root is told by the ids of its OUs: ou-ROOT-… is below r-ROOT.
root(principal) := concat("", [sprintf("r-%s/", [match[1]]) |
	some match in regex.find_all_string_submatch_n(`^ou-([0-9a-z]+)-`, object.get(principal, "ou", ""), 1)
])
