# METADATA
# title: What KMS sees of a request
# description: >-
#   A request has a principal, an action, and by: "ec2" when EC2 calls for a launch, "hand" when a person creates a
#   grant for another (the grantee). The value of a condition key is {"text": …}, {"begins": …} where only the beginning
#   is known, {"volume": true} for the id of a volume that is not made yet, "" where the key is absent from the request,
#   and null where nobody can tell from here: of a Region or account that is "unknown", as in some saved output, and of
#   a request that lacks a part. aws:PrincipalOrgPaths has many values.
# scope: package
package amiscan.lib.key_context

# value is what the key (its name in lower case) holds in the request.
value(name, request) := array.concat([known | known := values(request.principal, request)[name]], [null])[0]

values(principal, request) := {
	"kms:viaservice": object.get({"ec2": service(principal), "hand": ""}, request.by, null),
	"kms:calleraccount": text(object.get(principal, "account", null)),
	"kms:grantisforawsresource": object.get({"kms:CreateGrant": object.get(for_resource, request.by, null)}, request.action, ""),
	"kms:grantoperations": object.get({"kms:CreateGrant": null}, request.action, ""),
	"kms:grantconstrainttype": object.get({"kms:CreateGrant": null}, request.action, ""),
	"kms:granteeprincipal": object.get({"kms:CreateGrant": grantee}, request.action, ""),
	"kms:encryptioncontext:aws:ebs:id": object.get(other_contexts, request.action, {"volume": true}),
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
for_resource := {"ec2": {"text": "true"}, "hand": {"text": "false"}}

# The first two are not cryptographic: they carry no encryption context of their own. What is read of a snapshot is under
# the id of the volume that it was made of, or that of the copy (KMS Developer Guide, How Amazon EBS uses AWS KMS).
other_contexts := {
	"kms:DescribeKey": null,
	"kms:CreateGrant": null,
	"kms:Decrypt": {"begins": ""},
	"kms:ReEncryptFrom": {"begins": ""},
}

# silent are absent and unknown.
silent := {"": "", null: null, "unknown": null}

text(known) := object.get(silent, known, {"text": known})

# Which domain KMS sees in China and in partitions that are closed to the public is not documented.
service(principal) := object.get(nowhere, region, object.get(known, partition, {"begins": sprintf("ec2.%s.", [region])})) if {
	partition := object.get(principal, "partition", "")
	region := object.get(principal, "region", "")
	whole := {"text": sprintf("ec2.%s.amazonaws.com", [region])}
	known := {"aws": whole, "aws-us-gov": whole}
}

nowhere := {"": null, null: null, "unknown": null}

# iam_arn is the ARN that aws:PrincipalArn holds, if it is known: of a session it is the role's, whose path does not show.
iam_arn(principal) := object.get({"iam": arn}, concat("", [part | part := split(arn, ":")[2]]), null) if {
	arn := object.get(principal, "arn", "")
}

# paths is where the principal stands in its organization: an account at one place, the members of an OU or an
# organization at or below one.
paths(principal) := object.get(silent, organization, object.get({true: exact}, is_one, area)) if {
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
