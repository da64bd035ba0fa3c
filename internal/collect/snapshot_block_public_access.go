package collect

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
)

// snapshotBlockPublicAccess collects what `aws ec2 get-snapshot-block-public-access-state` answers.
func snapshotBlockPublicAccess() collector {
	return setting("snapshot_block_public_access", "ec2:GetSnapshotBlockPublicAccessState",
		"Whether public sharing of snapshots is blocked, and who manages that: `aws ec2 get-snapshot-block-public-access-state`.",
		func(ctx context.Context, u *unit) (*ec2.GetSnapshotBlockPublicAccessStateOutput, error) {
			return u.clients.GetSnapshotBlockPublicAccessState(ctx, &ec2.GetSnapshotBlockPublicAccessStateInput{})
		})
}
