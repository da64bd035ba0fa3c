package collect

import (
	"context"
	"reflect"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/amiscan/amiscan/internal/inventory"
)

// imageFindings collects what Amazon Inspector found in each own image.
func imageFindings() collector {
	c := collector{
		FactType: inventory.FactType{
			FactRef: ref(inventory.AMI, "image_findings"), Scope: inventory.ResourceScope,
			From: []inventory.FactRef{ref(inventory.AMI, "image")}, Action: "ec2:GetImageFindings",
			Calls:   inventory.Calls{Of: inventory.AMI, Each: 1},
			Meaning: "What Amazon Inspector found in the image: `aws ec2 get-image-findings`.",
		},
		value: reflect.TypeFor[[]types.ImageFinding](),
	}
	c.collect = func(ctx context.Context, u *unit) error {
		err := each(ctx, u.ids(inventory.AMI), func(ctx context.Context, id string) {
			u.put(c.FactRef, id, u.findingsOf(ctx, c.FactType, id))
		})
		u.cover(c, nil)
		return err
	}
	return c
}

func (u *unit) findingsOf(ctx context.Context, c inventory.FactType, id string) inventory.Fact {
	list, err := pages(ctx, u, c.Action, func(ctx context.Context, token *string) ([]types.ImageFinding, *string, error) {
		out, err := u.clients.GetImageFindings(ctx, &ec2.GetImageFindingsInput{
			ImageId: aws.String(id), MaxResults: aws.Int32(pageSize), NextToken: token,
		})
		if err != nil {
			return nil, nil, err
		}
		return out.ImageFindings, out.NextToken, nil
	})
	if err != nil {
		return gap(c, err)
	}
	return known(c, append([]types.ImageFinding{}, list...))
}
