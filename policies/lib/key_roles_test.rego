package amiscan.lib.key_roles_test

import data.amiscan.lib.key_roles
import data.amiscan.testing.key_access as tables

own := tables.recipient

launcher := tables.role(own)

session := tables.session(own)

service := tables.service_role(own)

iam(path) := sprintf("arn:aws:iam::%s:%s", [own, path])

sts(path) := sprintf("arn:aws:sts::%s:%s", [own, path])

named(entries, principal) := [entry | some entry in entries; key_roles.names(entry, principal)]

test_role_is_named_by_its_own_arn_only if {
	named([tables.role_arn(own), tables.role_arn(tables.owner), tables.session_arn(own), own, "*"], launcher) == [tables.role_arn(own)]
	named([iam("role/build/launcher"), iam("role/Launcher"), iam("user/launcher"), iam("root")], launcher) == []
}

test_session_is_named_by_itself_and_its_role if {
	role_with_path := iam("role/build/launcher")
	named([tables.session_arn(own), tables.role_arn(own), role_with_path], session) == [
		tables.session_arn(own),
		tables.role_arn(own),
		role_with_path,
	]
	near := [sts("assumed-role/launcher/other"), tables.role_arn(tables.owner), iam("user/launcher"), iam("role/launch"), own, "*"]
	named(near, session) == []
}

test_service_linked_role_is_named_with_or_without_its_service if {
	short := iam("role/aws-service-role/AWSServiceRoleForAutoScaling")
	named([tables.service_role_arn(own), short], service) == [tables.service_role_arn(own), short]
	near := [
		tables.service_role_arn(tables.owner),
		sprintf("%s_golden", [tables.service_role_arn(own)]),
		iam("role/aws-service-role/spot.amazonaws.com/AWSServiceRoleForEC2Spot"),
		iam("role/AWSServiceRoleForAutoScaling"),
		iam("root"),
	]
	named(near, service) == []
	named([short], object.union(service, {"type": "role"})) == []
}

test_role_without_an_arn_is_named_by_nothing if {
	named([tables.role_arn(own), tables.service_role_arn(own), own, "*"], object.remove(service, ["arn"])) == []
}

test_sessions_of_a_role if {
	key_roles.is_session_of(tables.session_arn(own), launcher)
	key_roles.is_session_of(tables.service_role_session(own), service)
	every entry in [tables.session_arn(tables.owner), tables.service_role_session(own), iam("role/build/launcher"), own] {
		not key_roles.is_session_of(entry, launcher)
	}
	every entry in [tables.session_arn(own), sts("assumed-role/launcher/other")] {
		not key_roles.is_session_of(entry, session)
	}
}

test_role_is_the_last_part_of_the_path if {
	every arn in [iam("role/a"), iam("user/a"), iam("role/x/y/a"), sts("assumed-role/a/x"), sts("assumed-role/a/x/y")] {
		key_roles.role(arn) == "a"
	}
	every arn in [own, "*", iam("root"), iam("role/"), sts("federated-user/a")] {
		key_roles.role(arn) == ""
	}
}
