package collect

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/amiscan/amiscan/internal/inventory"
)

func offered(instanceType types.InstanceType, zone string) types.InstanceTypeOffering {
	return types.InstanceTypeOffering{
		InstanceType: instanceType, Location: aws.String(zone), LocationType: types.LocationTypeAvailabilityZone,
	}
}

// A type that no zone offers has an empty list, which says so; nobody is offered what nobody launches.
func TestOfferings(t *testing.T) {
	t.Parallel()
	c := launching(t)
	asked := scripted(t, &c, "DescribeInstanceTypeOfferings",
		&ec2.DescribeInstanceTypeOfferingsOutput{InstanceTypeOfferings: []types.InstanceTypeOffering{
			offered("t3.nano", "eu-west-1b"), offered("m7i.large", "eu-west-1a"),
		}, NextToken: next},
		&ec2.DescribeInstanceTypeOfferingsOutput{InstanceTypeOfferings: []types.InstanceTypeOffering{
			offered("t3.nano", "eu-west-1a"), offered("x1.large", "eu-west-1a"),
		}})
	part := read(t, c, Request{Facts: withLaunchers(t, "instance_type.offerings")})
	input := ec2.DescribeInstanceTypeOfferingsInput{
		LocationType: types.LocationTypeAvailabilityZone, MaxResults: thousand,
		Filters: filtered("instance-type", "c7g.large", "m7i.large", "t3.nano", "u-6tb1.metal"),
	}
	asked.are(t, input, with(input, "NextToken", next))
	wantFact(t, factOf(t, part, inventory.InstanceType, "t3.nano", "offerings"), inventory.Known, "", `[
		{"InstanceType":"t3.nano","Location":"eu-west-1a","LocationType":"availability-zone"},
		{"InstanceType":"t3.nano","Location":"eu-west-1b","LocationType":"availability-zone"}]`)
	wantFact(t, factOf(t, part, inventory.InstanceType, "u-6tb1.metal", "offerings"), inventory.Known, "", `[]`)
	if got := idsOf(part, inventory.InstanceType); len(got) != 4 {
		t.Errorf("types are %v", got)
	}
}

// Half of the zones are no answer.
func TestOfferingsCutOff(t *testing.T) {
	t.Parallel()
	c := launching(t)
	scripted(t, &c, "DescribeInstanceTypeOfferings",
		&ec2.DescribeInstanceTypeOfferingsOutput{
			InstanceTypeOfferings: []types.InstanceTypeOffering{offered("t3.nano", "eu-west-1b")}, NextToken: next,
		}, refused("UnauthorizedOperation"))
	part := read(t, c, Request{Facts: withLaunchers(t, "instance_type.offerings")})
	for _, id := range []string{"t3.nano", "m7i.large"} {
		wantFact(t, factOf(t, part, inventory.InstanceType, id, "offerings"), inventory.Denied, "UnauthorizedOperation", "")
	}
}
