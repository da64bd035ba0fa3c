# METADATA
# title: No trail records who changes AMIs
# description: >-
#   Judges whether one of the CloudTrail trails that cover this Region, of whatever Region or organization, is logging here
#   and records management events that change something. Without one, nothing tells after 90 days who made, shared or
#   deregistered an AMI. Event data stores of CloudTrail Lake are not seen, nor what becomes of the logs in their bucket.
# scope: package
# schemas:
#   - input: schema.settings
# related_resources:
#   - ref: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-concepts.html
#   - ref: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-management-events-with-cloudtrail.html
# custom:
#   severity: medium
#   resource: settings
#   remediation: |-
#     Make one trail for all Regions, from the management account for the whole organization (--is-organization-trail):
#     aws cloudtrail create-trail --name NAME --s3-bucket-name BUCKET --is-multi-region-trail
#     aws cloudtrail start-logging --name NAME
#     Where a trail is there, see that it is logging and which events it records:
#     aws cloudtrail get-trail-status --name TRAIL_ARN
#     aws cloudtrail get-event-selectors --trail-name TRAIL_ARN
#   controls: []
package amiscan.account.trail_missing

import data.amiscan.lib.certainty
import data.amiscan.lib.trails

violation contains {"msg": msg, "evidence": {"TrailARNs": []}} if {
	count(input.trails) == 0
	msg := "no trail covers this Region: nothing tells after 90 days who changed or shared an AMI"
}

violation contains {"msg": msg, "evidence": {"TrailARNs": [trail.TrailARN | some trail in input.trails]}} if {
	count(input.trails) > 0
	recorded == "false"
	msg := "no trail records changes in this Region: nothing tells after 90 days who changed or shared an AMI"
}

undecided contains {"msg": "whether a trail records changes to AMIs can't be told from its event selectors"} if {
	recorded == "unknown"
}

recorded := certainty.any_of({word |
	some trail in input.trails
	word := certainty.all_of({logging(trail.TrailARN), recording(trail.TrailARN)})
})

logging(arn) := certainty.pick(["true", "false"], words, "unknown") if {
	words := {sprintf("%v", [entry.Status.IsLogging]) | some entry in input.trail_statuses; entry.TrailARN == arn}
}

recording(arn) := certainty.pick(["true", "false"], words, "unknown") if {
	words := {trails.records_changes(entry.Selectors) | some entry in input.trail_event_selectors; entry.TrailARN == arn}
}
