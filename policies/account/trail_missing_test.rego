package amiscan.account.trail_missing_test

import data.amiscan.account.trail_missing as policy
import data.amiscan.testing.fixtures

arn := "arn:aws:cloudtrail:us-east-1:111122223333:trail/all"

other_arn := "arn:aws:cloudtrail:eu-west-1:999999999999:trail/organization"

everything := {"EventSelectors": [{"IncludeManagementEvents": true, "ReadWriteType": "All"}]}

reads_only := {"EventSelectors": [{"IncludeManagementEvents": true, "ReadWriteType": "ReadOnly"}]}

unclear := {"AdvancedEventSelectors": [{"FieldSelectors": [
	{"Field": "eventCategory", "Equals": ["Management"]},
	{"Field": "eventName", "Equals": ["RunInstances"]},
]}]}

trail(name, is_logging, selectors) := {"arn": name, "status": {"IsLogging": is_logging}, "selectors": selectors}

covered(list) := fixtures.settings({
	"trails": [{"TrailARN": t.arn, "Trail": {"TrailARN": t.arn}} | some t in list],
	"trail_statuses": [{"TrailARN": t.arn, "Status": t.status} | some t in list],
	"trail_event_selectors": [{"TrailARN": t.arn, "Selectors": t.selectors} | some t in list],
})

finding(problem, arns) := {
	"msg": sprintf("%s: nothing tells after 90 days who changed or shared an AMI", [problem]),
	"evidence": {"TrailARNs": arns},
}

none_records(arns) := finding("no trail records changes in this Region", arns)

test_fail_no_trail if {
	policy.violation == {finding("no trail covers this Region", [])} with input as covered([])
	policy.undecided == set() with input as covered([])
}

test_fail_trail_is_not_logging if {
	policy.violation == {none_records([arn])} with input as covered([trail(arn, false, everything)])
	policy.undecided == set() with input as covered([trail(arn, false, everything)])
}

test_fail_trail_leaves_changes_out if {
	policy.violation == {none_records([arn])} with input as covered([trail(arn, true, reads_only)])
}

test_fail_each_lacks_something_else if {
	document := covered([trail(arn, true, reads_only), trail(other_arn, false, everything)])
	policy.violation == {none_records([arn, other_arn])} with input as document
	policy.undecided == set() with input as document
}

test_pass_one_trail_records if {
	document := covered([trail(arn, false, reads_only), trail(other_arn, true, everything)])
	policy.violation == set() with input as document
	policy.undecided == set() with input as document
}

test_near_another_is_not_certain if {
	document := covered([trail(arn, true, unclear), trail(other_arn, true, everything)])
	policy.violation == set() with input as document
	policy.undecided == set() with input as document
}

test_undecided_by_the_selectors if {
	document := covered([trail(arn, true, unclear), trail(other_arn, false, everything)])
	policy.violation == set() with input as document
	policy.undecided == {{
		"msg": "whether a trail records changes to AMIs can't be told from its event selectors",
	}} with input as document
}

test_undecided_trail_that_vanished_between_calls if {
	document := object.union(covered([trail(arn, true, everything)]), {"trail_statuses": []})
	policy.violation == set() with input as document
	count(policy.undecided) == 1 with input as document
}
