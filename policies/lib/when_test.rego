package amiscan.lib.when_test

import data.amiscan.lib.when

now := "2026-11-22T12:00:00Z"

test_come_when_from_has_passed if when.come({"msg": "m", "from": "2026-11-22T11:59:59.999Z"}, now)

test_come_on_the_very_moment if when.come({"msg": "m", "from": now}, now)

test_come_compares_moments_not_texts if when.come({"msg": "m", "from": "2026-11-22T13:00:00+02:00"}, now)

test_not_come_before_from if not when.come({"msg": "m", "from": "2026-11-22T12:00:01Z"}, now)

test_come_until_the_end if {
	when.come({"msg": "m", "from": "2026-01-01T00:00:00Z", "until": "2026-11-22T12:00:01Z"}, now)
}

test_not_come_from_the_end_on if not when.come({"msg": "m", "from": "2026-01-01T00:00:00Z", "until": now}, now)

test_not_come_when_the_end_is_before_the_start if {
	not when.come({"msg": "m", "from": "2026-02-01T00:00:00Z", "until": "2026-01-01T00:00:00Z"}, now)
}

test_unreadable_end_does_not_hide_a_violation if {
	when.come({"msg": "m", "from": "2026-01-01T00:00:00Z", "until": "next year"}, now)
}

test_shown_leaves_times_out if {
	member := {"msg": "m", "subject": "s", "evidence": {"a": 1}, "from": now, "until": now}
	when.shown(member) == {"msg": "m", "subject": "s", "evidence": {"a": 1}}
}

test_after_days_counts_calendar_days if when.after_days("2026-10-01T08:30:00.000Z", 90) == "2026-12-30T08:30:00Z"

test_after_days_over_a_leap_day if when.after_days("2028-02-28T00:00:00Z", 2) == "2028-03-01T00:00:00Z"

test_after_days_turns_offsets_into_utc if when.after_days("2026-10-01T01:00:00+02:00", 1) == "2026-10-01T23:00:00Z"

test_latest if {
	when.latest(["2026-10-01T08:30:00.500Z", "2026-11-01T01:00:00+02:00", "2025-12-31T23:59:59Z"]) == "2026-10-31T23:00:00Z"
	when.latest(["2026-10-01T08:30:00.000Z"]) == "2026-10-01T08:30:00Z"
}
