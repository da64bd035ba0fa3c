package collect

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/amiscan/amiscan/internal/inventory"
)

const (
	snap1 = "snap-1"
	snap2 = "snap-2"
)

// overlayTest is a fact that one listing answers for those images or snapshots that have it: the first page holds one of
// somebody else's, the second two of ami1 or one of snap-1.
type overlayTest struct {
	listingTest
	id string
	// other is a resource that is in no page.
	other string
}

var overlayTests = []overlayTest{
	{listingTest{
		"ami.usage_reports", ec2.DescribeImageUsageReportsInput{MaxResults: thousand}, [2]answer{
			&ec2.DescribeImageUsageReportsOutput{ImageUsageReports: []types.ImageUsageReport{{ImageId: aws.String(ami3)}}, NextToken: next},
			&ec2.DescribeImageUsageReportsOutput{ImageUsageReports: []types.ImageUsageReport{
				{ImageId: aws.String(ami1), ReportId: one}, {ImageId: aws.String(ami1), ReportId: two},
			}},
		}, `[{"ImageId":"ami-00000001","ReportId":"one"},{"ImageId":"ami-00000001","ReportId":"two"}]`,
	}, ami1, ami2},
	{listingTest{
		"ami.usage_report_entries", ec2.DescribeImageUsageReportEntriesInput{MaxResults: thousand}, [2]answer{
			&ec2.DescribeImageUsageReportEntriesOutput{
				ImageUsageReportEntries: []types.ImageUsageReportEntry{{ImageId: aws.String(ami3)}}, NextToken: next,
			},
			&ec2.DescribeImageUsageReportEntriesOutput{ImageUsageReportEntries: []types.ImageUsageReportEntry{
				{ImageId: aws.String(ami1), AccountId: aws.String(theirs), UsageCount: aws.Int64(2)},
			}},
		}, `[{"ImageId":"ami-00000001","AccountId":"999900001111","UsageCount":2}]`,
	}, ami1, ami2},
	{listingTest{
		"ami.store_tasks", ec2.DescribeStoreImageTasksInput{MaxResults: aws.Int32(200)}, [2]answer{
			&ec2.DescribeStoreImageTasksOutput{StoreImageTaskResults: []types.StoreImageTaskResult{{AmiId: aws.String(ami3)}}, NextToken: next},
			&ec2.DescribeStoreImageTasksOutput{StoreImageTaskResults: []types.StoreImageTaskResult{
				{AmiId: aws.String(ami1), Bucket: one}, {AmiId: aws.String(ami1), Bucket: two},
			}},
		}, `[{"AmiId":"ami-00000001","Bucket":"one"},{"AmiId":"ami-00000001","Bucket":"two"}]`,
	}, ami1, ami2},
	{listingTest{
		"ami.export_tasks", ec2.DescribeExportImageTasksInput{MaxResults: aws.Int32(500)}, [2]answer{
			&ec2.DescribeExportImageTasksOutput{ExportImageTasks: []types.ExportImageTask{{ImageId: aws.String(ami3)}}, NextToken: next},
			&ec2.DescribeExportImageTasksOutput{ExportImageTasks: []types.ExportImageTask{
				{ImageId: aws.String(ami1), S3ExportLocation: &types.ExportTaskS3Location{S3Bucket: one}},
			}},
		}, `[{"ImageId":"ami-00000001","S3ExportLocation":{"S3Bucket":"one"}}]`,
	}, ami1, ami2},
	{listingTest{
		"ami.fast_launch", ec2.DescribeFastLaunchImagesInput{MaxResults: aws.Int32(200)}, [2]answer{
			&ec2.DescribeFastLaunchImagesOutput{
				FastLaunchImages: []types.DescribeFastLaunchImagesSuccessItem{{ImageId: aws.String(ami3)}}, NextToken: next,
			},
			&ec2.DescribeFastLaunchImagesOutput{FastLaunchImages: []types.DescribeFastLaunchImagesSuccessItem{
				{ImageId: aws.String(ami1), MaxParallelLaunches: aws.Int32(6)},
			}},
		}, `{"ImageId":"ami-00000001","MaxParallelLaunches":6}`,
	}, ami1, ami2},
	{listingTest{
		"snapshot.snapshot_tier", ec2.DescribeSnapshotTierStatusInput{MaxResults: thousand}, [2]answer{
			&ec2.DescribeSnapshotTierStatusOutput{
				SnapshotTierStatuses: []types.SnapshotTierStatus{{SnapshotId: aws.String("snap-9")}}, NextToken: next,
			},
			&ec2.DescribeSnapshotTierStatusOutput{SnapshotTierStatuses: []types.SnapshotTierStatus{
				{SnapshotId: aws.String(snap1), StorageTier: types.StorageTierArchive},
			}},
		}, `{"SnapshotId":"snap-1","StorageTier":"archive"}`,
	}, snap1, snap2},
	{listingTest{
		"snapshot.snapshot_lock", ec2.DescribeLockedSnapshotsInput{MaxResults: thousand}, [2]answer{
			&ec2.DescribeLockedSnapshotsOutput{Snapshots: []types.LockedSnapshotsInfo{{SnapshotId: aws.String("snap-9")}}, NextToken: next},
			&ec2.DescribeLockedSnapshotsOutput{Snapshots: []types.LockedSnapshotsInfo{
				{SnapshotId: aws.String(snap1), LockState: types.LockStateGovernance},
			}},
		}, `{"SnapshotId":"snap-1","LockState":"governance"}`,
	}, snap1, snap2},
}

// withTwo lists two own images and two own snapshots.
func withTwo(t *testing.T) clients {
	t.Helper()
	c := noCalls(t)
	c.DescribeImages = serveImages(image(ami1, ours), image(ami2, ours))
	c.DescribeSnapshots = serveSnapshots(snapshot(snap1, ours), snapshot(snap2, ours))
	return c
}

// Who is not in a whole listing has none; nobody is made up of what the listing holds of others.
func TestOverlays(t *testing.T) {
	t.Parallel()
	for _, test := range overlayTests {
		t.Run(test.fact, func(t *testing.T) {
			t.Parallel()
			fact, operation := test.names()
			c := withTwo(t)
			asked := scripted(t, &c, operation, test.pages[0], test.pages[1])
			part := read(t, c, Request{Facts: closure(t, test.fact)})
			asked.are(t, test.input, with(test.input, "NextToken", next))
			wantFact(t, factOf(t, part, fact.Kind, test.id, fact.Name), inventory.Known, "", test.value)
			wantFact(t, factOf(t, part, fact.Kind, test.other, fact.Name), inventory.NotFound, "", "")
			if got := len(idsOf(part, fact.Kind)); got != 2 {
				t.Errorf("%d resources", got)
			}
			if c := part.CoverageOf(fact.Kind, fact.Name); c.Status != inventory.Known || c.Items != 2 || c.Missing != 0 {
				t.Errorf("coverage is %+v", c)
			}
		})
	}
}

// The page that is missing may hold any of them: nothing is known, and nothing is not found.
func TestOverlaysCutOff(t *testing.T) {
	t.Parallel()
	for _, test := range overlayTests {
		t.Run(test.fact, func(t *testing.T) {
			t.Parallel()
			fact, operation := test.names()
			c := withTwo(t)
			// The page with what is there comes first: half of it is half.
			scripted(t, &c, operation, onPage(test.pages[1], next), refused("UnauthorizedOperation"))
			part := read(t, c, Request{Facts: closure(t, test.fact)})
			for _, id := range []string{test.id, test.other} {
				wantFact(t, factOf(t, part, fact.Kind, id, fact.Name), inventory.Denied, "UnauthorizedOperation", "")
			}
			if c := part.CoverageOf(fact.Kind, fact.Name); c.Status != inventory.Denied || c.Missing != 2 {
				t.Errorf("coverage is %+v", c)
			}
		})
	}
}
