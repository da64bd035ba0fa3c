package awsstub_test

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"slices"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/awsstub"
	"github.com/amiscan/amiscan/internal/inventory"
)

// manyImages are numbered from 0 in the order of their ids.
func manyImages(n int) []inventory.Part {
	var images []inventory.Resource
	for i := range n {
		images = append(images, ami(fmt.Sprintf("ami-%04d", i), nil))
	}
	return []inventory.Part{part(ours, ireland, images...)}
}

// pages reads a listing to its end and returns the size of each page, and all ids.
func pages(t *testing.T, client *ec2.Client, ask ec2.DescribeImagesInput) (sizes []int, ids []string) {
	t.Helper()
	for {
		got, err := client.DescribeImages(t.Context(), &ask)
		if err != nil {
			t.Fatal(err)
		}
		sizes, ids = append(sizes, len(got.Images)), append(ids, imageIDs(got.Images)...)
		if got.NextToken == nil {
			return sizes, ids
		}
		ask.NextToken = got.NextToken
	}
}

func TestPages(t *testing.T) {
	t.Parallel()
	empty := awsstub.EmptyPages("ec2:DescribeImages", 2)
	tests := []struct {
		name    string
		images  int
		size    *int32
		options []awsstub.Option
		want    []int
	}{
		{"all where none is asked for", 7, nil, nil, []int{7}},
		{"nothing at all", 0, ptr(int32(5)), nil, []int{0}},
		{"last page is smaller", 7, ptr(int32(3)), nil, []int{3, 3, 1}},
		{"last page is full", 6, ptr(int32(3)), nil, []int{3, 3}},
		{"largest size", 1001, ptr(int32(1000)), nil, []int{1000, 1}},
		{"smaller than asked for", 5, ptr(int32(1000)), []awsstub.Option{awsstub.PageSize(2)}, []int{2, 2, 1}},
		{"no larger than asked for", 5, ptr(int32(2)), []awsstub.Option{awsstub.PageSize(3)}, []int{2, 2, 1}},
		{"empty pages before each", 3, ptr(int32(2)), []awsstub.Option{empty}, []int{0, 0, 2, 0, 0, 1}},
		{"only empty pages", 0, nil, []awsstub.Option{empty}, []int{0, 0, 0}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, url := serve(t, manyImages(test.images), test.options...)
			sizes, ids := pages(t, ec2As(url, ourKey), ec2.DescribeImagesInput{MaxResults: test.size})
			if diff := cmp.Diff(test.want, sizes); diff != "" {
				t.Error(diff)
			}
			if len(ids) != test.images || test.images > 0 && ids[test.images-1] != fmt.Sprintf("ami-%04d", test.images-1) {
				t.Errorf("%d ids for %d images: %v", len(ids), test.images, ids)
			}
		})
	}
}

// TestTokenFitsOneRequest offers a token to every request but the one that it was made for.
func TestTokenFitsOneRequest(t *testing.T) {
	t.Parallel()
	_, url := serve(t, manyImages(4))
	size := ptr(int32(2))
	got, err := ec2As(url, ourKey).DescribeImages(t.Context(), &ec2.DescribeImagesInput{MaxResults: size})
	if err != nil {
		t.Fatal(err)
	}
	token := got.NextToken
	_, err = ec2As(url, theirKey).DescribeImages(t.Context(), &ec2.DescribeImagesInput{NextToken: token})
	wantError(t, err, "InvalidPaginationToken", 400)
	_, err = ec2As(url, ourKey).DescribeImages(t.Context(),
		&ec2.DescribeImagesInput{NextToken: token, Owners: []string{"self"}})
	wantError(t, err, "InvalidPaginationToken", 400)
	_, err = ec2As(url, ourKey).DescribeSnapshots(t.Context(), &ec2.DescribeSnapshotsInput{NextToken: token})
	wantError(t, err, "InvalidPaginationToken", 400)
	elsewhere := ec2.NewFromConfig(config(url, ourKey, "eu-north-1"))
	_, err = elsewhere.DescribeImages(t.Context(), &ec2.DescribeImagesInput{NextToken: token})
	wantError(t, err, "InvalidPaginationToken", 400)
	// A page of another size is the same listing.
	ask := &ec2.DescribeImagesInput{NextToken: token, MaxResults: ptr(int32(1))}
	got, err = ec2As(url, ourKey).DescribeImages(t.Context(), ask)
	if err != nil || len(got.Images) != 1 || *got.Images[0].ImageId != "ami-0002" {
		t.Errorf("got %v, %v", got, err)
	}
}

// TestForgedTokens changes what a token says behind its digest.
func TestForgedTokens(t *testing.T) {
	t.Parallel()
	_, url := serve(t, manyImages(4))
	client := ec2As(url, ourKey)
	got, err := client.DescribeImages(t.Context(), &ec2.DescribeImagesInput{MaxResults: ptr(int32(2))})
	if err != nil {
		t.Fatal(err)
	}
	token, err := base64.RawURLEncoding.DecodeString(*got.NextToken)
	if err != nil {
		t.Fatal(err)
	}
	head, ok := bytes.CutSuffix(token, []byte("2/0"))
	if !ok {
		t.Fatalf("the token %q does not end as expected", token)
	}
	for _, tail := range []string{"-1/0", "5/0", "2/-1", "2", "", "a/b", "99999999999999999999/0"} {
		forged := base64.RawURLEncoding.EncodeToString(append(slices.Clone(head), tail...))
		_, err := client.DescribeImages(t.Context(), &ec2.DescribeImagesInput{NextToken: &forged})
		wantError(t, err, "InvalidPaginationToken", 400)
	}
}

// TestTemplatesArePagedUnasked holds the one listing that AWS cuts without being asked to.
func TestTemplatesArePagedUnasked(t *testing.T) {
	t.Parallel()
	_, url := serve(t, []inventory.Part{part(ours, ireland, template("lt-a", "a", 201, 1, nil))})
	id := "lt-a"
	got, err := ec2As(url, ourKey).DescribeLaunchTemplateVersions(t.Context(),
		&ec2.DescribeLaunchTemplateVersionsInput{LaunchTemplateId: &id})
	if err != nil || len(got.LaunchTemplateVersions) != 200 || got.NextToken == nil {
		t.Errorf("got %d versions, token %v, %v", len(got.LaunchTemplateVersions), got.NextToken, err)
	}
}
