package collect

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/inventory"
)

const ami1, ami2, ami3 = "ami-00000001", "ami-00000002", "ami-00000003"

// recorded keeps the inputs of DescribeImages and answers from a list.
func recorded(
	inputs *[]ec2.DescribeImagesInput, all ...types.Image,
) operation[ec2.DescribeImagesInput, ec2.DescribeImagesOutput, ec2.Options] {
	var mu sync.Mutex
	serve := serveImages(all...)
	return func(
		ctx context.Context, in *ec2.DescribeImagesInput, _ ...func(*ec2.Options),
	) (*ec2.DescribeImagesOutput, error) {
		mu.Lock()
		defer mu.Unlock()
		*inputs = append(*inputs, *in)
		return serve(ctx, in)
	}
}

func TestImagesOfAWholeUnit(t *testing.T) {
	t.Parallel()
	var inputs []ec2.DescribeImagesInput
	c := noCalls(t)
	// A server that ignores the owner filter, as moto does.
	c.DescribeImages = recorded(&inputs, image(ami2, ours), image(ami3, theirs), image(ami1, ours))
	part := read(t, c, Request{Facts: closure(t, "ami.image")})
	if diff := cmp.Diff([]string{ami1, ami2}, idsOf(part, inventory.AMI)); diff != "" {
		t.Errorf("own images (-want +got):\n%s", diff)
	}
	if got := idsOf(part, inventory.ForeignImage); got != nil {
		t.Errorf("strangers' images entered: %v", got)
	}
	wantFact(t, factOf(t, part, inventory.AMI, ami1, "image"), inventory.Known, "",
		`{"ImageId":"ami-00000001","OwnerId":"111122223333","State":"available"}`)
	want := []ec2.DescribeImagesInput{{
		Owners: []string{"self"}, IncludeDeprecated: aws.Bool(true), IncludeDisabled: aws.Bool(true),
		MaxResults: aws.Int32(1000),
	}}
	if diff := cmp.Diff(want, inputs, ignoreSDK); diff != "" {
		t.Errorf("inputs (-want +got):\n%s", diff)
	}
	coverage := inventory.Coverage{
		Unit: testUnit, Kind: inventory.AMI, Fact: "image", Action: "ec2:DescribeImages", Status: inventory.Known, Items: 2,
	}
	if diff := cmp.Diff(coverage, part.CoverageOf(inventory.AMI, "image")); diff != "" {
		t.Errorf("coverage (-want +got):\n%s", diff)
	}
}

func TestImagesByName(t *testing.T) {
	t.Parallel()
	var inputs []ec2.DescribeImagesInput
	pending := image(ami1, ours)
	pending.State = types.ImageStatePending
	c := noCalls(t)
	serve := recorded(&inputs, image(ami3, theirs), pending, image("ami-0000000f", ours))
	c.DescribeImages = func(
		ctx context.Context, in *ec2.DescribeImagesInput, _ ...func(*ec2.Options),
	) (*ec2.DescribeImagesOutput, error) {
		out, err := serve(ctx, in)
		out.Images = append(out.Images, image("ami-0000000f", ours)) // a server that ignores the filter
		return out, err
	}
	part := read(t, c, Request{Facts: closure(t, "ami.image"), Images: []string{ami3, ami1, ami3}})
	want := []ec2.DescribeImagesInput{{
		Filters:           []types.Filter{{Name: aws.String("image-id"), Values: []string{ami1, ami3}}},
		IncludeDeprecated: aws.Bool(true), IncludeDisabled: aws.Bool(true), MaxResults: aws.Int32(1000),
	}}
	if diff := cmp.Diff(want, inputs, ignoreSDK); diff != "" {
		t.Errorf("inputs (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{ami1}, idsOf(part, inventory.AMI)); diff != "" {
		t.Errorf("own images (-want +got):\n%s", diff)
	}
	wantFact(t, factOf(t, part, inventory.AMI, ami1, "image"), inventory.NotCollected, "pending", "")
	wantFact(t, factOf(t, part, inventory.ForeignImage, ami3, "image"), inventory.Known, "",
		`{"ImageId":"ami-00000003","OwnerId":"999900001111","State":"available"}`)
	for _, r := range part.Resources {
		if r.ID == ami3 && r.Account != theirs {
			t.Errorf("%s belongs to %s", ami3, r.Account)
		}
	}
	coverage := part.CoverageOf(inventory.AMI, "image")
	if coverage.Narrowed != "images" || coverage.Missing != 1 || coverage.Items != 0 || coverage.Code != "pending" {
		t.Errorf("coverage is %+v", coverage)
	}
}

func TestImagesByNameInBatches(t *testing.T) {
	t.Parallel()
	var inputs []ec2.DescribeImagesInput
	var ids []string
	var all []types.Image
	for i := range 401 {
		ids = append(ids, fmt.Sprintf("ami-%08x", i))
		all = append(all, image(ids[i], ours))
	}
	c := noCalls(t)
	c.DescribeImages = recorded(&inputs, all...)
	part := read(t, c, Request{Facts: closure(t, "ami.image"), Images: ids})
	if len(inputs) != 3 || len(inputs[0].Filters[0].Values) != 200 || len(inputs[2].Filters[0].Values) != 1 {
		t.Errorf("%d calls", len(inputs))
	}
	if got := len(part.Resources); got != 401 {
		t.Errorf("%d images", got)
	}
}

func TestImageThatIsNotYetVisible(t *testing.T) {
	t.Parallel()
	seconds := func(s ...int) (waits []time.Duration) {
		for _, n := range s {
			waits = append(waits, time.Duration(n)*time.Second)
		}
		return waits
	}
	tests := []struct {
		name     string
		appears  int
		patience time.Duration
		sleeps   []time.Duration
		found    bool
	}{
		{"at once", 1, time.Minute, nil, true},
		{"after two attempts", 3, time.Minute, seconds(2, 4), true},
		{"never", 99, time.Minute, seconds(2, 4, 8, 16, 30), false},
		{"without patience", 2, 0, nil, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var sleeps []time.Duration
			attempts := 0
			c := noCalls(t)
			c.DescribeImages = func(
				ctx context.Context, in *ec2.DescribeImagesInput, _ ...func(*ec2.Options),
			) (*ec2.DescribeImagesOutput, error) {
				attempts++
				if attempts < test.appears {
					return &ec2.DescribeImagesOutput{}, nil
				}
				return serveImages(image(ami1, ours))(ctx, in)
			}
			part := read(t, c, Request{
				Facts: closure(t, "ami.image"), Images: []string{ami1, ami1}, Patience: test.patience,
				Sleep: func(_ context.Context, d time.Duration) error {
					sleeps = append(sleeps, d)
					return nil
				},
			})
			if diff := cmp.Diff(test.sleeps, sleeps); diff != "" {
				t.Errorf("sleeps (-want +got):\n%s", diff)
			}
			if got := slices.Contains(idsOf(part, inventory.AMI), ami1); got != test.found {
				t.Errorf("found is %v", got)
			}
			if c := part.CoverageOf(inventory.AMI, "image"); c.Status != inventory.Known || c.Narrowed != "images" {
				t.Errorf("coverage is %+v", c)
			}
		})
	}
}

func TestDeniedListingIsNotWaitedFor(t *testing.T) {
	t.Parallel()
	c := noCalls(t)
	c.DescribeImages = failing[ec2.DescribeImagesInput, ec2.DescribeImagesOutput, ec2.Options](
		refused("UnauthorizedOperation"))
	part := read(t, c, Request{
		Facts: closure(t, "ami.image"), Images: []string{ami1}, Patience: time.Minute,
		Sleep: func(context.Context, time.Duration) error {
			t.Error("it waited")
			return nil
		},
	})
	if c := part.CoverageOf(inventory.AMI, "image"); c.Status != inventory.Denied || c.Code != "UnauthorizedOperation" {
		t.Errorf("coverage is %+v", c)
	}
}
