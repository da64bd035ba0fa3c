package amiscan.lib.tags_test

import data.amiscan.lib.tags

test_marked_by_one_of_the_keys if {
	tags.marked({"Tags": [{"Key": "Name", "Value": "web"}, {"Key": "clear", "Value": ""}]}, ["public", "clear"])
}

test_not_marked_by_another_key_or_a_value if {
	every resource in [{}, {"Tags": []}, {"Tags": [{"Key": "Name", "Value": "clear"}]}, {"Tags": [{"Key": "Clear", "Value": "yes"}]}] {
		not tags.marked(resource, ["clear"])
	}
}

test_not_marked_where_no_key_counts if {
	not tags.marked({"Tags": [{"Key": "clear", "Value": "yes"}]}, [])
}
