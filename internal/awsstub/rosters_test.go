package awsstub_test

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/awsstub"
	"github.com/amiscan/amiscan/internal/inventory"
)

// rosterCase is a listing as it goes over the wire: what all listings have in common is tried with every one of them.
type rosterCase struct {
	action, kind, fact string
	// idField is the field of an item that holds the resource's id; isList says that the fact is a list of items.
	idField string
	isList  bool
	// ask are the parameters that have to be there, apart from pages.
	ask string
	// smallest, largest and unpaged are the sizes of a page; without largest there are no pages.
	smallest, largest, unpaged int
}

func rosterCases() []rosterCase {
	references := "&IncludeAllResourceTypes=true&ImageId.1=0000&ImageId.2=0001&ImageId.3=0002"
	return []rosterCase{
		{"autoscaling:DescribeAutoScalingGroups", inventory.AutoScalingGroup, "group", "AutoScalingGroupName", false,
			"&IncludeInstances=false", 1, 100, 50},
		{"autoscaling:DescribeLaunchConfigurations", inventory.LaunchConfiguration, "launch_configuration",
			"LaunchConfigurationName", false, "", 1, 100, 50},
		{"ec2:DescribeFleets", inventory.EC2Fleet, "fleet", "FleetId", false, "", 1, 1000, 1000},
		{"ec2:DescribeSpotFleetRequests", inventory.SpotFleet, "spot_fleet", "SpotFleetRequestId", false, "", 1, 1000, 1000},
		{"ec2:DescribeInstanceImageMetadata", inventory.Instance, "instance_image", "InstanceId", false, "", 1, 1000, 1000},
		{"ec2:DescribeInstanceTypes", inventory.InstanceType, "instance_type", "InstanceType", false, "", 5, 100, 100},
		{"ec2:DescribeInstanceTypeOfferings", inventory.InstanceType, "offerings", "InstanceType", true,
			"&LocationType=availability-zone", 5, 1000, 1000},
		{"ec2:DescribeSecurityGroups", inventory.SecurityGroup, "security_group", "GroupId", false, "", 5, 1000, 0},
		{"ec2:DescribeSubnets", inventory.Subnet, "subnet", "SubnetId", false, "", 5, 1000, 0},
		{"ec2:DescribeKeyPairs", inventory.KeyPair, "key_pair", "KeyName", false, "", 0, 0, 0},
		{"ec2:ListImagesInRecycleBin", inventory.RecycledImage, "recycled_image", "ImageId", false, "", 1, 1000, 1000},
		{"ec2:ListSnapshotsInRecycleBin", inventory.RecycledSnapshot, "recycled_snapshot", "SnapshotId", false, "", 5, 1000, 1000},
		{"ec2:DescribeSnapshotTierStatus", inventory.Snapshot, "snapshot_tier", "SnapshotId", false, "", 1, 1000, 1000},
		{"ec2:DescribeLockedSnapshots", inventory.Snapshot, "snapshot_lock", "SnapshotId", false, "", 5, 1000, 1000},
		{"ec2:DescribeFastLaunchImages", inventory.AMI, "fast_launch", "ImageId", false, "", 1, 200, 200},
		{"ec2:DescribeImageReferences", inventory.AMI, "image_references", "ImageId", true,
			strings.ReplaceAll(references, "=0", "=ami-0"), 5, 1000, 1000},
		{"ec2:DescribeImageUsageReports", inventory.AMI, "usage_reports", "ImageId", true, "", 1, 1000, 1000},
		{"ec2:DescribeImageUsageReportEntries", inventory.AMI, "usage_report_entries", "ImageId", true, "", 1, 1000, 1000},
		{"ec2:DescribeStoreImageTasks", inventory.AMI, "store_tasks", "AmiId", true, "", 1, 200, 200},
		{"ec2:DescribeExportImageTasks", inventory.AMI, "export_tasks", "ImageId", true, "", 1, 500, 500},
	}
}

// id is the id of the nth resource.
func (c rosterCase) id(n int) string {
	prefix := map[string]string{"ImageId": "ami-", "AmiId": "ami-", "SnapshotId": "snap-"}[c.idField]
	return fmt.Sprintf("%s%04d", prefix, n)
}

// resource is the nth resource, with a little in its fact.
func (c rosterCase) resource(n int) inventory.Resource {
	item := doc{c.idField: c.id(n)}
	if c.fact == "offerings" {
		item["LocationType"] = "availability-zone"
	}
	var value any = item
	if c.isList {
		value = []doc{item}
	}
	return resource(c.kind, ours, ireland, c.id(n), c.fact, value)
}

func (c rosterCase) parts(n int) []inventory.Part {
	var all []inventory.Resource
	for i := range n {
		all = append(all, c.resource(n-1-i))
	}
	return []inventory.Part{part(ours, ireland, all...)}
}

// size is the parameter for the size of a page.
func (c rosterCase) size(n int) string {
	if strings.HasPrefix(c.action, "autoscaling:") {
		return fmt.Sprintf("&MaxRecords=%d", n)
	}
	return fmt.Sprintf("&MaxResults=%d", n)
}

// send asks with further parameters.
func (c rosterCase) send(t *testing.T, url, key, region, more string) (int, string) {
	t.Helper()
	service, action, _ := strings.Cut(c.action, ":")
	return send(t, "POST", url, signature(key, region, service), "", "Action="+action+c.ask+more)
}

// ids returns the ids on a page in their order.
func (c rosterCase) ids(body string) []string {
	var ids []string
	for _, match := range regexp.MustCompile(`>([a-z]*-?[0-9]{4})</`).FindAllStringSubmatch(body, -1) {
		ids = append(ids, match[1])
	}
	return ids
}

// want fails unless an answer has the status and holds the text.
func want(t *testing.T, status int, body string, wantStatus int, text string) {
	t.Helper()
	if status != wantStatus || !strings.Contains(body, text) {
		t.Errorf("got %d %.400s, want %d with %s", status, body, wantStatus, text)
	}
}

// perService returns what each protocol has a word of its own for.
func (c rosterCase) perService(ec2, scaling string) string {
	if strings.HasPrefix(c.action, "autoscaling:") {
		return scaling
	}
	return ec2
}

// eachRoster runs a test for every listing.
func eachRoster(t *testing.T, test func(*testing.T, rosterCase)) {
	t.Helper()
	for _, c := range rosterCases() {
		t.Run(c.action, func(t *testing.T) {
			t.Parallel()
			test(t, c)
		})
	}
}

func TestRostersArePaged(t *testing.T) {
	t.Parallel()
	eachRoster(t, func(t *testing.T, c rosterCase) {
		t.Helper()
		_, endpoint := serve(t, c.parts(3), awsstub.PageSize(2), awsstub.EmptyPages(c.action, 1))
		sizes, all := c.readAll(t, endpoint)
		if diff := cmp.Diff([]string{c.id(0), c.id(1), c.id(2)}, all); diff != "" {
			t.Error(diff)
		}
		wantSizes := []int{0, 2, 0, 1}
		if c.largest == 0 {
			wantSizes = []int{3}
		}
		if diff := cmp.Diff(wantSizes, sizes); diff != "" {
			t.Error(diff)
		}
	})
}

// readAll follows the tokens.
func (c rosterCase) readAll(t *testing.T, endpoint string) (sizes []int, all []string) {
	t.Helper()
	token := regexp.MustCompile("<" + c.perService("nextToken", "NextToken") + ">([^<]+)</")
	more := ""
	for {
		status, body := c.send(t, endpoint, ourKey, ireland, more)
		want(t, status, body, 200, "Response")
		ids := c.ids(body)
		sizes, all = append(sizes, len(ids)), append(all, ids...)
		next := token.FindStringSubmatch(body)
		if next == nil || len(sizes) > 9 {
			return sizes, all
		}
		more = "&NextToken=" + url.QueryEscape(next[1])
	}
}

func TestRostersBoundPages(t *testing.T) {
	t.Parallel()
	eachRoster(t, func(t *testing.T, c rosterCase) {
		t.Helper()
		_, endpoint := serve(t, c.parts(3))
		if c.largest == 0 {
			status, body := c.send(t, endpoint, ourKey, ireland, c.size(5))
			want(t, status, body, 400, "UnknownParameter")
			return
		}
		code := "<Code>" + c.perService("InvalidParameterValue", "ValidationError") + "</Code>"
		for _, size := range []int{c.smallest - 1, c.largest + 1} {
			status, body := c.send(t, endpoint, ourKey, ireland, c.size(size))
			want(t, status, body, 400, code)
		}
		for _, size := range []int{c.smallest, c.largest} {
			status, body := c.send(t, endpoint, ourKey, ireland, c.size(size))
			want(t, status, body, 200, "Response")
		}
		status, body := c.send(t, endpoint, ourKey, ireland, "&NextToken=AAAA")
		want(t, status, body, 400, "<Code>"+c.perService("InvalidPaginationToken", "InvalidNextToken")+"</Code>")
	})
}

// TestRostersArePagedUnasked holds the size of a page where nobody asks for one.
func TestRostersArePagedUnasked(t *testing.T) {
	t.Parallel()
	eachRoster(t, func(t *testing.T, c rosterCase) {
		t.Helper()
		if c.fact == "image_references" {
			return // no request can name so many images
		}
		there, size := c.unpaged+1, c.unpaged
		if c.unpaged == 0 {
			there, size = 1001, 1001
		}
		_, endpoint := serve(t, c.parts(there))
		status, body := c.send(t, endpoint, ourKey, ireland, "")
		want(t, status, body, 200, "Response")
		if got := len(c.ids(body)); got != size {
			t.Errorf("got %d items of %d, want %d", got, there, size)
		}
	})
}

func TestRostersRefuseUnknownParameters(t *testing.T) {
	t.Parallel()
	eachRoster(t, func(t *testing.T, c rosterCase) {
		t.Helper()
		_, endpoint := serve(t, c.parts(1))
		code := "<Code>" + c.perService("UnknownParameter", "ValidationError") + "</Code>"
		for _, more := range []string{"&Colour=red", "&Owner.1=self", "&NextTokens=a", "&VolumeId.1=vol-1"} {
			status, body := c.send(t, endpoint, ourKey, ireland, more)
			want(t, status, body, 400, code)
		}
		status, body := c.send(t, endpoint, ourKey, ireland, "&DryRun=true")
		want(t, status, body, map[string]int{"ec2": 412, "autoscaling": 400}[strings.Split(c.action, ":")[0]], "<Code>")
	})
}

// TestRostersDeny holds every way to be refused: in the inventory, by a fault, as a stranger and in another region.
func TestRostersDeny(t *testing.T) {
	t.Parallel()
	eachRoster(t, func(t *testing.T, c rosterCase) {
		t.Helper()
		denied := "<Code>" + c.perService("UnauthorizedOperation", "AccessDenied") + "</Code>"
		_, endpoint := serve(t, []inventory.Part{part(ours, ireland, c.resource(0), withStatus(c.resource(1), c.fact, inventory.Denied))})
		status, body := c.send(t, endpoint, ourKey, ireland, "")
		want(t, status, body, 403, denied)
		stub, endpoint := serve(t, c.parts(1), awsstub.Throttle(c.action, 1), awsstub.DisableRegion("eu-north-1"))
		status, body = c.send(t, endpoint, ourKey, ireland, "")
		want(t, status, body, map[string]int{"ec2": 503, "autoscaling": 400}[strings.Split(c.action, ":")[0]],
			"<Code>"+c.perService("RequestLimitExceeded", "Throttling")+"</Code>")
		stub.Apply(awsstub.Fail(c.action, awsstub.Fault{Status: 500, Code: "InternalError", Times: 1}))
		status, body = c.send(t, endpoint, ourKey, ireland, "")
		want(t, status, body, 500, "<Code>InternalError</Code>")
		status, body = c.send(t, endpoint, ourKey, "eu-north-1", "")
		want(t, status, body, map[string]int{"ec2": 401, "autoscaling": 403}[strings.Split(c.action, ":")[0]],
			"<Code>"+c.perService("AuthFailure", "InvalidClientTokenId")+"</Code>")
		status, body = c.send(t, endpoint, ourKey, ireland, "")
		want(t, status, body, 200, c.id(0))
		stub.Apply(awsstub.Deny(c.action))
		status, body = c.send(t, endpoint, ourKey, ireland, "")
		want(t, status, body, 403, denied)
	})
}

func TestRostersForgetTokens(t *testing.T) {
	t.Parallel()
	eachRoster(t, func(t *testing.T, c rosterCase) {
		t.Helper()
		if c.largest == 0 {
			return
		}
		_, endpoint := serve(t, c.parts(3), awsstub.PageSize(2), awsstub.ExpireToken(c.action, 1))
		_, first := c.send(t, endpoint, ourKey, ireland, "")
		token := regexp.MustCompile("oken>([^<]+)</").FindStringSubmatch(first)
		status, body := c.send(t, endpoint, ourKey, ireland, "&NextToken="+url.QueryEscape(token[1]))
		want(t, status, body, 400, "<Code>"+c.perService("InvalidPaginationToken", "InvalidNextToken")+"</Code>")
		status, body = c.send(t, endpoint, ourKey, ireland, "&NextToken="+url.QueryEscape(token[1]))
		want(t, status, body, 200, c.id(2))
	})
}

// TestRostersBelongToOneUnit asks as somebody else and elsewhere, and for what the part could not see.
func TestRostersBelongToOneUnit(t *testing.T) {
	t.Parallel()
	eachRoster(t, func(t *testing.T, c rosterCase) {
		t.Helper()
		_, endpoint := serve(t, []inventory.Part{part(ours, ireland, c.resource(0),
			withStatus(c.resource(1), c.fact, inventory.NotVisible), withStatus(c.resource(2), c.fact, inventory.NotFound))})
		for _, asked := range []struct {
			key, region string
			want        []string
		}{{ourKey, ireland, []string{c.id(0)}}, {theirKey, ireland, nil}, {ourKey, "eu-north-1", nil}} {
			status, body := c.send(t, endpoint, asked.key, asked.region, "")
			want(t, status, body, 200, "Response")
			if diff := cmp.Diff(asked.want, c.ids(body)); diff != "" {
				t.Errorf("%s in %s: %s", asked.key, asked.region, diff)
			}
		}
	})
}

// TestRostersRefuseFacts offers what could only be served wrongly.
func TestRostersRefuseFacts(t *testing.T) {
	t.Parallel()
	eachRoster(t, func(t *testing.T, c rosterCase) {
		t.Helper()
		var other, colour any = doc{c.idField: "ami-other"}, doc{"Colour": "red"}
		if c.isList {
			other, colour = []any{other}, []any{colour}
		}
		tests := []struct {
			want string
			r    inventory.Resource
		}{
			{c.idField, resource(c.kind, ours, ireland, c.id(0), c.fact, other)},
			{"Colour: no element name", resource(c.kind, ours, ireland, c.id(0), c.fact, colour)},
			{"unexpected string", resource(c.kind, ours, ireland, c.id(0), c.fact, "red")},
			{`the status "throttled" cannot be served`, withStatus(c.resource(0), c.fact, inventory.Throttled)},
		}
		for _, test := range tests {
			_, err := awsstub.New([]inventory.Part{part(ours, ireland, test.r)})
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %s", err, test.want)
			}
		}
		_, err := awsstub.New([]inventory.Part{part(ours, ireland, c.resource(0), c.resource(0))})
		if err == nil || !strings.Contains(err.Error(), "it is there twice") {
			t.Errorf("got %v", err)
		}
	})
}
