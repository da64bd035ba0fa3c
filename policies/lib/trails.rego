# METADATA
# title: Which events a trail records
# description: >-
#   A trail has event selectors or advanced ones (GetEventSelectors). Both may leave out management events, or those that
#   change something. Fields of advanced selectors beyond the category and readOnly may leave out more: that is "unknown".
# scope: package
package amiscan.lib.trails

import data.amiscan.lib.certainty

# records_changes is whether management events that change something are recorded: "true", "false" or "unknown".
records_changes(selectors) := certainty.any_of(basic | advanced) if {
	basic := {"true" | some selector in selectors.EventSelectors; takes_changes(selector)}
	advanced := {word | some selector in selectors.AdvancedEventSelectors; word := advanced_word(selector)}
}

takes_changes(selector) if {
	object.get(selector, "IncludeManagementEvents", true)
	object.get(selector, "ReadWriteType", "All") in {"All", "WriteOnly"}
}

advanced_word(selector) := certainty.all_of({field_word(field) | some field in selector.FieldSelectors}) if {
	some field in selector.FieldSelectors
	field.Field == "eventCategory"
	"Management" in field.Equals
}

# field_word is what a field leaves of EC2's changes.
field_word(field) := certainty.pick(["true", "false"], words, "unknown") if {
	words := {word | some word in ["true", "false"]; leaves(word, field)}
}

leaves("true", field) if field.Field == "eventCategory"

leaves("true", field) if {
	field.Field == "readOnly"
	field.Equals == ["false"]
}

leaves("false", field) if {
	field.Field == "readOnly"
	field.Equals == ["true"]
}

# Without Equals it names sources that are left out: usually KMS and the RDS Data API, which are busy.
leaves("true", field) if {
	field.Field == "eventSource"
	object.keys(field) == {"Field", "NotEquals"}
	not "ec2.amazonaws.com" in field.NotEquals
}
