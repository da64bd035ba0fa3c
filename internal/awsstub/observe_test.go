package awsstub_test

import (
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/awsstub"
)

func TestObservation(t *testing.T) {
	t.Parallel()
	stub, url := serve(t, manyImages(1), awsstub.Throttle(describeImages, 1))
	client := ec2As(url, ourKey)
	ask := &ec2.DescribeImagesInput{Owners: []string{"self"}, MaxResults: ptr(int32(5))}
	for range 2 {
		_, _ = client.DescribeImages(t.Context(), ask) // throttled first
	}
	_, _ = send(t, "POST", url, signature("AKIANOBODY", "us-east-1", "kms"), "TrentService.DisableKey", `{"KeyId":"k"}`)

	image := awsstub.Request{Service: "ec2", Region: ireland, Action: "DescribeImages", Account: ours,
		Parameters: map[string]string{"Owner.1": "self", "MaxResults": "5"}}
	disable := awsstub.Request{Service: "kms", Region: "us-east-1", Action: "DisableKey",
		Parameters: map[string]string{"KeyId": "k"}}
	if diff := cmp.Diff([]awsstub.Request{image, image, disable}, stub.Requests()); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(map[string]int{describeImages: 2, "kms:DisableKey": 1}, stub.Calls()); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]awsstub.Request{disable}, stub.Writes()); diff != "" {
		t.Error(diff)
	}
}

func TestCountOnly(t *testing.T) {
	t.Parallel()
	stub, url := serve(t, manyImages(1), awsstub.CountOnly())
	_, err := ec2As(url, ourKey).DescribeImages(t.Context(), &ec2.DescribeImagesInput{})
	if err != nil || len(stub.Requests()) != 0 || stub.Calls()[describeImages] != 1 {
		t.Errorf("got %v, %v, %v", err, stub.Requests(), stub.Calls())
	}
}

// TestLatency holds the delay by its lower bound alone; no machine is too slow for that.
func TestLatency(t *testing.T) {
	t.Parallel()
	const delay = 50 * time.Millisecond
	_, url := serve(t, manyImages(1), awsstub.Latency(delay))
	begin := time.Now()
	if _, err := ec2As(url, ourKey).DescribeImages(t.Context(), &ec2.DescribeImagesInput{}); err != nil {
		t.Fatal(err)
	}
	if took := time.Since(begin); took < delay {
		t.Errorf("answered after %v, want at least %v", took, delay)
	}
}
