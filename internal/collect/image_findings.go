package collect

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/amiscan/amiscan/internal/inventory"
)

// imageFindings collects what Amazon Inspector found in each own image.
func imageFindings() collector {
	return readEach[[]types.ImageFinding](ofImage("image_findings", "ec2:GetImageFindings",
		"What Amazon Inspector found in the image: `aws ec2 get-image-findings`."), findingsOf)
}

func findingsOf(ctx context.Context, u *unit, t inventory.FactType, id string) inventory.Fact {
	list, err := pages(ctx, u, t.Action, func(ctx context.Context, token *string) ([]types.ImageFinding, *string, error) {
		out, err := u.clients.GetImageFindings(ctx, &ec2.GetImageFindingsInput{
			ImageId: aws.String(id), MaxResults: aws.Int32(pageSize), NextToken: token,
		})
		if err != nil {
			return nil, nil, err
		}
		return out.ImageFindings, out.NextToken, nil
	})
	if err != nil {
		return gap(t, err)
	}
	return known(t, append([]types.ImageFinding{}, list...))
}
