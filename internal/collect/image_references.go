package collect

import (
	"context"
	"reflect"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/amiscan/amiscan/internal/inventory"
)

// referencesBatch is how many images one call of DescribeImageReferences takes.
const referencesBatch = 10

// imageReferences collects EC2's own list of what refers to an image: instances, templates, parameters and recipes of
// this account, but neither groups nor launch configurations nor fleets.
func imageReferences() collector {
	c := collector{
		FactType: inventory.FactType{
			FactRef: ref(inventory.AMI, "image_references"), Scope: inventory.UnitScope,
			From: []inventory.FactRef{ref(inventory.AMI, "image")}, Action: "ec2:DescribeImageReferences",
			Calls:   inventory.Calls{Of: inventory.AMI, Each: referencesBatch},
			Meaning: "What EC2 itself knows to refer to the image: `aws ec2 describe-image-references`.",
		},
		value: reflect.TypeFor[[]types.ImageReference](),
	}
	c.collect = func(ctx context.Context, u *unit) error {
		for ids := range slices.Chunk(slices.Sorted(slices.Values(u.ids(inventory.AMI))), referencesBatch) {
			u.putReferences(ctx, c.FactType, ids)
		}
		u.cover(c, nil)
		return cancelled(ctx)
	}
	return c
}

// putReferences asks for a batch. An image that is gone since it was listed takes the whole batch with it: then each is
// asked for alone.
func (u *unit) putReferences(ctx context.Context, c inventory.FactType, ids []string) {
	list, err := u.referencesTo(ctx, c.Action, ids)
	if len(ids) > 1 && status(err) == inventory.NotFound {
		for _, id := range ids {
			u.putReferences(ctx, c, []string{id})
		}
		return
	}
	putLists(u, c, ids, list, referredTo, err)
}

func referredTo(r types.ImageReference) *string { return r.ImageId }

func (u *unit) referencesTo(ctx context.Context, action string, ids []string) ([]types.ImageReference, error) {
	return readAll(ctx, u, action, referredTo,
		func(ctx context.Context, u *unit, token *string) ([]types.ImageReference, *string, error) {
			out, err := u.clients.DescribeImageReferences(ctx, &ec2.DescribeImageReferencesInput{
				ImageIds: ids, IncludeAllResourceTypes: aws.Bool(true), MaxResults: aws.Int32(pageSize), NextToken: token,
			})
			if err != nil {
				return nil, nil, err
			}
			return out.ImageReferences, out.NextToken, nil
		})
}
