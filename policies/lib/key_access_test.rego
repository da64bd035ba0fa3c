package amiscan.lib.key_access_test

import data.amiscan.lib.certainty
import data.amiscan.lib.key_access
import data.amiscan.lib.key_conditions
import data.amiscan.lib.key_statements
import data.amiscan.lib.launch_principals
import data.amiscan.lib.volumes
import data.amiscan.testing.key_access as tables

# verdict is what the library says of a row, in the words of the row's table.
verdict(row) := volume(row.given) if row.table == "A"

verdict(row) := judged(row.given).access if {
	row.table in {"B", "C", "F", "G"}
	row.given.use
}

verdict(row) := key_access.grantable(given.key, given.policy, given.principal, given.grantee) if {
	given := row.given
	given.grantee
	row.table == "F"
}

verdict(row) := certainty.pick(["allow", "delegate", "unknown"], words, "no") if {
	row.table == "D"
	request := {"principal": row.given.principal, "action": "kms:Decrypt", "by": "ec2"}
	some statement in key_statements.met(tables.policy([row.given.statement]), request.principal, tables.owner)
	words := {key_statements.gives(statement, request, tables.key.Arn)}
}

verdict(row) := key_conditions.hold({"Condition": row.given.condition}, row.given) if row.table == "E"

verdict(row) := concat("; ", sort([sprintf("%s, %s", [who(one.principal), one.missing]) |
	some one in launch_principals.needed(row.given)
])) if {
	row.table == "H"
}

judged(given) := key_access.judge(given.key, given.policy, given.grants, given.principal, given.use)

who(principal) := sprintf("account %s", [principal.account]) if principal.type == "account"

who(principal) := name if {
	parts := split(principal.arn, "/")
	name := object.get({"role": sprintf("role %s", [parts[1]])}, principal.type, parts[count(parts) - 1])
}

who(principal) := "service_role not known" if {
	principal.type == "service_role"
	not principal.arn
}

volume(given) := sprintf("%s%s", [source(made), destination(made, given)]) if {
	[made] := volumes.made(given)
}

source(made) := "" if made.destination == "refused"

source(made) := "no source key; " if {
	made.destination != "refused"
	made.source_key == null
}

source(made) := "source key; " if {
	made.destination != "refused"
	made.source_key == tables.snapshot_key
}

destination(made, _) := "launch refused" if made.destination == "refused"

destination(made, _) := "volume in the clear" if made.destination == "clear"

destination(made, given) := sprintf("volume under the %s key", [name]) if {
	names := {tables.snapshot_key: "source", given.default_key: "default", tables.named_key: "named"}
	name := names[made.destination.key]
}

said(row) := array.concat([word | word := verdict(row)], ["no verdict"])[0]

# wrong are the rows of a table with another verdict than they want.
wrong(table) := {complaint |
	some row in tables.rows
	row.table == table
	said(row) != row.want
	complaint := {"row": row.row, "want": row.want, "got": said(row)}
}

all_right(table) if {
	print(table, wrong(table))
	wrong(table) == set()
}

test_rows_a if all_right("A")

test_rows_b if all_right("B")

test_rows_c if all_right("C")

test_rows_d if all_right("D")

test_rows_e if all_right("E")

test_rows_f if all_right("F")

test_rows_g if all_right("G")

test_rows_h if all_right("H")
