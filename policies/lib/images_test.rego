package amiscan.lib.images_test

import data.amiscan.lib.images

states := {"pending", "available", "invalid", "deregistered", "transient", "failed", "error", "disabled"}

test_available_is_one_state if {state | some state in states; images.available({"State": state})} == {"available"}

test_available_without_a_state if images.available({"ImageId": "ami-00000001"})

test_pending_is_one_state if {state | some state in states; images.pending({"State": state})} == {"pending"}

test_upcoming_are_two_states if {
	{state | some state in states; images.upcoming({"State": state})} == {"available", "pending"}
}

test_upcoming_without_a_state if images.upcoming({"ImageId": "ami-00000001"})

test_not_ready_shows_how_to_wait if {
	images.not_ready({"ImageId": "ami-00000001"}) == concat(" ", [
		"image ami-00000001 is still pending; judge it after:",
		"aws ec2 wait image-available --image-ids ami-00000001",
	])
}

test_listed if images.listed([{"ImageId": "ami-00000001"}, {"ImageId": "ami-00000002"}], "ami-00000002")

test_listed_whatever_the_state_but_deregistered if {
	found := {state | some state in states; images.listed([{"ImageId": "ami-1", "State": state}], "ami-1")}
	found == states - {"deregistered"}
}

test_not_listed if not images.listed([{"ImageId": "ami-00000001"}], "ami-00000002")

test_unresolved_names_all_three_causes if {
	every cause in ["deregistered", "not shared with this account", "Allowed AMIs"] {
		contains(images.unresolved, cause)
	}
}
