package collect

import (
	"cmp"
	"context"
	"maps"
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

// filterBatch is how many values one filter takes (EC2 API Reference, "Filter").
const filterBatch = 200

// images collects the account's own images; with single images, those.
func images() collector {
	c := collector{
		FactType: inventory.FactType{
			FactRef: ref(inventory.AMI, "image"), ListedBy: ref(inventory.AMI, "image"), Scope: inventory.ResourceScope,
			Action: "ec2:DescribeImages", Calls: inventory.Calls{Least: 1, Of: inventory.AMI, Each: pageSize},
			Meaning: "The image as `aws ec2 describe-images` prints it.",
		},
		value: reflect.TypeFor[types.Image](),
	}
	c.collect = func(ctx context.Context, u *unit) error {
		list, err := u.listImages(ctx)
		for _, image := range list {
			u.putImage(c.FactType, image)
		}
		u.cover(c, err)
		return cancelled(ctx)
	}
	return c
}

// listImages lists everything that the account owns, or the single images that were named. Servers that ignore the
// owner filter or the filter of ids are not believed: a listing of one's own may hold nothing else.
func (u *unit) listImages(ctx context.Context) ([]types.Image, error) {
	if len(u.images) > 0 {
		return u.awaitImages(ctx)
	}
	input := allImages()
	input.Owners = []string{"self"}
	list, err := u.describeImages(ctx, input)
	return slices.DeleteFunc(list, func(i types.Image) bool { return aws.ToString(i.OwnerId) != u.Account }), err
}

// awaitImages lists the named images. One of them may be so fresh that EC2 does not show it yet: it is asked for again,
// ever more slowly, as long as the patience lasts.
func (u *unit) awaitImages(ctx context.Context) ([]types.Image, error) {
	pause := time.Second
	for waited := time.Duration(0); ; waited += pause {
		list, err := u.imagesNamed(ctx, u.images)
		if err != nil || len(list) >= len(u.images) || waited >= u.patience {
			return list, err
		}
		pause = min(2*pause, u.patience-waited)
		if err := u.sleep(ctx, pause); err != nil {
			return list, err
		}
	}
}

// imagesNamed lists single images, sorted, each once. They are filtered rather than listed by id, because one missing
// id would fail the whole call; an image that is not to be seen is simply absent.
func (u *unit) imagesNamed(ctx context.Context, ids []string) ([]types.Image, error) {
	found := map[string]types.Image{}
	var failed error
	for batch := range slices.Chunk(ids, filterBatch) {
		input := allImages()
		input.Filters = []types.Filter{{Name: aws.String("image-id"), Values: batch}}
		list, err := u.describeImages(ctx, input)
		for _, image := range list {
			if id := aws.ToString(image.ImageId); slices.Contains(batch, id) {
				found[id] = image
			}
		}
		failed = cmp.Or(failed, err)
	}
	list := slices.Collect(maps.Values(found))
	slices.SortFunc(list, func(a, b types.Image) int { return cmp.Compare(*a.ImageId, *b.ImageId) })
	return list, failed
}

// allImages asks for images in every state: without that, disabled images, and the deprecated ones of others, are left
// out and look as if they were gone.
func allImages() *ec2.DescribeImagesInput {
	return &ec2.DescribeImagesInput{
		IncludeDeprecated: aws.Bool(true), IncludeDisabled: aws.Bool(true), MaxResults: aws.Int32(pageSize),
	}
}

func (u *unit) describeImages(ctx context.Context, input *ec2.DescribeImagesInput) ([]types.Image, error) {
	return pages(ctx, u, "ec2:DescribeImages", func(ctx context.Context, token *string) ([]types.Image, *string, error) {
		input.NextToken = token
		out, err := u.clients.DescribeImages(ctx, input)
		if err != nil {
			return nil, nil, err
		}
		return out.Images, out.NextToken, named(out.Images, func(i types.Image) *string { return i.ImageId })
	})
}

// putImage stores an image under its owner: a single image that was named may be somebody else's.
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
