package inventory

import (
	"slices"
	"strings"
	"time"
)

// MergeManifests joins the manifests of inventories that are judged together: lists are united, the caller stays only
// if all agree, the start is the earliest known one. Without any, the zero manifest of this schema version comes back; one
// comes back as it is. What each of several asked for stays in Joined.
func MergeManifests(manifests []Manifest) Manifest {
	if len(manifests) == 1 {
		return manifests[0]
	}
	merged := Manifest{SchemaVersion: SchemaVersion}
	var tools, callers []string
	for _, m := range manifests {
		merged.Joined = append(merged.Joined, m.each()...)
		tools, callers = append(tools, m.Tool), append(callers, m.Caller)
		merged.Regions = append(merged.Regions, m.Regions...)
		merged.Images = append(merged.Images, m.Images...)
		merged.Facts = append(merged.Facts, m.Facts...)
		merged.EnabledRegions = max(merged.EnabledRegions, m.EnabledRegions)
		merged.Started = earliest(merged.Started, m.Started)
	}
	merged.Tool = strings.Join(distinct(tools), ", ")
	if callers = distinct(callers); len(callers) == 1 {
		merged.Caller = callers[0]
	}
	merged.Regions, merged.Images, merged.Facts = distinct(merged.Regions), distinct(merged.Images), distinct(merged.Facts)
	return merged
}

// distinct sorts and drops repetitions and empty words; nothing at all stays nil.
func distinct(words []string) []string {
	slices.Sort(words)
	return slices.Compact(slices.DeleteFunc(words, func(word string) bool { return word == "" }))
}

func earliest(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// each are the manifests that were joined into this one, or itself.
func (m Manifest) each() []Manifest {
	if len(m.Joined) > 0 {
		return m.Joined
	}
	return []Manifest{m}
}
