package amiscan.lib.key_context_unknown_test

import data.amiscan.lib.key_context
import data.amiscan.testing.key_access as tables

# The words that stand where saved output does not tell.
test_what_is_called_unknown_is_not_known if {
	nobody := {"account": "unknown", "organization": "unknown", "arn": "unknown"}
	keys := ["kms:calleraccount", "aws:principalaccount", "aws:principalarn", "aws:principalorgid", "aws:principalorgpaths"]
	{value | some name in keys; value := key_context.value(name, {"principal": nobody, "action": "kms:Decrypt", "by": "ec2"})} == {null}
}

# Data keys of a snapshot are bound to the id of the volume that it was made of, which may be any.
test_what_is_read_may_be_under_any_id if {
	contexts := {action: key_context.value("kms:encryptioncontext:aws:ebs:id", request) |
		some action in ["kms:Decrypt", "kms:ReEncryptFrom", "kms:ReEncryptTo", "kms:Encrypt", "kms:GenerateDataKeyWithoutPlaintext"]
		request := {"principal": tables.member, "action": action, "by": "ec2"}
	}
	{action | some action, {"begins": ""} in contexts} == {"kms:Decrypt", "kms:ReEncryptFrom"}
	count({action | some action, {"volume": true} in contexts}) == 3
}

test_a_request_without_all_its_parts_tells_nothing if {
	whole := {"principal": tables.member, "action": "kms:CreateGrant", "by": "hand"}
	odd := array.concat([object.remove(whole, [part]) | some part in ["principal", "action", "by"]], [object.union(whole, {"by": "x"}), null])
	names := ["kms:viaservice", "kms:grantisforawsresource"]
	[[key_context.value(name, one) | some name in names] | some one in odd] == [
		[null, null],
		[null, null],
		[null, null],
		[null, null],
		[null, null],
	]
}
