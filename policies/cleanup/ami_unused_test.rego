package amiscan.cleanup.ami_unused_test

import data.amiscan.cleanup.ami_unused as policy
import data.amiscan.testing.fixtures

params := {"unused_days": 90}

old := object.union(fixtures.image, {
	"CreationDate": "2026-05-01T08:30:00.000Z",
	"LastLaunchedTime": "2026-06-01T00:00:00Z",
})

nothing := {
	"references": [],
	"references_elsewhere": [],
	"instances": [],
	"instances_elsewhere": [],
	"image_parameters": [],
	"image_parameters_elsewhere": [],
	"image_references": [],
	"usage_report_entries": [],
}

# unused is an old image that nothing refers to, with these facts over that.
unused(facts) := fixtures.ami(object.union(object.remove(whole, object.keys(facts)), facts))

whole := object.union(nothing, {"image": old})

finding(image, last) := {
	"msg": sprintf("nothing that AWS shows refers to this image, created or last launched on %s", [last]),
	"evidence": object.filter(image, {"CreationDate", "LastLaunchedTime"}),
}

test_fail_nothing_refers_to_it if {
	policy.violation == {finding(old, "2026-06-01T00:00:00Z")} with input as unused({}) with data.params as params
	policy.undecided == set() with input as unused({}) with data.params as params
}

test_fail_never_launched if {
	image := object.remove(old, ["LastLaunchedTime"])
	want := {finding(image, "2026-05-01T08:30:00Z")}
	policy.violation == want with input as unused({"image": image}) with data.params as params
}

test_fail_report_that_counts_none if {
	entries := [{"AccountId": "444455556666", "ResourceType": "ec2:Instance", "UsageCount": 0}]
	document := unused({"usage_report_entries": entries})
	policy.violation == {finding(old, "2026-06-01T00:00:00Z")} with input as document with data.params as params
}

test_due_says_from_when if {
	members := policy.due with input as unused({}) with data.params as params
	{member.from | some member in members} == {"2026-08-30T00:00:00Z"}
}

template := object.union(fixtures.reference, {"edge": "default", "subject": "3"})

uses := {
	"references": template,
	"references_elsewhere": object.union(template, {"account": "444455556666"}),
	"instances": {"InstanceId": "i-1"},
	"instances_elsewhere": {"account": "444455556666", "InstanceId": "i-1", "State": {"Name": "stopped"}},
	"image_parameters": fixtures.parameter,
	"image_parameters_elsewhere": {"account": "444455556666", "Name": "/golden/web"},
	"image_references": {"ImageId": fixtures.image.ImageId, "ResourceType": "imagebuilder:ImageRecipe"},
	"usage_report_entries": {"AccountId": "444455556666", "ResourceType": "ec2:Instance", "UsageCount": 1},
}

test_pass_whatever_uses_it if {
	every fact, use in uses {
		policy.due == set() with input as unused({fact: [use]}) with data.params as params
	}
}

test_pass_used_by_all if {
	document := unused({fact: [use] | some fact, use in uses})
	policy.violation == set() with input as document with data.params as params
}

test_pass_launched_of_late if {
	image := object.union(old, {"LastLaunchedTime": "2026-11-01T00:00:00Z"})
	policy.violation == set() with input as unused({"image": image}) with data.params as params
}

test_near_one_second_too_young if {
	image := object.union(old, {"CreationDate": "2026-08-24T12:00:01.000Z"})
	policy.violation == set() with input as unused({"image": image}) with data.params as params
}

test_near_report_without_a_count if {
	document := unused({"usage_report_entries": [{"AccountId": "444455556666", "ResourceType": "ec2:Instance"}]})
	policy.violation == set() with input as document with data.params as params
}

test_near_fact_that_is_not_there if {
	every fact, _ in nothing {
		policy.violation == set() with input as fixtures.not_found(unused({}), fact) with data.params as params
	}
}

test_near_not_available_or_of_a_backup if {
	every fields in [{"State": "disabled"}, {"State": "failed"}, {"Name": "AwsBackup_i-1"}] {
		document := unused({"image": object.union(old, fields)})
		not policy.applies with input as document with data.params as params
		policy.violation == set() with input as document with data.params as params
	}
}

test_undecided_without_a_date if {
	document := unused({"image": object.remove(old, ["CreationDate"])})
	policy.violation == set() with input as document with data.params as params
	policy.undecided == {{"msg": "the image does not say when it was created"}} with input as document with data.params as params
}
