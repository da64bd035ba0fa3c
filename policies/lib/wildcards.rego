# METADATA
# title: Wildcards as IAM understands them
# description: >-
#   In actions, resources and the patterns of StringLike, * stands for any text, the empty one included, and ? for one
#   character. Nothing else is special: dots, brackets and backslashes stand for themselves.
# scope: package
package amiscan.lib.wildcards

# matches holds when the whole text fits the pattern.
matches(pattern, text) if pattern == text

matches(pattern, text) if {
	has_wildcard(pattern)
	regex.match(sprintf("(?s)^%s$", [strings.replace_n(meanings, pattern)]), text)
}

# arn_matches holds when an ARN fits the pattern part by part, as ArnLike compares: a wildcard in one of the first five
# parts does not reach over a colon.
arn_matches(pattern, arn) if {
	wanted := split(pattern, ":")
	parts := split(arn, ":")
	count(wanted) >= 6
	count(parts) >= 6
	every i in [0, 1, 2, 3, 4] {
		matches(wanted[i], parts[i])
	}
	matches(rest(wanted), rest(parts))
}

# literal_start is what stands before the first wildcard.
literal_start(pattern) := regex.split(`[*?]`, pattern)[0]

has_wildcard(pattern) if regex.match(`[*?]`, pattern)

rest(parts) := concat(":", array.slice(parts, 5, count(parts)))

# meanings turns a pattern into a regular expression.
meanings := {
	"*": ".*",
	"?": ".",
	"\\": `\\`,
	".": `\.`,
	"+": `\+`,
	"(": `\(`,
	")": `\)`,
	"[": `\[`,
	"]": `\]`,
	"{": `\{`,
	"}": `\}`,
	"^": `\^`,
	"$": `\$`,
	"|": `\|`,
}
