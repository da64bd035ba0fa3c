# METADATA
# title: Launch template versions
# description: >-
#   What a launch takes from a template when nobody names a version, or names an alias: $Default or $Latest.
# scope: package
package amiscan.lib.templates

# launched are the default and the latest of the versions. Saved output may hold others, which nothing launches by itself.
launched(versions) := {version |
	some version in versions
	leads(version, versions)
}

leads(version, _) if version.DefaultVersion

leads(version, versions) if not outdated(version, versions)

outdated(version, versions) if {
	some other in versions
	other.VersionNumber > version.VersionNumber
}
