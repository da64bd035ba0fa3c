package amiscan.account.serial_console_on_test

import data.amiscan.account.serial_console_on as policy
import data.amiscan.testing.fixtures

setting(fields) := fixtures.settings({"serial_console_access": fields})

undecided := {{"msg": "EC2 does not say whether access to the serial console is on"}}

test_fail_on if {
	on := {"SerialConsoleAccessEnabled": true, "ManagedBy": "account"}
	policy.violation == {{
		"msg": "access to the serial console is on: instances can be reached past their security groups",
		"evidence": on,
	}} with input as setting(on)
	policy.undecided == set() with input as setting(on)
}

test_pass_off if {
	document := setting({"SerialConsoleAccessEnabled": false, "ManagedBy": "account"})
	policy.violation == set() with input as document
	policy.undecided == set() with input as document
}

test_near_off_and_nobody_said_to_manage_it if {
	document := setting({"SerialConsoleAccessEnabled": false})
	policy.violation == set() with input as document
	policy.undecided == set() with input as document
}

test_undecided_without_the_setting if {
	policy.violation == set() with input as setting({"ManagedBy": "account"})
	policy.undecided == undecided with input as setting({"ManagedBy": "account"})
	policy.undecided == undecided with input as fixtures.not_found(setting({}), "serial_console_access")
}
