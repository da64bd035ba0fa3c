package amiscan.builder.distribution_no_cmk_test

import data.amiscan.builder.distribution_no_cmk as policy
import data.amiscan.testing.fixtures

arn := "arn:aws:imagebuilder:eu-west-1:111122223333:distribution-configuration/web"

configuration(distributions) := fixtures.document("distribution_configuration", arn, arn, {"distribution_configuration": {
	"Arn": arn,
	"Distributions": distributions,
	"Name": "web",
	"TimeoutMinutes": 720,
}})

with_key := {
	"Region": "eu-west-1",
	"AmiDistributionConfiguration": {"Name": "web-{{ imagebuilder:buildDate }}", "KmsKeyId": fixtures.key.Arn},
}

without_key := {"Region": "us-east-1", "AmiDistributionConfiguration": {"Name": "web-{{ imagebuilder:buildDate }}"}}

test_fail_region_without_a_key if {
	policy.violation == {{
		"msg": "images distributed to us-east-1 are encrypted under no customer managed key",
		"subject": "us-east-1",
		"evidence": {"Region": "us-east-1"},
	}} with input as configuration([with_key, without_key])
}

test_fail_empty_key if {
	empty := {"Region": "us-east-1", "AmiDistributionConfiguration": {"KmsKeyId": ""}}
	count(policy.violation) == 1 with input as configuration([empty])
}

test_pass_every_region_has_a_key if {
	policy.violation == set() with input as configuration([with_key])
}

test_near_container_distribution if {
	container := {"Region": "eu-west-1", "ContainerDistributionConfiguration": {"Description": "web"}}
	policy.violation == set() with input as configuration([container])
}
