package amiscan.testing.key_access

# Table G of who can use a key: grants.

examining_grants := "KMS Developer Guide, Examining grants"

# granted is the recipient's service-linked role with one grant under the default key policy.
granted(fields) := question({
	"grants": [object.union(grant(service_role_arn(recipient)), fields)],
	"policy": policy([default_statement]),
	"principal": service_role(recipient),
})

granted_to(grantee, principal) := question({
	"grants": [grant(grantee)],
	"policy": policy([default_statement]),
	"principal": principal,
})

grant_of(names) := object.union(grant(service_role_arn(recipient)), {"Operations": names})

infrastructure := "arn:aws:sts::444455556666:assumed-role/aws:ec2-infrastructure/i-00112233445566778"

rows_g := [
	row("G", "grantee is the service-linked role", auto_scaling, granted({}), "allowed"),
	row(
		"G",
		"grantee is the role of another account",
		grants,
		granted_to(role_arn(recipient), role(recipient)),
		"allowed",
	),
	row("G", "grantee is the role of the key's account", grants, granted_to(role_arn(owner), role(owner)), "allowed"),
	row(
		"G",
		"grantee is the role of the session",
		grants,
		granted_to(role_arn(recipient), session(recipient)),
		"allowed",
	),
	row(
		"G",
		"grantee is one session of the role",
		grants,
		granted_to(session_arn(recipient), role(recipient)),
		"undecided",
	),
	row(
		"G",
		"grantee is another role of the account",
		grants,
		granted_to(
			role_arn(recipient),
			object.union(role(recipient), {"arn": "arn:aws:iam::444455556666:role/other"}),
		),
		"closed",
	),
	row(
		"G",
		"grantee is the account, and its role",
		grants,
		granted_to(root_arn(recipient), role(recipient)),
		"delegated",
	),
	row(
		"G",
		"grantee is the account, and somebody of it",
		grants,
		granted_to(root_arn(recipient), account(recipient)),
		"delegated",
	),
	row(
		"G",
		"grantee is the account, and its service-linked role",
		grants,
		granted_to(root_arn(recipient), service_role(recipient)),
		"closed",
	),
	row(
		"G",
		"grantee is a role, and somebody of its account",
		grants,
		granted_to(role_arn(recipient), account(recipient)),
		"delegated",
	),
	row(
		"G",
		"grantee is a service-linked role, and somebody of its account",
		grants,
		granted_to(service_role_arn(recipient), account(recipient)),
		"undecided",
	),
	row(
		"G",
		"grantee is a role of one account, and an organization",
		grants,
		granted_to(role_arn(recipient), organization),
		"undecided",
	),
	row(
		"G",
		"grantee is a role of the key's account, and an organization",
		grants,
		granted_to(role_arn(owner), organization),
		"closed",
	),
	row(
		"G",
		"EC2's own grant for a volume that is attached, and somebody of the account",
		examining_grants,
		granted_to(infrastructure, account(recipient)),
		"closed",
	),
	row(
		"G",
		"EC2's own grant for a volume that is attached, and a role of the account",
		examining_grants,
		granted_to(infrastructure, role(recipient)),
		"closed",
	),
	row(
		"G",
		"EC2's own grant for a volume that is attached, and a service-linked role of the account",
		examining_grants,
		granted_to(infrastructure, service_role(recipient)),
		"closed",
	),
	row(
		"G",
		"EC2's own grant for a volume that is attached, and an organization",
		examining_grants,
		granted_to(infrastructure, organization),
		"closed",
	),
	row(
		"G",
		"grantee is shown as a service that launches",
		grants,
		granted_to("autoscaling.amazonaws.com", service_role(recipient)),
		"undecided",
	),
	row(
		"G",
		"grantee is shown as EC2",
		grants,
		granted_to("ec2.eu-west-1.amazonaws.com", account(recipient)),
		"undecided",
	),
	row(
		"G",
		"grantee is shown as another service",
		grants,
		granted_to("rds.eu-west-1.amazonaws.com", service_role(recipient)),
		"closed",
	),
	row(
		"G",
		"the same service-linked role under another path",
		fleets,
		granted({"GranteePrincipal": replace(service_role_arn(recipient), "autoscaling.", "fleet.")}),
		"allowed",
	),
	row(
		"G",
		"a service-linked role with a suffix is another one",
		auto_scaling,
		granted({"GranteePrincipal": suffixed}),
		"closed",
	),
	row(
		"G",
		"the service-linked role of another account",
		grants,
		granted({"GranteePrincipal": service_role_arn(owner)}),
		"closed",
	),
	row(
		"G",
		"a role of the same name that is not service-linked",
		grants,
		granted({"GranteePrincipal": "arn:aws:iam::444455556666:role/AWSServiceRoleForAutoScaling"}),
		"closed",
	),
	row(
		"G",
		"constraint on the encryption context",
		grants,
		granted({"Constraints": {"EncryptionContextSubset": {"team": "web"}}}),
		"undecided",
	),
	row(
		"G",
		"constraint on the whole encryption context",
		grants,
		granted({"Constraints": {"EncryptionContextEquals": {"team": "web"}}}),
		"undecided",
	),
	row(
		"G",
		"constraint on one volume",
		grants,
		granted({"Constraints": {"EncryptionContextSubset": {"aws:ebs:id": "vol-0c0c0c0c0c0c0c0c0"}}}),
		"closed",
	),
	row(
		"G",
		"constraint on exactly one volume",
		grants,
		granted({"Constraints": {"EncryptionContextEquals": {"aws:ebs:id": "vol-0c0c0c0c0c0c0c0c0"}}}),
		"closed",
	),
	row(
		"G",
		"constraint that is empty",
		grants,
		granted({"Constraints": {"EncryptionContextSubset": {}}}),
		"allowed",
	),
	row(
		"G",
		"constraint on the source ARN",
		grants,
		granted({"Constraints": {"SourceArn": "arn:aws:ec2:eu-west-1:444455556666:instance/*"}}),
		"undecided",
	),
	row(
		"G",
		"constraint of a kind that is not known here",
		grants,
		granted({"Constraints": {"SourceWeather": "fair"}}),
		"undecided",
	),
	row(
		"G",
		"operations without CreateGrant",
		grants,
		granted({"Operations": [name | some name in operations; name != "CreateGrant"]}),
		"closed",
	),
	row(
		"G",
		"operations without CreateGrant, and a second grant with it",
		grants,
		question({
			"grants": [grant_of(["CreateGrant"]), grant_of([name | some name in operations; name != "CreateGrant"])],
			"policy": policy([default_statement]),
			"principal": service_role(recipient),
		}),
		"allowed",
	),
	row(
		"G",
		"grant without a grantee",
		grants,
		question({
			"grants": [{"GrantId": "1"}],
			"policy": policy([default_statement]),
			"principal": service_role(recipient),
		}),
		"closed",
	),
	row("G", "grantee that is no text", grants, granted({"GranteePrincipal": 7}), "closed"),
	row(
		"G",
		"who may retire or made the grant changes nothing",
		grants,
		granted({"RetiringPrincipal": root_arn(owner), "IssuingAccount": root_arn(owner)}),
		"allowed",
	),
]
