package collect

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/amiscan/amiscan/internal/inventory"
)

// A server that takes every connection and never answers must not hold the run for hours, and nothing may be known of
// it.
func TestServerThatNeverAnswers(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var all []types.Image
		for i := range 500 {
			all = append(all, image(fmt.Sprintf("ami-%08x", i), ours))
		}
		c := noCalls(t)
		c.DescribeImages = serveImages(all...)
		c.DescribeImageAttribute = accountBy(silence, NewPace(Pacing{})).clients("eu-west-1").DescribeImageAttribute
		start := time.Now()
		var count calls
		part := read(t, c, Request{Facts: closure(t, "ami.launch_permissions"), Trace: count.trace})
		if took := time.Since(start); took > 3*callLimit {
			t.Errorf("it took %s", took)
		}
		if got := count.count["ec2:DescribeImageAttribute"]; got > outageCalls+parallelCalls {
			t.Errorf("%d calls were made", got)
		}
		coverage := part.CoverageOf(inventory.AMI, "launch_permissions")
		if coverage.Missing != 500 || coverage.Items != 0 {
			t.Errorf("coverage is %+v", coverage)
		}
		wantFact(t, factOf(t, part, inventory.AMI, "ami-000001f3", "launch_permissions"), inventory.Error, "", "")
	})
}

func TestOutages(t *testing.T) {
	t.Parallel()
	silence, expired, denied := errors.New("no route"), refused("RequestExpired"), refused("UnauthorizedOperation")
	tests := []struct {
		name  string
		notes []error
		over  error
	}{
		{"nothing", nil, nil},
		{"three silent calls", []error{silence, silence, silence}, nil},
		{"four silent calls", []error{silence, silence, silence, silence}, silence},
		{"an ended session", []error{expired, expired, expired, expired}, expired},
		{"an answer between", []error{silence, silence, nil, silence, silence}, nil},
		{"denials are answers", []error{denied, denied, denied, denied, denied}, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			o := newOutages()
			for _, err := range test.notes {
				o.note("a", err)
			}
			if got := o.over("a"); !errors.Is(got, test.over) {
				t.Errorf("over says %v, want %v", got, test.over)
			}
			if got := o.over("b"); got != nil {
				t.Errorf("another action: %v", got)
			}
		})
	}
}

func TestRunThatIsCancelledGivesNoPart(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	c := noCalls(t)
	c.DescribeImages = serveImages(image("ami-00000001", ours))
	c.DescribeImageAttribute = func(
		context.Context, *ec2.DescribeImageAttributeInput, ...func(*ec2.Options),
	) (*ec2.DescribeImageAttributeOutput, error) {
		// The last call of the unit is the one that is cut off.
		cancel()
		return nil, ctx.Err()
	}
	part, err := collectUnit(ctx, testUnit, c, Request{Facts: closure(t, "ami.launch_permissions")})
	if !errors.Is(err, context.Canceled) || part.Resources != nil {
		t.Errorf("got %d resources and %v", len(part.Resources), err)
	}
}
