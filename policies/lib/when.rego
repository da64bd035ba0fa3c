# METADATA
# title: Judging what depends on the day
# description: >-
#   A member of a policy's `due` is an object with msg, from and, where they apply, subject, evidence and until; from
#   and until are RFC 3339 times. Nothing here reads a clock: the day of judgement is handed in. An unreadable time
#   raises a built-in error, which is neither fail nor pass.
# scope: package
package amiscan.lib.when

# come holds for a member of `due` whose time has come: from <= now, and now < until where there is an until. A policy
# must ask it for each member, never for the whole set: so the engine's partial evaluation can drop a member that is not
# due although other parts of it are unknown.
come(member, now) if {
	reached(member.from, now)
	not over(member, now)
}

# over is a rule of its own because `not` around a call is undefined, not true, where an argument is undefined.
over(member, now) if reached(member.until, now)

# reached holds when the first time is not after the second.
reached(time_text, now) if time.parse_rfc3339_ns(time_text) <= time.parse_rfc3339_ns(now)

# shown is the part of a member of `due` that a violation shows.
shown(member) := object.filter(member, {"msg", "subject", "evidence"})

# after_days is the time so many days after the given one, in UTC and whole seconds.
after_days(time_text, days) := time.format([later, "UTC", "2006-01-02T15:04:05Z07:00"]) if {
	later := time.add_date(time.parse_rfc3339_ns(time_text), 0, 0, days)
}

# latest is the last of the given times, in UTC and whole seconds.
latest(times) := time.format([max(moments), "UTC", "2006-01-02T15:04:05Z07:00"]) if {
	moments := [time.parse_rfc3339_ns(text) | some text in times]
}
