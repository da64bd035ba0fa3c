# METADATA
# title: Statements of a key policy that can be read
# description: >-
#   KMS keeps statements with an effect, Principal or NotPrincipal, Action or NotAction, Resource or NotResource and, if
#   they have one, a Condition; here each of these holds lists of texts. Anything else is not judged.
# scope: package
package amiscan.lib.key_sound

is_sound(statement) if {
	statement.Effect in {"Allow", "Deny"}
	has_one(statement, ["Principal", "NotPrincipal"])
	has_one(statement, ["Action", "NotAction"])
	has_one(statement, ["Resource", "NotResource"])
	every element in ["Principal", "NotPrincipal"] {
		is_map_of_texts(object.get(statement, element, {}))
	}
	every element in ["Action", "NotAction", "Resource", "NotResource"] {
		are_texts(object.get(statement, element, ["none"]))
		count(object.get(statement, element, ["none"])) > 0
	}
	has_sound_conditions(object.get(statement, "Condition", {}))
}

has_one(statement, elements) if count([element | some element in elements; element in object.keys(statement)]) == 1

has_sound_conditions(conditions) if {
	is_object(conditions)
	every _, keys in conditions {
		is_map_of_texts(keys)
		not [] in keys
	}
}

is_map_of_texts(map) if {
	is_object(map)
	every _, list in map {
		are_texts(list)
	}
}

are_texts(list) if {
	is_array(list)
	every text in list {
		is_string(text)
	}
}
