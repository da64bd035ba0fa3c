package awsstub_test

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/amiscan/amiscan/internal/awsstub"
	"github.com/amiscan/amiscan/internal/inventory"
)

// FuzzServe sends anything at all: every answer has to be whole, in the language that its header names.
func FuzzServe(f *testing.F) {
	parts := slices.Concat(imageWorld(), snapshotWorld(), parameterWorld(), launchWorld(), ourOrganizationParts())
	stub, err := awsstub.New(parts, keys(), awsstub.CountOnly())
	if err != nil {
		f.Fatal(err)
	}
	asEC2 := signature(ourKey, ireland, "ec2")
	f.Add(asEC2, "", "Action=DescribeImages&Owner.1=self&Filter.1.Name=name&Filter.1.Value.1=*a?%5C*&MaxResults=2")
	f.Add(asEC2, "", "Action=DescribeSnapshots&RestorableBy.1=all&NextToken=AAAAAAAAAAAAAAAAAAAAAAAAAAA")
	f.Add(asEC2, "", "Action=DescribeLaunchTemplateVersions&LaunchTemplateVersion.1=%24Latest&MinVersion=x")
	f.Add(asEC2, "", "Action=DescribeImageAttribute&ImageId=ami-%00&Attribute=launchPermission")
	f.Add(asEC2, "", "Action=DescribeInstanceTypes&InstanceType.1=%1b&MaxResults=5&Filter.1.Name=hypervisor&Filter.1.Value.1=*")
	f.Add(asEC2, "", "Action=DescribeImageReferences&ImageId.1=ami-private&ResourceType.2.ResourceType=%00&NextToken=AA")
	f.Add(asEC2, "", "Action=GetImageAncestry&ImageId=ami-private")
	f.Add(asEC2, "", "Action=GetAllowedImagesSettings&DryRun=true")
	f.Add(signature(ourKey, ireland, "autoscaling"), "", "Action=DescribeAutoScalingGroups&AutoScalingGroupNames.member.1=%3C&MaxRecords=1")
	f.Add(signature(ourKey, ireland, "iam"), "", "Action=GetInstanceProfile&InstanceProfileName=%3C%00")
	f.Add(signature(ourKey, ireland, "sts"), "", "Action=GetCallerIdentity&Version=2011-06-15")
	f.Add(signature(ourKey, ireland, "sts"), "", "Action=AssumeRole&RoleArn=arn%3Aaws%3Aiam%3A%3A111122223333%3Arole%2F%3C&RoleSessionName=ab")
	f.Add(signature(ourKey, ireland, "organizations"), "AWSOrganizationsV20161128.ListAccountsForParent", `{"ParentId":"r-ab12","MaxResults":1}`)
	f.Add(signature(ourKey, ireland, "ssm"), "AmazonSSM.GetParameters", `{"Names":["c",1,null,{"a":[]}]}`)
	f.Add(signature("", "", "kms"), "TrentService.DescribeKey", `{"KeyId":"\u001b"}`)
	f.Fuzz(func(t *testing.T, authorization, target, body string) {
		r := httptest.NewRequest("POST", "/", strings.NewReader(body))
		r.Header["Authorization"], r.Header["X-Amz-Target"] = []string{authorization}, []string{target}
		w := httptest.NewRecorder()
		stub.ServeHTTP(w, r)
		checkWhole(t, w.Header().Get("Content-Type"), w.Body.Bytes())
	})
}

// FuzzDocument serves any document: New refuses it, or the answer is whole.
func FuzzDocument(f *testing.F) {
	f.Add(`{"Name":"a\u009b<b>\ud800","Tags":[{"Key":"k","Value":""}],"BlockDeviceMappings":[{"Ebs":{"Iops":1e3}}]}`)
	f.Add(`{"ScanResults":{"FindingScanDate":"2026-01-01T00:00:00Z"},"Public":true,"State":"disabled"}`)
	f.Add(`[]`)
	f.Fuzz(func(t *testing.T, document string) {
		r := resource(inventory.AMI, ours, ireland, imageID)
		r.Facts["image"] = inventory.Fact{Status: inventory.Known, Value: json.RawMessage(document)}
		stub, err := awsstub.New([]inventory.Part{part(ours, ireland, r)})
		if err != nil {
			return
		}
		request := httptest.NewRequest("POST", "/", strings.NewReader("Action=DescribeImages&IncludeDisabled=true"))
		request.Header.Set("Authorization", signature(ourKey, ireland, "ec2"))
		w := httptest.NewRecorder()
		stub.ServeHTTP(w, request)
		if w.Code != 200 || !strings.Contains(w.Body.String(), "<item>") {
			t.Errorf("got %d %s", w.Code, w.Body)
		}
		checkWhole(t, w.Header().Get("Content-Type"), w.Body.Bytes())
	})
}

// checkWhole fails unless an answer can be read to its end.
func checkWhole(t *testing.T, contentType string, body []byte) {
	t.Helper()
	if strings.Contains(contentType, "json") {
		if !json.Valid(body) {
			t.Errorf("not JSON: %q", body)
		}
		return
	}
	decoder := xml.NewDecoder(strings.NewReader(string(body)))
	for {
		_, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("not XML: %v: %q", err, body)
		}
	}
}
