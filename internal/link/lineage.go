package link

import (
	"regexp"
	"strings"
)

// The tags that say by themselves what an image is a bake of.
const (
	lineageTag = "amiscan:lineage"
	// Image Builder puts the ARN of the image version on what it makes.
	imageBuilderTag = "Ec2ImageBuilderArn"
)

// bakeMark is what names carry behind the lineage: a date or time, a version, a commit hash, each behind a separator.
var bakeMark = regexp.MustCompile(`(?i)[-_. /@:(]+(` +
	`\d{4}-\d{2}-\d{2}(t?[-_.: ]?\d{2}[-_.:]?\d{2}([-_.:]?\d{2})?)?([.]\d+)?z?` + // 2026-01-31, 2026-01-31T10-20-30Z
	`|\d{6,17}(t?\d{4,6}z?)?` + // 20260131, 202601311020, Unix times
	`|v?\d+([.]\d+)+([-+][0-9a-z.]+)?` + // 1.2.3, v1.2.3-rc1
	`|v\d+` + // v7
	`|[0-9a-f]{7,40}` + // commit hashes
	`)\)?$`)

// hasDigit keeps words of hexadecimal letters, such as "facade", from passing for commit hashes.
var hasDigit = regexp.MustCompile(`\d`)

// Lineages are the rules by which bakes of one image are recognised. The zero value has the defaults alone.
type Lineages struct {
	// Tag takes the place of amiscan:lineage; empty leaves that.
	Tag string
	// Patterns find the lineage in an image's name: what their first group matches, or all where they have none. They stand
	// before the default, which cuts off trailing dates, versions and hashes.
	Patterns []*regexp.Regexp
	// Builds names the build that made an image, by the image's id, as a Packer manifest knows it.
	Builds map[string]string
}

// Of returns the name under which successive bakes of an image are the same thing: the tag, else the Image Builder ARN
// without its version, else the build, else what a pattern finds in the name, else the name without trailing dates,
// versions and hashes. It is empty for an image without a name.
func (l Lineages) Of(id, name string, tags map[string]string) string {
	tag := lineageTag
	if l.Tag != "" {
		tag = l.Tag
	}
	if lineage := tags[tag]; lineage != "" {
		return lineage
	}
	if arn := tags[imageBuilderTag]; arn != "" {
		return imageBuilderLineage(arn)
	}
	if build := l.Builds[id]; build != "" {
		return build
	}
	return l.ofName(name)
}

func (l Lineages) ofName(name string) string {
	for _, pattern := range l.Patterns {
		if groups := pattern.FindStringSubmatch(name); groups != nil && groups[min(1, len(groups)-1)] != "" {
			return groups[min(1, len(groups)-1)]
		}
	}
	return cutBakeMarks(name)
}

// imageBuilderLineage cuts "/1.0.0/1" off arn:aws:imagebuilder:REGION:ACCOUNT:image/NAME/VERSION/BUILD.
func imageBuilderLineage(arn string) string {
	parts := strings.SplitN(arn, "/", 3)
	if len(parts) < 2 {
		return arn
	}
	return parts[0] + "/" + parts[1]
}

func cutBakeMarks(name string) string {
	for {
		place := bakeMark.FindStringIndex(name)
		if place == nil || place[0] == 0 || !hasDigit.MatchString(name[place[0]:]) {
			return name
		}
		name = name[:place[0]]
	}
}
