# METADATA
# title: What was found in user data
# scope: package
package amiscan.lib.user_data

# finding says of what, by whom and where a secret was found.
finding(owner, secret) := {
	"msg": sprintf(
		"the user data of %s holds what looks like a secret: %s",
		[owner, place(secret)],
	),
	"evidence": object.filter(secret, {"Rule", "Description", "Part", "Line"}),
}

# place tells the secrets of one text apart.
place(secret) := sprintf("%s, line %d%s", [secret.Rule, secret.Line, part]) if {
	part := concat("", [sprintf(" of part %s", [name]) | name := secret.Part; name != ""])
}

# unread says that user data was not searched in full; undefined where it was.
unread(owner, found) := sprintf("the user data of %s could not be searched in full: %s", [owner, found.Unread]) if {
	found.Unread != ""
}
