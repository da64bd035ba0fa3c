# METADATA
# title: Whether a statement of a key policy is about the key
# description: >-
#   In a key policy * means the key itself; a statement that names another resource has no effect. A policy variable (${…})
#   stands for what the request brings: whether that is the key is not certain.
# scope: package
package amiscan.lib.key_resources

import data.amiscan.lib.certainty
import data.amiscan.lib.wildcards

# about is whether a statement's Resource, or what its NotResource leaves, has the ARN of the key.
about(statement, arn) := certainty.any_of(named | left) if {
	named := {fits(resources, arn) | resources := statement.Resource}
	left := {certainty.negated(fits(resources, arn)) | resources := statement.NotResource}
}

fits(resources, arn) := certainty.any_of({fit(resource, arn) | some resource in resources})

fit(resource, arn) := certainty.pick(["unknown", "true"], words, "false") if {
	words := {"unknown" | contains(resource, "${")} | {"true" | wildcards.matches(resource, arn)}
}
