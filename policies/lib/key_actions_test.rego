package amiscan.lib.key_actions_test

import data.amiscan.lib.key_actions

actions := ["kms:CreateGrant", "kms:Decrypt", "kms:ReEncryptFrom", "kms:ReEncryptTo"]

# named are those of the actions that a statement names.
named(statement) := [action | some action in actions; key_actions.named(statement, action)]

test_hard_actions_of_a_key_that_is_only_read if {
	key_actions.hard("source") == {"kms:Decrypt", "kms:CreateGrant"}
}

test_hard_actions_of_the_new_volumes_key if {
	every use in ["destination", "not known"] {
		key_actions.hard(use) == {"kms:Decrypt", "kms:CreateGrant", "kms:GenerateDataKeyWithoutPlaintext"}
	}
}

test_needed_actions if {
	everyone := {
		"kms:CreateGrant",
		"kms:Decrypt",
		"kms:DescribeKey",
		"kms:GenerateDataKeyWithoutPlaintext",
		"kms:ReEncryptFrom",
		"kms:ReEncryptTo",
	}
	every use in ["source", "destination"] {
		every type in ["account", "role", "organization", "ou"] {
			key_actions.needed(type, use) == everyone
		}
		key_actions.needed("service_role", use) == everyone | {"kms:Encrypt", "kms:GenerateDataKey"}
	}
}

test_operations_of_a_grant_to_a_service_linked_role if key_actions.operations == {
	"CreateGrant",
	"Decrypt",
	"DescribeKey",
	"Encrypt",
	"GenerateDataKey",
	"GenerateDataKeyWithoutPlaintext",
	"ReEncryptFrom",
	"ReEncryptTo",
}

test_named_by_action if {
	named({"Action": ["kms:*"]}) == actions
	named({"Action": ["*"]}) == actions
	named({"Action": ["kms:reencrypt*", "KMS:DECRYPT"]}) == ["kms:Decrypt", "kms:ReEncryptFrom", "kms:ReEncryptTo"]
	named({"Action": ["kms:ReEncrypt??", "kms:Create?rant"]}) == ["kms:CreateGrant", "kms:ReEncryptTo"]
}

test_not_named_by_action if {
	every list in [[], ["kms:ReEncrypt"], ["Decrypt"], ["kms:DecryptAll"], ["ec2:*"], ["kms.*"]] {
		named({"Action": list}) == []
	}
}

test_named_by_not_action_is_the_rest if {
	named({"NotAction": ["kms:reencrypt*", "kms:CreateGrants"]}) == ["kms:CreateGrant", "kms:Decrypt"]
	named({"NotAction": ["ec2:*"]}) == actions
	named({"NotAction": ["KMS:*"]}) == []
}

test_not_named_without_either if named({"Effect": "Allow"}) == []
