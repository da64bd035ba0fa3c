package awsstub_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/awsstub"
	"github.com/amiscan/amiscan/internal/inventory"
)

// historyWorld has images with what is asked of each of them alone.
func historyWorld() []inventory.Part {
	findings := []doc{{"Title": "1"}, {"Title": "2"}, {"Title": "3"}}
	references := []doc{{"ImageId": "ami-full", "ResourceType": "ec2:Instance", "Arn": "arn-1"},
		{"ImageId": "ami-full", "ResourceType": "ssm:Parameter", "Arn": "arn-2"}}
	stores := []doc{{"AmiId": "ami-full", "Bucket": "a", "StoreTaskState": "Completed"}}
	denied := ami("ami-denied", nil)
	for _, fact := range []string{"ancestry", "image_findings", "image_references"} {
		denied = deniedFact(denied, fact)
	}
	return []inventory.Part{
		part(ours, ireland, denied, ami("ami-bare", doc{"SourceImageId": "ami-base", "SourceImageRegion": "eu-north-1"}),
			ami("ami-full", nil, "ancestry", []doc{{"ImageId": "ami-full"}, {"ImageId": "ami-base"}},
				"image_findings", findings, "image_references", references, "store_tasks", stores)),
		part(theirs, ireland, resource(inventory.AMI, theirs, ireland, "ami-t", "image", doc{"ImageId": "ami-t", "OwnerId": theirs})),
	}
}

func TestImageHistory(t *testing.T) {
	t.Parallel()
	_, url := serve(t, historyWorld())
	const all = "DescribeImageReferences&IncludeAllResourceTypes=true"
	tests := []struct {
		ask    string
		status int
		want   string
	}{
		{"GetImageAncestry&ImageId=ami-full", 200, "<item><imageId>ami-full</imageId></item><item><imageId>ami-base</imageId></item>"},
		{"GetImageAncestry&ImageId=ami-bare", 200, "<imageAncestryEntrySet><item><imageId>ami-bare</imageId><sourceImageId>ami-base" +
			"</sourceImageId><sourceImageRegion>eu-north-1</sourceImageRegion></item></imageAncestryEntrySet></GetImageAncestryResponse>"},
		{"GetImageAncestry&ImageId=ami-denied", 403, "UnauthorizedOperation"},
		{"GetImageAncestry&ImageId=ami-none", 400, "InvalidAMIID.NotFound"},
		{"GetImageAncestry&ImageId=ami-t", 400, "InvalidAMIID.NotFound"},
		{"GetImageAncestry&ImageId=none", 400, "InvalidAMIID.Malformed"},
		{"GetImageAncestry", 400, "MissingParameter"},
		{"GetImageAncestry&ImageId=ami-full&MaxResults=5", 400, "UnknownParameter"},
		{"GetImageFindings&ImageId=ami-bare", 200, "<imageFindingSet></imageFindingSet></GetImageFindingsResponse>"},
		{"GetImageFindings&ImageId=ami-full&MaxResults=2", 200, "<title>2</title></item></imageFindingSet><nextToken>"},
		{"GetImageFindings&ImageId=ami-denied", 403, "UnauthorizedOperation"},
		{"GetImageFindings&ImageId=ami-t", 400, "InvalidAMIID.NotFound"},
		{"GetImageFindings&ImageId=ami-full&MaxResults=1001", 400, "InvalidParameterValue"},
		{"GetImageFindings&ImageId=ami-full&ImageId.1=ami-full", 400, "UnknownParameter"},
		{all + "&ImageId.1=ami-full", 200, "<arn>arn-1</arn>"},
		{all + "&ImageId.1=ami-full&ImageId.2=ami-denied", 403, "UnauthorizedOperation"},
		{all, 400, "MissingParameter"},
		{all + numbered(strings.Repeat("&ImageId.#=ami-x", 11)), 400, "InvalidParameterValue"},
		{"DescribeImageReferences&ImageId.1=ami-full", 400, "MissingParameter"},
		{"DescribeImageReferences&ImageId.1=ami-full&ResourceType.1.ResourceType=ssm:Parameter", 200,
			"<imageReferenceSet><item><arn>arn-2</arn>"},
		{"DescribeStoreImageTasks&ImageId.1=ami-full&MaxResults=5", 400, "InvalidParameterCombination"},
		{"DescribeStoreImageTasks&ImageId.1=ami-full&Filter.1.Name=bucket&Filter.1.Value.1=b", 200, "<bucket>a</bucket>"},
		{"DescribeStoreImageTasks&Filter.1.Name=bucket&Filter.1.Value.1=b", 200, "<storeImageTaskResultSet></storeImageTaskResultSet>"},
	}
	for _, test := range tests {
		t.Run(test.ask, func(t *testing.T) {
			t.Parallel()
			status, body := send(t, "POST", url, signature(ourKey, ireland, "ec2"), "", "Action="+test.ask)
			want(t, status, body, test.status, test.want)
		})
	}
}

// TestFindingsArePaged reads the findings of one image to their end, over empty pages.
func TestFindingsArePaged(t *testing.T) {
	t.Parallel()
	_, url := serve(t, historyWorld(), awsstub.PageSize(2), awsstub.EmptyPages("ec2:GetImageFindings", 1))
	var titles []string
	more := ""
	for range 4 {
		_, body := send(t, "POST", url, signature(ourKey, ireland, "ec2"), "", "Action=GetImageFindings&ImageId=ami-full"+more)
		titles = append(titles, elements(body, "title"))
		more = "&NextToken=" + elements(body, "nextToken")
	}
	if diff := cmp.Diff([]string{"", "1 2", "", "3"}, titles); diff != "" || more != "&NextToken=" {
		t.Errorf("%s, %q", diff, more)
	}
}
