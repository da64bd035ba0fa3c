package amiscan.launch.lt_ami_not_available_test

import data.amiscan.launch.lt_ami_not_available as policy
import data.amiscan.testing.boot

test_fail_with_its_reason if {
	reason := {"Code": "Client.InternalError", "Message": "the key of a snapshot can't be used"}
	document := boot.document({"image": {"State": "failed", "StateReason": reason}})
	policy.violation == {{
		"msg": concat(" ", [
			"version 3 of launch template web: image ami-0a1b2c3d4e5f60718 is in the state failed",
			"(the key of a snapshot can't be used): the launch fails",
		]),
		"subject": "3",
		"evidence": {"ImageId": "ami-0a1b2c3d4e5f60718", "State": "failed", "StateReason": reason},
	}} with input as document
	policy.undecided == set() with input as document
}

test_fail_without_a_reason if {
	every state in ["failed", "error", "invalid"] {
		policy.violation == {{
			"msg": sprintf(
				"version 3 of launch template web: image ami-0a1b2c3d4e5f60718 is in the state %s: the launch fails",
				[state],
			),
			"subject": "3",
			"evidence": {"ImageId": "ami-0a1b2c3d4e5f60718", "State": state},
		}} with input as boot.document({"image": {"State": state}})
	}
}

test_pass_available if {
	every document in [boot.document({}), boot.document({"cut": ["State"]})] {
		policy.violation == set() with input as document
		policy.undecided == set() with input as document
	}
}

test_near_states_of_other_policies if {
	every state in ["disabled", "deregistered"] {
		document := boot.document({"image": {"State": state}})
		policy.violation == set() with input as document
		policy.undecided == set() with input as document
	}
}

test_undecided_pending if {
	document := boot.document({"image": {"State": "pending"}})
	policy.violation == set() with input as document
	policy.undecided == {{
		"msg": concat(" ", [
			"version 3 of launch template web: image ami-0a1b2c3d4e5f60718 is still pending; judge it after:",
			"aws ec2 wait image-available --image-ids ami-0a1b2c3d4e5f60718",
		]),
		"subject": "3",
	}} with input as document
}

test_undecided_transient_or_new if {
	every state in ["transient", "thawing"] {
		document := boot.document({"image": {"State": state}})
		policy.violation == set() with input as document
		policy.undecided == {{
			"msg": sprintf(
				"version 3 of launch template web: image ami-0a1b2c3d4e5f60718 is in the state %s: it may become available",
				[state],
			),
			"subject": "3",
		}} with input as document
	}
}

test_near_image_that_no_launch_names if {
	every state in ["failed", "pending", "transient"] {
		document := boot.document({"image": {"State": state, "ImageId": "ami-00000000000000bad"}})
		policy.violation == set() with input as document
		policy.undecided == set() with input as document
	}
}
