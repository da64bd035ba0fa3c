package awsstub

import (
	"slices"
	"strings"

	"github.com/amiscan/amiscan/internal/inventory"
)

// trailFacts are what CloudTrail tells of trails.
func trailFacts() []documentFact {
	return []documentFact{
		{inventory.Trail, "trail", "TrailARN", trailShape, true},
		{inventory.Trail, "trail_status", "", trailStatusShape, false},
		{inventory.Trail, "trail_event_selectors", "TrailARN", trailEventSelectorsShape, false},
	}
}

// describeTrails is cloudtrail:DescribeTrails, which has no pages.
func describeTrails() operation {
	return operation{nil, listCall{fact: "trail", member: "trailList", choose: chooseTrails}.answer}
}

// chooseTrails chooses by name or ARN. A name means a trail whose home is here alone, an ARN any trail, and with neither
// shadow trails are shown unless the caller wants none: those whose home is another region or account (CloudTrail API
// Reference, DescribeTrails). A trail that is not there is none, and no error.
func chooseTrails(_ *Stub, r Request) (func(string, document) bool, error) {
	names := r.list("trailNameList")
	withShadows := r.Parameters["includeShadowTrails"] != "false"
	return func(arn string, d document) bool {
		shadow := isShadow(arn, d, r)
		if len(names) == 0 {
			return withShadows || !shadow
		}
		return slices.Contains(names, arn) || !shadow && slices.Contains(names, trailName(arn))
	}, nil
}

// isShadow reports whether a trail is the image of one in another region or of the organization's.
func isShadow(arn string, d document, r Request) bool {
	home, told := d.fields["HomeRegion"]
	return told && home != r.Region || arnAccount(arn) != r.Account
}

// ofTrail is a call that tells one fact of a trail.
func ofTrail(fact, parameter string) operation {
	return operation{nil, func(s *Stub, r Request) ([]byte, error) {
		at := place{r.Account, r.Region}
		named := r.Parameters[parameter]
		for _, arn := range sortedKeys(s.catalog.documents[fact][at]) {
			if named == arn || named == trailName(arn) && !isShadow(arn, s.catalog.documents["trail"][at][arn], r) {
				return s.catalog.documents[fact][at][arn].whole()
			}
		}
		return nil, invalid("TrailNotFoundException", "Unknown trail: "+named+" for the user: "+r.Account)
	}}
}

// trailName is the name of a trail: arn:PARTITION:cloudtrail:REGION:ACCOUNT:trail/NAME.
func trailName(arn string) string {
	_, name, _ := strings.Cut(arn, ":trail/")
	return name
}

var cloudTrailService = jsonService("CloudTrail_20131101")
