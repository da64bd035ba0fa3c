package collect

import (
	"context"
	"reflect"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/amiscan/amiscan/internal/inventory"
)

// pageSize is the page that EC2's listings are asked for: without one, they are neither paged nor spared by throttling.
const pageSize = 1000

// images collects the account's own images. Deprecated and disabled ones are asked for explicitly: without that, disabled
// images are left out and look as if they were gone.
func images() collector {
	c := collector{
		FactType: inventory.FactType{
			FactRef: ref(inventory.AMI, "image"), ListedBy: ref(inventory.AMI, "image"), Scope: inventory.ResourceScope,
			Action: "ec2:DescribeImages", Meaning: "The image as `aws ec2 describe-images` prints it.",
		},
		value: reflect.TypeFor[types.Image](),
	}
	c.collect = func(ctx context.Context, u *unit) error {
		list, err := u.awaitImages(ctx)
		for _, image := range list {
			u.putImage(c.FactType, image)
		}
		u.cover(c, err)
		return cancelled(ctx)
	}
	return c
}

// awaitImages lists the images. A single image that was named may be so fresh that EC2 does not show it yet: it is asked
// for again, ever more slowly, as long as the patience lasts.
func (u *unit) awaitImages(ctx context.Context) ([]types.Image, error) {
	pause := time.Second
	for waited := time.Duration(0); ; waited += pause {
		list, err := u.describeImages(ctx, ownImages(u))
		if err != nil || len(list) >= len(u.images) || waited >= u.patience {
			return list, err
		}
		pause = min(2*pause, u.patience-waited)
		if err := u.sleep(ctx, pause); err != nil {
			return list, err
		}
	}
}

// ownImages asks for everything the account owns, or for the single images that were named. Those are filtered rather
// than listed by id, because one missing id would fail the whole call.
func ownImages(u *unit) *ec2.DescribeImagesInput {
	input := &ec2.DescribeImagesInput{
		IncludeDeprecated: aws.Bool(true), IncludeDisabled: aws.Bool(true), MaxResults: aws.Int32(pageSize),
	}
	if len(u.images) > 0 {
		input.Filters = []types.Filter{{Name: aws.String("image-id"), Values: u.images}}
		return input
	}
	input.Owners = []string{"self"}
	return input
}

func (u *unit) describeImages(ctx context.Context, input *ec2.DescribeImagesInput) ([]types.Image, error) {
	return pages(ctx, u, "ec2:DescribeImages", func(ctx context.Context, token *string) ([]types.Image, *string, error) {
		input.NextToken = token
		out, err := u.clients.DescribeImages(ctx, input)
		if err != nil {
			return nil, nil, err
		}
		return out.Images, out.NextToken, nil
	})
}

// putImage stores an image under its owner. A listing of one's own may hold nothing else, but not every server honours
// the owner filter; and a single image that was named may be somebody else's.
func (u *unit) putImage(c inventory.FactType, image types.Image) {
	of, owner := c.FactRef, aws.ToString(image.OwnerId)
	if owner != u.Account {
		of.Kind = inventory.ForeignImage
	}
	fact := known(c, image)
	if len(u.images) > 0 && image.State == types.ImageStatePending {
		// Nothing about an image that is still being made is final; it was asked for by name, so say what it waits for.
		fact = inventory.Fact{Status: inventory.NotCollected, Action: c.Action, Code: "pending"}
	}
	u.putOwned(of, aws.ToString(image.ImageId), owner, fact)
}

// mappedSnapshots returns the ids of the snapshots that an image maps, without repetition.
func mappedSnapshots(image types.Image) []string {
	var ids []string
	for _, mapping := range image.BlockDeviceMappings {
		if mapping.Ebs == nil || aws.ToString(mapping.Ebs.SnapshotId) == "" {
			continue
		}
		if id := *mapping.Ebs.SnapshotId; !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}
