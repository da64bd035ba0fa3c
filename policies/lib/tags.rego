# METADATA
# title: Tags that mark a resource
# description: >-
#   A team may mark with a tag what is meant to be as it is. Which tags count is said by params, so that a tag alone, which
#   many may set, excuses nothing.
# scope: package
package amiscan.lib.tags

# marked holds for an image or a snapshot that has a tag with one of the keys, whatever its value.
marked(resource, keys) if {
	some tag in resource.Tags
	tag.Key in keys
}
