package report

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/url"
	"strings"

	"github.com/owenrumney/go-sarif/v2/sarif"

	"github.com/amiscan/amiscan/internal/finding"
)

// sourceRoot is the base that GitHub understands as the root of the repository.
const sourceRoot = "%SRCROOT%"

// The ways to place results.
const (
	autoLocation   = "auto"
	pseudoLocation = "pseudo"
)

// SARIFLocations returns the values of Options.Location, the default first: the source where it is known, or never.
func SARIFLocations() []string { return []string{autoLocation, pseudoLocation} }

// location is the one location of a result. GitHub refuses results without a file. Where the source of a resource is known,
// it is the place to mend; otherwise the path is made up of what survives a re-bake, so that alerts can be filtered by
// account and region and keep their place. The ARN is a logical location; as an address of a file it would be refused.
func location(f finding.Finding, options Options) *sarif.Location {
	uri, line := pseudoPath(f.Resource), 1
	for _, source := range []*finding.Source{options.Fallback, f.Source} {
		if source == nil || options.Location == pseudoLocation {
			continue
		}
		if path, inCheckout := sourceURI(source.Path); inCheckout {
			uri, line = path, max(source.Line, 1)
		}
	}
	logical := sarif.NewLogicalLocation().WithKind("resource").WithName(clean(f.Resource.ID, maxName)).
		WithFullyQualifiedName(clean(orElse(f.Resource.ARN, f.Resource.ID), maxMessage))
	located := sarif.NewLocationWithPhysicalLocation(physicalLocation(uri, line))
	located.LogicalLocations = []*sarif.LogicalLocation{logical}
	return located
}

func physicalLocation(uri string, line int) *sarif.PhysicalLocation {
	region := sarif.NewSimpleRegion(line, line).WithStartColumn(1).WithEndColumn(2)
	file := sarif.NewSimpleArtifactLocation(uri).WithUriBaseId(sourceRoot)
	return sarif.NewPhysicalLocation().WithArtifactLocation(file).WithRegion(region)
}

// sourceURI percent-encodes a path in the checkout; what leads out of it is none. A colon is encoded, too: in the first
// segment it would end a scheme (RFC 3986, section 4.2).
func sourceURI(path string) (uri string, inCheckout bool) {
	if !fs.ValidPath(path) || path == "." {
		return "", false
	}
	segments := strings.Split(path, "/")
	for i := range segments {
		segments[i] = strings.ReplaceAll(url.PathEscape(segments[i]), ":", "%3A")
	}
	return strings.Join(segments, "/"), true
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
// category replace each other's alerts, so each part has its own; the first keeps that of the whole.
func automationID(options Options, scope Scope, part int) string {
	id := "amiscan/" + orElse(category(options.Category), ownCategory(scope))
	if part > 1 {
		id += fmt.Sprintf("-%d", part)
	}
	return id + "/"
}

// ownCategory keeps single images apart from their whole account: a run that saw but one of them must not close the alerts
// of the others.
func ownCategory(scope Scope) string {
	own := orElse(category(scope.Account), "files")
	if len(scope.Images) > 0 {
		own += "/images"
	}
	return own
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
