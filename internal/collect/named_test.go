package collect

import (
	"fmt"
	"slices"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/inventory"
)

// namedTest is a fact of things that launchers name, which are looked up by a filter.
type namedTest struct {
	fact string
	// input is that of the one call, without the filter's values; token is whether it is paged.
	input  any
	filter string
	token  bool
	// names are all names that the launchers hold.
	names []string
	// out is an answer that holds the first name and something else.
	out    answer
	value  string
	owner  string
	absent inventory.Status
}

func filtered(name string, values ...string) []types.Filter {
	return []types.Filter{{Name: aws.String(name), Values: values}}
}

var namedTests = []namedTest{
	{
		"instance_type.instance_type", ec2.DescribeInstanceTypesInput{MaxResults: aws.Int32(100)}, "instance-type", true,
		[]string{"c7g.large", "m7i.large", "t3.nano", "u-6tb1.metal"},
		&ec2.DescribeInstanceTypesOutput{InstanceTypes: []types.InstanceTypeInfo{
			{InstanceType: "x1.large"}, {InstanceType: "c7g.large", BareMetal: aws.Bool(false)},
		}},
		`{"InstanceType":"c7g.large","BareMetal":false}`, ours, inventory.NotFound,
	},
	{
		"security_group.security_group", ec2.DescribeSecurityGroupsInput{MaxResults: thousand}, "group-id", true,
		[]string{"sg-both", "sg-configuration", "sg-interface", "sg-spot", "sg-template"},
		&ec2.DescribeSecurityGroupsOutput{SecurityGroups: []types.SecurityGroup{
			{GroupId: aws.String("sg-x")}, {GroupId: aws.String("sg-both"), OwnerId: aws.String(theirs)},
		}},
		`{"GroupId":"sg-both","OwnerId":"999900001111"}`, theirs, inventory.NotFound,
	},
	{
		"subnet.subnet", ec2.DescribeSubnetsInput{MaxResults: thousand}, "subnet-id", true,
		[]string{"subnet-fleet", "subnet-g1", "subnet-g2", "subnet-interface", "subnet-s1", "subnet-s2"},
		&ec2.DescribeSubnetsOutput{Subnets: []types.Subnet{
			{SubnetId: aws.String("subnet-x")}, {SubnetId: aws.String("subnet-fleet"), OwnerId: aws.String(ours)},
		}},
		`{"SubnetId":"subnet-fleet","OwnerId":"111122223333"}`, ours, inventory.NotFound,
	},
	{
		"key_pair.key_pair", ec2.DescribeKeyPairsInput{}, "key-name", false,
		[]string{"of-configuration", "of-spot", "of-template"},
		&ec2.DescribeKeyPairsOutput{KeyPairs: []types.KeyPairInfo{
			{KeyName: aws.String("x")}, {KeyName: aws.String("of-configuration"), PublicKey: aws.String(hidden)},
		}},
		`{"KeyName":"of-configuration"}`, ours, inventory.NotFound,
	},
	{
		"foreign_snapshot.snapshot", ec2.DescribeSnapshotsInput{MaxResults: thousand}, "snapshot-id", true,
		[]string{"snap-configuration", "snap-template"},
		&ec2.DescribeSnapshotsOutput{Snapshots: []types.Snapshot{
			snapshot("snap-x", theirs), snapshot("snap-configuration", theirs),
		}},
		`{"SnapshotId":"snap-configuration","OwnerId":"999900001111","Encrypted":false}`, theirs, inventory.NotVisible,
	},
}

// ask makes the client answer a test's lookup, and the listing of own snapshots, which foreign ones are told from.
func (n namedTest) ask(t *testing.T, c *clients, a answer) *inputs {
	t.Helper()
	_, operation := listingTest{fact: n.fact}.names()
	if operation == "DescribeSnapshots" {
		return scripted(t, c, operation, &ec2.DescribeSnapshotsOutput{}, a)
	}
	return scripted(t, c, operation, a)
}

func sortedIDs(part inventory.Part, kind string) []string {
	ids := idsOf(part, kind)
	slices.Sort(ids)
	return ids
}

func accountOf(part inventory.Part, kind, id string) string {
	for _, r := range part.Resources {
		if r.Kind == kind && r.ID == id {
			return r.Account
		}
	}
	return "none"
}

func TestNamedThings(t *testing.T) {
	t.Parallel()
	for _, test := range namedTests {
		t.Run(test.fact, func(t *testing.T) {
			t.Parallel()
			fact, _ := listingTest{fact: test.fact}.names()
			c := launching(t)
			asked := test.ask(t, &c, test.out)
			part := read(t, c, Request{Facts: withLaunchers(t, test.fact)})
			want := with(test.input, "Filters", filtered(test.filter, test.names...))
			if diff := cmp.Diff(want, asked.all[len(asked.all)-1], ignoreSDK); diff != "" {
				t.Errorf("input (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.names, sortedIDs(part, fact.Kind)); diff != "" {
				t.Errorf("resources (-want +got):\n%s", diff)
			}
			wantFact(t, factOf(t, part, fact.Kind, test.names[0], fact.Name), inventory.Known, "", test.value)
			wantFact(t, factOf(t, part, fact.Kind, test.names[1], fact.Name), test.absent, "", "")
			unseen := map[inventory.Status]string{inventory.NotFound: ours, inventory.NotVisible: ""}[test.absent]
			for i, want := range []string{test.owner, unseen} {
				if got := accountOf(part, fact.Kind, test.names[i]); got != want {
					t.Errorf("%s belongs to %q, want %q", test.names[i], got, want)
				}
			}
			if c := part.CoverageOf(fact.Kind, fact.Name); c.Status != inventory.Known || c.Narrowed != "" {
				t.Errorf("coverage is %+v", c)
			}
			keepsNoSecret(t, part, hidden)
		})
	}
}

func TestNamedThatAreRefused(t *testing.T) {
	t.Parallel()
	for _, test := range namedTests {
		t.Run(test.fact, func(t *testing.T) {
			t.Parallel()
			fact, _ := listingTest{fact: test.fact}.names()
			c := launching(t)
			test.ask(t, &c, refused("UnauthorizedOperation"))
			part := read(t, c, Request{Facts: withLaunchers(t, test.fact)})
			for _, name := range test.names {
				wantFact(t, factOf(t, part, fact.Kind, name, fact.Name), inventory.Denied, "UnauthorizedOperation", "")
			}
			if c := part.CoverageOf(fact.Kind, fact.Name); c.Missing != len(test.names) || c.Items != 0 {
				t.Errorf("coverage is %+v", c)
			}
		})
	}
}

// What was read before a listing broke off is known; of the rest, nobody knows whether it exists.
func TestNamedCutOff(t *testing.T) {
	t.Parallel()
	for _, test := range namedTests {
		if !test.token {
			continue
		}
		t.Run(test.fact, func(t *testing.T) {
			t.Parallel()
			fact, operation := listingTest{fact: test.fact}.names()
			c := launching(t)
			answers := []answer{onPage(test.out, next), refused("RequestLimitExceeded")}
			if operation == "DescribeSnapshots" {
				answers = append([]answer{&ec2.DescribeSnapshotsOutput{}}, answers...)
			}
			scripted(t, &c, operation, answers...)
			part := read(t, c, Request{Facts: withLaunchers(t, test.fact)})
			wantFact(t, factOf(t, part, fact.Kind, test.names[0], fact.Name), inventory.Known, "", test.value)
			wantFact(t, factOf(t, part, fact.Kind, test.names[1], fact.Name), inventory.Throttled, "RequestLimitExceeded", "")
		})
	}
}

// Where launchers could not be read, nobody knows what they name.
func TestNamedByLaunchersThatCannotBeRead(t *testing.T) {
	t.Parallel()
	for _, test := range namedTests {
		t.Run(test.fact, func(t *testing.T) {
			t.Parallel()
			fact, _ := listingTest{fact: test.fact}.names()
			c := launching(t)
			scripted(t, &c, "DescribeFleets", refused("UnauthorizedOperation"))
			test.ask(t, &c, test.out)
			part := read(t, c, Request{Facts: withLaunchers(t, test.fact)})
			got := part.CoverageOf(fact.Kind, fact.Name)
			if got.Status != inventory.Denied || got.Action != "ec2:DescribeFleets" {
				t.Errorf("coverage is %+v", got)
			}
		})
	}
}

func TestNamedInBatches(t *testing.T) {
	t.Parallel()
	var page []types.LaunchTemplateVersion
	for i := range 450 {
		v := version(fmt.Sprintf("lt-%d", i), 1, true, ami1)
		v.LaunchTemplateData.KeyName = aws.String(fmt.Sprintf("key-%03d", i))
		page = append(page, v)
	}
	c := noCalls(t)
	c.DescribeLaunchTemplateVersions = serveVersions(nil, page)
	asked := scripted(t, &c, "DescribeKeyPairs", &ec2.DescribeKeyPairsOutput{}, refused("InternalError"), &ec2.DescribeKeyPairsOutput{})
	part := read(t, c, Request{Facts: closure(t, "key_pair.key_pair", "launch_template.template_versions")})
	var sizes []int
	for _, in := range asked.all {
		sizes = append(sizes, len(in.(ec2.DescribeKeyPairsInput).Filters[0].Values))
	}
	if diff := cmp.Diff([]int{200, 200, 50}, sizes); diff != "" {
		t.Errorf("batches (-want +got):\n%s", diff)
	}
	if c := part.CoverageOf(inventory.KeyPair, "key_pair"); c.Items != 250 || c.Missing != 200 {
		t.Errorf("coverage is %+v", c)
	}
}

// An own snapshot that a launch names is none of another account.
func TestForeignSnapshotsAreNotOurs(t *testing.T) {
	t.Parallel()
	c := launching(t)
	scripted(t, &c, "DescribeSnapshots", &ec2.DescribeSnapshotsOutput{Snapshots: []types.Snapshot{
		snapshot("snap-configuration", ours), snapshot("snap-template", ours),
	}})
	part := read(t, c, Request{Facts: withLaunchers(t, "foreign_snapshot.snapshot")})
	if got := idsOf(part, inventory.ForeignSnapshot); len(got) != 0 {
		t.Errorf("foreign are %v", got)
	}
}
