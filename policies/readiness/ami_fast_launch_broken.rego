# METADATA
# title: Windows fast launch of the AMI has failed
# description: >-
#   Judges images for which fast launch is set up: enabling-failed and disabling-failed mean that the change did not
#   happen, enabled-failed that it is on and no longer prepares snapshots, so launches are slow again once the prepared
#   ones are used up. enabling and disabling are on their way and pass. Images without fast launch are not applicable.
#   Whether its launch template still exists is not looked at; its absence shows in these states.
# scope: package
# schemas:
#   - input: schema.ami
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/win-ami-config-fast-launch.html
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeFastLaunchImagesSuccessItem.html
# custom:
#   severity: low
#   resource: ami
#   remediation: |-
#     Look at the reason, mend what it names (launch template, subnet, quota, key) and switch fast launch off and on:
#     aws ec2 describe-fast-launch-images --image-ids IMAGE_ID
#     aws ec2 disable-fast-launch --image-id IMAGE_ID --force
#     aws ec2 enable-fast-launch --image-id IMAGE_ID
#   controls: []
package amiscan.readiness.ami_fast_launch_broken

applies if is_object(input.fast_launch)

violation contains {"msg": msg, "evidence": evidence} if {
	state := input.fast_launch.State
	state in {"enabling-failed", "enabled-failed", "disabling-failed"}
	reason := object.get(input.fast_launch, "StateTransitionReason", "EC2 gives no reason")
	msg := sprintf("fast launch is in the state %s: %s", [state, reason])
	evidence := object.filter(input.fast_launch, {"State", "StateTransitionTime", "LaunchTemplate"})
}

undecided contains {"msg": sprintf("fast launch is in a state that is not known here: %v", [state])} if {
	state := object.get(input.fast_launch, "State", "none")
	not state in known
}

known := {"enabling", "enabling-failed", "enabled", "enabled-failed", "disabling", "disabling-failed"}
