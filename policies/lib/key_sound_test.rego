package amiscan.lib.key_sound_test

import data.amiscan.lib.key_sound
import data.amiscan.testing.key_access as tables

statement := tables.allow({"AWS": ["*"]}, ["kms:Decrypt"])

# sound are the names of the cases that can be read.
sound(cases) := {name | some name, one in cases; key_sound.is_sound(one)}

all_sound(cases) if sound(cases) == object.keys(cases)

changed(fields) := tables.changed(statement, fields)

without(elements) := object.remove(statement, elements)

test_as_kms_keeps_them if all_sound({
	"an Allow": statement,
	"a Deny with a Sid": changed({"Effect": "Deny", "Sid": "Guard"}),
	"all but some": object.union(
		without(["Principal", "Action", "Resource"]),
		{"NotPrincipal": {"AWS": ["*"]}, "NotAction": ["kms:Decrypt"], "NotResource": ["*"]},
	),
	"no AWS principals": changed({"Principal": {"AWS": [], "Service": ["ec2.amazonaws.com"]}}),
	"a condition": changed({"Condition": {"Bool": {"kms:GrantIsForAWSResource": ["true"]}}}),
	"a condition of nothing": changed({"Condition": {}}),
})

test_odd_statements if sound({
	"no statement": null,
	"a text": "Allow",
	"an empty one": {},
	"a list": [statement],
}) == set()

test_odd_effects if sound({
	"none": without(["Effect"]),
	"lower case": changed({"Effect": "allow"}),
	"another": changed({"Effect": "Audit"}),
	"null": changed({"Effect": null}),
}) == set()

test_elements_that_are_missing_or_there_twice if sound({
	"no principal": without(["Principal"]),
	"no action": without(["Action"]),
	"no resource": without(["Resource"]),
	"two principals": changed({"NotPrincipal": {"AWS": ["*"]}}),
	"two actions": changed({"NotAction": ["kms:*"]}),
	"two resources": changed({"NotResource": ["*"]}),
}) == set()

test_elements_that_are_no_lists_of_texts if {
	principals := ["*", ["*"], [["*"]], null, {"AWS": "*"}, {"AWS": [7]}, {"AWS": null}, {"AWS": ["*"], "Service": [{}]}]
	lists := ["*", [], [7], ["*", null], {}, null, {"a": "*"}]
	odd := {"Principal": principals, "Action": lists, "Resource": lists}
	sound({[element, negated, value]: one |
		some element, values in odd
		some negated in ["", "Not"]
		some value in values
		one := object.union(without([element]), {concat("", [negated, element]): value})
	}) == set()
}

test_odd_conditions if sound({
	"a text": changed({"Condition": "aws:PrincipalOrgID"}),
	"a list": changed({"Condition": [{}]}),
	"null": changed({"Condition": null}),
	"an operator without keys": changed({"Condition": {"Bool": null}}),
	"a value that is no list": changed({"Condition": {"Bool": {"kms:GrantIsForAWSResource": "true"}}}),
	"a value that is no text": changed({"Condition": {"Bool": {"kms:GrantIsForAWSResource": [true]}}}),
	"no values": changed({"Condition": {"Bool": {"kms:GrantIsForAWSResource": []}}}),
	"no values of a second key": changed({"Condition": {"Null": {"aws:PrincipalOrgID": ["true"], "kms:CallerAccount": []}}}),
}) == set()
