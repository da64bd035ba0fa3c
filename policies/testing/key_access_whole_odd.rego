package amiscan.testing.key_access

# Table F, third part: policies that cannot be read, and who may create a grant.

unreadable := [
	row(
		"F",
		"policy whose statements are no list",
		kms_api,
		question({"policy": {"Statement": {"Effect": "Allow"}}}),
		"undecided",
	),
	row(
		"F",
		"a statement that is no object, beside one that opens the key",
		troubleshooting,
		judged(account(recipient), ["text"]),
		"undecided",
	),
	row(
		"F",
		"a statement that is no object, beside the default one",
		troubleshooting,
		question({"policy": policy([default_statement, "text"])}),
		"undecided",
	),
	row(
		"F",
		"a statement without elements, beside one that opens the key",
		troubleshooting,
		judged(account(recipient), [{"Effect": "Allow"}]),
		"undecided",
	),
	row(
		"F",
		"a statement without elements, beside the default one",
		troubleshooting,
		question({"policy": policy([default_statement, {"Effect": "Allow"}])}),
		"undecided",
	),
	row(
		"F",
		"a statement with an effect that is none, beside one that opens the key",
		troubleshooting,
		judged(account(recipient), [object.union(deny({"AWS": [owner]}, ["kms:*"]), {"Effect": "Maybe"})]),
		"undecided",
	),
	row(
		"F",
		"a statement with an effect that is none, beside the default one",
		troubleshooting,
		question({
			"policy": policy([default_statement, object.union(deny({"AWS": [owner]}, ["kms:*"]), {"Effect": "Maybe"})]),
		}),
		"undecided",
	),
	row(
		"F",
		"a statement whose actions are no list, beside one that opens the key",
		troubleshooting,
		judged(account(recipient), [object.union(to_owner, {"Action": "kms:*"})]),
		"undecided",
	),
	row(
		"F",
		"a statement whose actions are no list, beside the default one",
		troubleshooting,
		question({
			"policy": policy([default_statement, object.union(to_owner, {"Action": "kms:*"})]),
		}),
		"undecided",
	),
	row(
		"F",
		"a statement with no action, beside one that opens the key",
		troubleshooting,
		judged(account(recipient), [object.union(to_owner, {"Action": []})]),
		"undecided",
	),
	row(
		"F",
		"a statement with no action, beside the default one",
		troubleshooting,
		question({
			"policy": policy([default_statement, object.union(to_owner, {"Action": []})]),
		}),
		"undecided",
	),
	row(
		"F",
		"a statement whose resource is a number, beside one that opens the key",
		troubleshooting,
		judged(account(recipient), [object.union(to_owner, {"Resource": [7]})]),
		"undecided",
	),
	row(
		"F",
		"a statement whose resource is a number, beside the default one",
		troubleshooting,
		question({
			"policy": policy([default_statement, object.union(to_owner, {"Resource": [7]})]),
		}),
		"undecided",
	),
	row(
		"F",
		"a statement whose principal is a text, beside one that opens the key",
		troubleshooting,
		judged(account(recipient), [object.union(to_owner, {"Principal": "*"})]),
		"undecided",
	),
	row(
		"F",
		"a statement whose principal is a text, beside the default one",
		troubleshooting,
		question({
			"policy": policy([default_statement, object.union(to_owner, {"Principal": "*"})]),
		}),
		"undecided",
	),
	row(
		"F",
		"a statement whose principals are no list, beside one that opens the key",
		troubleshooting,
		judged(account(recipient), [object.union(to_owner, {"Principal": {"AWS": "*"}})]),
		"undecided",
	),
	row(
		"F",
		"a statement whose principals are no list, beside the default one",
		troubleshooting,
		question({
			"policy": policy([default_statement, object.union(to_owner, {"Principal": {"AWS": "*"}})]),
		}),
		"undecided",
	),
	row(
		"F",
		"a statement with both Principal and NotPrincipal, beside one that opens the key",
		troubleshooting,
		judged(
			account(recipient),
			[object.union(to_owner, {"NotPrincipal": {"AWS": [owner]}})],
		),
		"undecided",
	),
	row(
		"F",
		"a statement with both Principal and NotPrincipal, beside the default one",
		troubleshooting,
		question({
			"policy": policy([default_statement, object.union(to_owner, {"NotPrincipal": {"AWS": [owner]}})]),
		}),
		"undecided",
	),
	row(
		"F",
		"a statement whose condition is a list, beside one that opens the key",
		troubleshooting,
		judged(account(recipient), [object.union(to_owner, {"Condition": ["x"]})]),
		"undecided",
	),
	row(
		"F",
		"a statement whose condition is a list, beside the default one",
		troubleshooting,
		question({
			"policy": policy([default_statement, object.union(to_owner, {"Condition": ["x"]})]),
		}),
		"undecided",
	),
	row(
		"F",
		"a statement whose condition has no value, beside one that opens the key",
		troubleshooting,
		judged(
			account(recipient),
			[object.union(to_owner, {"Condition": {"StringEquals": {"aws:PrincipalOrgID": []}}})],
		),
		"undecided",
	),
	row(
		"F",
		"a statement whose condition has no value, beside the default one",
		troubleshooting,
		question({
			"policy": policy([default_statement, object.union(to_owner, {"Condition": {"StringEquals": {"aws:PrincipalOrgID": []}}})]),
		}),
		"undecided",
	),
	row(
		"F",
		"a statement whose condition values are no list, beside one that opens the key",
		troubleshooting,
		judged(
			account(recipient),
			[object.union(to_owner, {"Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-1"}}})],
		),
		"undecided",
	),
	row(
		"F",
		"a statement whose condition values are no list, beside the default one",
		troubleshooting,
		question({
			"policy": policy([default_statement, object.union(to_owner, {"Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-1"}}})]),
		}),
		"undecided",
	),
	row(
		"F",
		"lists of principals that are empty",
		troubleshooting,
		question({"policy": policy([allow({"AWS": [recipient], "Service": [], "Federated": []}, use_actions)])}),
		"delegated",
	),
	row(
		"F",
		"a person creates a grant for a service-linked role: CreateGrant without condition",
		auto_scaling,
		by_person({}, "Allow"),
		"delegate",
	),
	row(
		"F",
		"a person creates a grant for a service-linked role: CreateGrant only for an AWS resource",
		auto_scaling,
		by_person({"Bool": {"kms:GrantIsForAWSResource": ["true"]}}, "Allow"),
		"no",
	),
	row(
		"F",
		"a person creates a grant for a service-linked role: CreateGrant only through EC2",
		auto_scaling,
		by_person({"StringEquals": {"kms:ViaService": ["ec2.eu-west-1.amazonaws.com"]}}, "Allow"),
		"no",
	),
	row(
		"F",
		"a person creates a grant for a service-linked role: CreateGrant only for that role",
		auto_scaling,
		by_person({"StringEquals": {"kms:GranteePrincipal": [service_role_arn(recipient)]}}, "Allow"),
		"delegate",
	),
	row(
		"F",
		"a person creates a grant for a service-linked role: CreateGrant denied unless for an AWS resource",
		auto_scaling,
		by_person({"Bool": {"kms:GrantIsForAWSResource": ["false"]}}, "Deny"),
		"no",
	),
]
