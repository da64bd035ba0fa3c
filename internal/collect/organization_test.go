package collect

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/organizations/types"

	"github.com/amiscan/amiscan/internal/inventory"
)

func TestOrganizationIsAskedForOnceForAllRegions(t *testing.T) {
	t.Parallel()
	var asked atomic.Int32
	c := noCalls(t)
	c.DescribeOrganization = func(
		context.Context, *organizations.DescribeOrganizationInput, ...func(*organizations.Options),
	) (*organizations.DescribeOrganizationOutput, error) {
		asked.Add(1)
		return &organizations.DescribeOrganizationOutput{Organization: &types.Organization{
			Id: aws.String("o-1"), MasterAccountEmail: aws.String("boss@example.com"),
		}}, nil
	}
	var regions sync.WaitGroup
	for _, region := range []string{"eu-west-1", "eu-west-2", "us-east-1"} {
		regions.Go(func() {
			unit := inventory.Unit{Partition: "aws", Account: ours, Region: region}
			part, err := collectUnit(context.Background(), unit, c, Request{Facts: closure(t, "settings.organization")})
			if err != nil {
				t.Error(err)
				return
			}
			fact := factOf(t, part, inventory.Settings, ours+"/"+region, "organization")
			wantFact(t, fact, inventory.Known, "", `{"Id":"o-1"}`)
		})
	}
	regions.Wait()
	if got := asked.Load(); got != 1 {
		t.Errorf("asked %d times", got)
	}
}

func TestOrganizationThatIsNone(t *testing.T) {
	t.Parallel()
	tests := map[string]inventory.Status{
		"AWSOrganizationsNotInUseException": inventory.NotFound, "AccessDeniedException": inventory.Denied,
	}
	for code, want := range tests {
		c := noCalls(t)
		c.DescribeOrganization = failing[
			organizations.DescribeOrganizationInput, organizations.DescribeOrganizationOutput, organizations.Options](
			refused(code))
		part := read(t, c, Request{Facts: closure(t, "settings.organization")})
		wantFact(t, factOf(t, part, inventory.Settings, ours+"/eu-west-1", "organization"), want, code, "")
		if c := part.CoverageOf(inventory.Settings, "organization"); c.Narrowed != "" || c.Status != inventory.Known {
			t.Errorf("coverage is %+v", c)
		}
	}
}
