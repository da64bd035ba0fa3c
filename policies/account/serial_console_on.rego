# METADATA
# title: Access to the EC2 serial console is on
# description: >-
#   Judges the setting of the account in this Region. With it, whoever holds the IAM permissions reaches instances through
#   their serial port, past security groups and without a network. IAM and service control policies are not judged.
# scope: package
# schemas:
#   - input: schema.settings
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configure-access-to-serial-console.html
# custom:
#   severity: medium
#   resource: settings
#   remediation: |-
#     Unless it is needed for a repair, switch it off:
#     aws ec2 disable-serial-console-access
#     Where a declarative policy manages the setting, change the policy in the organization instead.
#   controls: []
package amiscan.account.serial_console_on

violation contains {"msg": msg, "evidence": input.serial_console_access} if {
	input.serial_console_access.SerialConsoleAccessEnabled
	msg := "access to the serial console is on: instances can be reached past their security groups"
}

undecided contains {"msg": "EC2 does not say whether access to the serial console is on"} if not told

told if is_boolean(input.serial_console_access.SerialConsoleAccessEnabled)
