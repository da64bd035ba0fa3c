package report

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"github.com/owenrumney/go-sarif/v2/sarif"

	"github.com/amiscan/amiscan/internal/finding"
)

// sourceRoot is the base that GitHub understands as the root of the repository.
const sourceRoot = "%SRCROOT%"

// location is the one location of a result. GitHub refuses results without a file, and AWS resources have none: the
// path is made up of what survives a re-bake, so that alerts can be filtered by account and region and keep their
// place. The ARN is a logical location; as an address of a file it would be refused.
func location(r finding.Resource) *sarif.Location {
	region := sarif.NewSimpleRegion(1, 1).WithStartColumn(1).WithEndColumn(2)
	file := sarif.NewSimpleArtifactLocation(pseudoPath(r)).WithUriBaseId(sourceRoot)
	physical := sarif.NewPhysicalLocation().WithArtifactLocation(file).WithRegion(region)
	logical := sarif.NewLogicalLocation().WithKind("resource").WithName(clean(r.ID, maxName)).
		WithFullyQualifiedName(clean(orElse(r.ARN, r.ID), maxMessage))
	located := sarif.NewLocationWithPhysicalLocation(physical)
	located.LogicalLocations = []*sarif.LogicalLocation{logical}
	return located
}

// pseudoPath is aws/<partition>/<account>/<region>/<kind>/<lineage or id>.
func pseudoPath(r finding.Resource) string {
	segments := []string{"aws", r.Partition, r.Account, r.Region, r.Kind, orElse(r.Lineage, shortID(r.ID))}
	for i := range segments {
		segments[i] = pathSegment(segments[i])
	}
	return strings.Join(segments, "/")
}

// shortID cuts off what the path says already: a KMS key's id is its whole ARN, settings carry their unit.
func shortID(id string) string { return id[strings.LastIndexByte(id, '/')+1:] }

// maxSegment keeps a segment under what file systems and GitHub's lists take.
const maxSegment = 100

// pathSegment percent-encodes all but the unreserved characters (RFC 3986, section 2.3). A segment that is too long
// ends in a digest, so that two of them stay apart.
func pathSegment(text string) string {
	cleaned := grounded(clean(text, maxSegment))
	if strings.HasSuffix(cleaned, "…") {
		digest := sha256.Sum256([]byte(text))
		cleaned = strings.TrimSuffix(cleaned, "…") + "-" + hex.EncodeToString(digest[:4])
	}
	var out strings.Builder
	for _, b := range []byte(cleaned) {
		if unreserved(b) {
			out.WriteByte(b)
			continue
		}
		out.WriteString("%" + strings.ToUpper(hex.EncodeToString([]byte{b})))
	}
	return out.String()
}

// grounded marks parts that are empty or of dots alone: whoever decodes the path before taking it apart would climb up
// the tree with them.
func grounded(text string) string {
	parts := strings.Split(text, "/")
	for i, part := range parts {
		if strings.Trim(part, ".") == "" {
			parts[i] = "_" + part
		}
	}
	return strings.Join(parts, "/")
}

func unreserved(b byte) bool {
	return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || strings.IndexByte("-._~", b) >= 0
}

// automationID is the category under which GitHub files the run: everything before its last slash. Two runs with one
// category replace each other's alerts.
func automationID(options Options, scope Scope) string {
	return "amiscan/" + orElse(category(options.Category), orElse(category(scope.Account), "files")) + "/"
}

// category keeps what GitHub compares as it is: it takes all other characters for one another.
func category(text string) string {
	text = strings.Map(func(r rune) rune {
		if r < 0x80 && (unreserved(byte(r&0x7f)) || r == '/') {
			return r
		}
		return '-'
	}, clean(text, maxSegment))
	return strings.Trim(text, "/")
}
