# METADATA
# title: Images named through SSM parameters
# description: >-
#   A launch template may hold resolve:ssm:PARAMETER instead of an image id, where PARAMETER is a name or an ARN,
#   followed by nothing (the newest version), :VERSION or :LABEL (ResponseLaunchTemplateData.ImageId).
# scope: package
package amiscan.lib.ssm

# is_reference holds for an image id that stands for a parameter.
is_reference(image_id) if startswith(image_id, "resolve:ssm:")

# parameter is the name or ARN that a reference means, and its selector: "", a version or a label.
parameter(reference) := {"name": found[0][1], "selector": found[0][2]} if {
	pattern := `^resolve:ssm:((?:arn:[^:]+:ssm:[^:]*:[^:]*:)?[^:]+)(?::([^:]+))?$`
	found := regex.find_all_string_submatch_n(pattern, reference, 1)
}

# answers are the parameters of the list that a reference means: none when there is no such parameter.
answers(parameters, reference) := {candidate |
	wanted := parameter(reference)
	some candidate in parameters
	wanted.name in [object.get(candidate, "Name", ""), object.get(candidate, "ARN", "")]
	selected(candidate, wanted.selector)
}

# answered holds when the list has a parameter that the reference means.
answered(parameters, reference) if count(answers(parameters, reference)) > 0

# selected holds when a parameter was read with the selector. GetParameters gives it back as ":VERSION" or ":LABEL";
# where that is missing, a version is told by its number and a label by nothing.
selected(candidate, "") if object.get(candidate, "Selector", "") == ""

selected(candidate, selector) if candidate.Selector == sprintf(":%s", [selector])

selected(candidate, selector) if {
	not candidate.Selector
	selector == format_int(candidate.Version, 10)
}

selected(candidate, selector) if {
	not candidate.Selector

	# A label cannot begin with a digit (LabelParameterVersion).
	regex.match(`^[^0-9]`, selector)
}

# holds_image_id holds for a parameter whose value is an image id. What else it holds is nobody's business.
holds_image_id(candidate) if regex.match(`^ami-[0-9a-f]{8}(?:[0-9a-f]{9})?$`, candidate.Value)
