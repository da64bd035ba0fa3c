package collect

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudtrail"

	"github.com/amiscan/amiscan/internal/inventory"
)

// trailEventSelectors collects which events each trail records. CloudTrail may refuse the question for a trail of
// another region and, in a member account, for one of the organization: that is a gap like any other.
func trailEventSelectors() collector {
	return unseen(perResource(inventory.FactType{
		FactRef: ref(inventory.Trail, "trail_event_selectors"), Scope: inventory.ResourceScope,
		From: []inventory.FactRef{trailFact}, Action: "cloudtrail:GetEventSelectors",
		Meaning: "Which events the trail records: `aws cloudtrail get-event-selectors`.",
	}, func(ctx context.Context, u *unit, id string) (*cloudtrail.GetEventSelectorsOutput, error) {
		return u.clients.GetEventSelectors(ctx, &cloudtrail.GetEventSelectorsInput{TrailName: aws.String(id)})
	}))
}
