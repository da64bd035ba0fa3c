package collect

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudtrail"

	"github.com/amiscan/amiscan/internal/inventory"
)

// trailStatuses collects whether each trail records in this region: the answer holds for the region that is asked alone
// (GetTrailStatus). A shadow trail has to be named by its ARN.
func trailStatuses() collector {
	return unseen(perResource(inventory.FactType{
		FactRef: ref(inventory.Trail, "trail_status"), Scope: inventory.ResourceScope,
		From: []inventory.FactRef{trailFact}, Action: "cloudtrail:GetTrailStatus",
		Meaning: "Whether the trail records in the region, and its last deliveries: `aws cloudtrail get-trail-status`.",
	}, func(ctx context.Context, u *unit, id string) (*cloudtrail.GetTrailStatusOutput, error) {
		return u.clients.GetTrailStatus(ctx, &cloudtrail.GetTrailStatusInput{Name: aws.String(id)})
	}))
}
