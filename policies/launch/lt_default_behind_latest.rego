# METADATA
# title: Default version of a launch template is behind its latest
# description: >-
#   Judges whether the version that launches take by default is older than the newest one. Whoever rolls out by hand
#   changes only one of the two easily, and groups that name $Default go on launching the old one. Templates that a
#   service made and manages are left to it; those whose default or latest version bears the marks of EC2 (Operator) or of
#   a service-linked role (CreatedBy) count as such. Which version a group names is not judged.
# scope: package
# schemas:
#   - input: schema.launch_template
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/manage-launch-template-versions.html
# custom:
#   severity: low
#   resource: launch_template
#   remediation: |-
#     If the latest version is what new instances should run, make it the default:
#     aws ec2 modify-launch-template --launch-template-id TEMPLATE_ID --default-version LATEST_VERSION
#     If it was a mistake or a trial, delete it:
#     aws ec2 delete-launch-template-versions --launch-template-id TEMPLATE_ID --versions LATEST_VERSION
#   controls: []
package amiscan.launch.lt_default_behind_latest

applies if not managed

managed if {
	some version in input.template_versions
	version.Operator.Managed
}

managed if {
	some version in input.template_versions
	contains(version.CreatedBy, "/AWSServiceRoleFor")
}

violation contains {"msg": msg, "evidence": {"DefaultVersionNumber": current, "LatestVersionNumber": latest}} if {
	some version in input.template_versions
	version.DefaultVersion
	current := version.VersionNumber
	latest := max([other.VersionNumber | some other in input.template_versions])
	current < latest
	msg := sprintf("version %d is the default, version %d the latest: launches by default miss what is newer", [current, latest])
}

undecided contains {"msg": "the template's default version is not among the versions that were seen"} if not has_default

has_default if {
	some version in input.template_versions
	version.DefaultVersion
}
