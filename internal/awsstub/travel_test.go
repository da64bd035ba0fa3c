package awsstub_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/awsstub"
	"github.com/amiscan/amiscan/internal/inventory"
)

// TestBrokenConnections lets the SDK meet connections that end too early.
func TestBrokenConnections(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		fault awsstub.Fault
		want  error
	}{
		{"reset", awsstub.Fault{Reset: true}, syscall.ECONNRESET},
		{"cut", awsstub.Fault{Cut: true}, io.ErrUnexpectedEOF},
		{"an error that is cut", awsstub.Fault{Cut: true, Throttle: true}, io.ErrUnexpectedEOF},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, url := serve(t, manyImages(1), awsstub.Fail(describeImages, test.fault))
			_, err := ec2As(url, ourKey).DescribeImages(t.Context(), &ec2.DescribeImagesInput{})
			if !errors.Is(err, test.want) {
				t.Errorf("got %v, want %v", err, test.want)
			}
		})
	}
}

// half asks for all images and returns what arrives, how much was announced and the error at its end.
func half(ctx context.Context, t *testing.T, url string, look func(io.Reader)) (announced int64, err error) {
	t.Helper()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, url, strings.NewReader("Action=DescribeImages"))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", signature(ourKey, ireland, "ec2"))
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	look(response.Body)
	_, err = io.Copy(io.Discard, response.Body)
	return response.ContentLength, err
}

// TestHalfAnAnswer holds that the whole is announced and exactly half of it comes, before the connection ends or stalls.
func TestHalfAnAnswer(t *testing.T) {
	t.Parallel()
	_, whole := serve(t, manyImages(1))
	_, all := send(t, "POST", whole, signature(ourKey, ireland, "ec2"), "", "Action=DescribeImages")
	tests := []struct {
		name  string
		fault awsstub.Fault
		want  error
	}{
		{"cut", awsstub.Fault{Cut: true}, io.ErrUnexpectedEOF},
		{"stall", awsstub.Fault{Stall: true}, context.Canceled},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, url := serve(t, manyImages(1), awsstub.Fail(describeImages, test.fault))
			ctx, leave := context.WithCancel(t.Context())
			first := make([]byte, len(all)/2)
			announced, err := half(ctx, t, url, func(body io.Reader) {
				if _, err := io.ReadFull(body, first); err != nil {
					t.Errorf("read the first half: %v", err)
				}
				if test.fault.Stall {
					leave() // nothing else ends it
				}
			})
			leave()
			if announced != int64(len(all)) || !errors.Is(err, test.want) || string(first) != all[:len(first)] {
				t.Errorf("got %d bytes announced, %v, %q; want %d, %v", announced, err, first, len(all), test.want)
			}
		})
	}
}

// TestStopEndsStalls holds that a stub with callers that wait can be stopped.
func TestStopEndsStalls(t *testing.T) {
	t.Parallel()
	stub, err := awsstub.New(manyImages(1), keys(), awsstub.Fail(describeImages, awsstub.Fault{Stall: true}))
	if err != nil {
		t.Fatal(err)
	}
	url, stop, err := stub.Start()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := half(t.Context(), t, url, func(io.Reader) { stop() }); err == nil {
		t.Error("the answer has an end")
	}
}

// TestDelay holds the delay by its lower bound, and that a caller who leaves need not wait for it.
func TestDelay(t *testing.T) {
	t.Parallel()
	const delay = 50 * time.Millisecond
	_, url := serve(t, manyImages(1), awsstub.Fail(describeImages, awsstub.Fault{Delay: delay, Times: 1}),
		awsstub.Fail(describeImages, awsstub.Fault{Delay: delay, Deny: true, Times: 1}),
		awsstub.Fail(describeImages, awsstub.Fault{Delay: 24 * time.Hour}))
	client := ec2As(url, ourKey)
	begin := time.Now()
	got, err := client.DescribeImages(t.Context(), &ec2.DescribeImagesInput{})
	if took := time.Since(begin); err != nil || len(got.Images) != 1 || took < delay {
		t.Errorf("answered %v, %v after %v, want at least %v", got, err, took, delay)
	}
	_, err = client.DescribeImages(t.Context(), &ec2.DescribeImagesInput{})
	wantError(t, err, "UnauthorizedOperation", 403)
	if took := time.Since(begin); took < 2*delay {
		t.Errorf("denied after %v, want at least %v", took, 2*delay)
	}
	hurried, leave := context.WithTimeout(t.Context(), delay)
	defer leave()
	if _, err := client.DescribeImages(hurried, &ec2.DescribeImagesInput{}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
}

// TestFaultOnOnePage lets one page of a listing fail once: the same page can be asked for again.
func TestFaultOnOnePage(t *testing.T) {
	t.Parallel()
	_, url := serve(t, manyImages(5), awsstub.Fail(describeImages, awsstub.Fault{Throttle: true, Page: 3, Times: 1}))
	client := ec2As(url, ourKey)
	ask := ec2.DescribeImagesInput{MaxResults: ptr(int32(2))}
	for page, want := range []string{"", "", "RequestLimitExceeded", ""} {
		got, err := client.DescribeImages(t.Context(), &ask)
		if code, _ := codeOf(err); code != want {
			t.Errorf("call %d: got %q, want %q", page+1, code, want)
		}
		if err == nil {
			ask.NextToken = got.NextToken
		}
	}
}

// TestFaultOnFirstPage holds that the first page of every listing is hit, and no further one.
func TestFaultOnFirstPage(t *testing.T) {
	t.Parallel()
	key := ourKeyWith("grants", grantDocs(2))
	_, url := serve(t, []inventory.Part{part(ours, ireland, key)},
		awsstub.Fail("kms:ListGrants", awsstub.Fault{Deny: true, Page: 1, Times: 2}))
	ask := kms.ListGrantsInput{KeyId: &key.ID, Limit: ptr(int32(1))}
	for call, want := range []string{"AccessDeniedException", "AccessDeniedException", ""} {
		got, err := kmsAs(url, ourKey).ListGrants(t.Context(), &ask)
		if code, _ := codeOf(err); code != want {
			t.Errorf("call %d: got %q, want %q", call+1, code, want)
		}
		if err == nil && got.NextMarker == nil {
			t.Error("there is no further page")
		}
	}
}

// TestFaultOnNthCall counts the calls that have no pages, those alone that the fault is limited to.
func TestFaultOnNthCall(t *testing.T) {
	t.Parallel()
	_, url := serve(t, []inventory.Part{part(ours, ireland, ami("ami-a", nil), ami("ami-b", nil))},
		awsstub.Fail("ec2:DescribeImageAttribute", awsstub.Fault{Deny: true, Page: 2, ForID: "ami-b"}))
	var got []string
	for range 3 {
		for _, image := range []string{"ami-a", "ami-b"} {
			_, err := ec2As(url, ourKey).DescribeImageAttribute(t.Context(), &ec2.DescribeImageAttributeInput{
				ImageId: &image, Attribute: types.ImageAttributeNameLaunchPermission})
			code, _ := codeOf(err)
			got = append(got, code)
		}
	}
	if diff := cmp.Diff([]string{"", "", "", "UnauthorizedOperation", "", ""}, got); diff != "" {
		t.Error(diff)
	}
}

// TestStorm holds that a storm begins and ends, over all actions of a service alike.
func TestStorm(t *testing.T) {
	t.Parallel()
	tests := []struct {
		fault awsstub.Fault
		want  string
	}{
		{awsstub.Fault{Throttle: true, FromCall: 3}, "..ttt"},
		{awsstub.Fault{Throttle: true, ToCall: 2}, "tt..."},
		{awsstub.Fault{Throttle: true, FromCall: 2, ToCall: 4}, ".ttt."},
		{awsstub.Fault{Throttle: true, FromCall: 2, ToCall: 4, Times: 1}, ".t..."},
	}
	for _, test := range tests {
		t.Run(fmt.Sprintf("from %d to %d, %d times", test.fault.FromCall, test.fault.ToCall, test.fault.Times), func(t *testing.T) {
			t.Parallel()
			_, url := serve(t, manyImages(1), awsstub.Fail("ec2:*", test.fault))
			client, got := ec2As(url, ourKey), ""
			for call := range test.want {
				got += throttled(t, client, call%2 == 0)
			}
			if got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

// throttled makes one of two calls and returns a t where it came too fast, a dot where it was answered.
func throttled(t *testing.T, client *ec2.Client, first bool) string {
	t.Helper()
	var err error
	if first {
		_, err = client.DescribeImages(t.Context(), &ec2.DescribeImagesInput{})
	} else {
		_, err = client.DescribeRegions(t.Context(), &ec2.DescribeRegionsInput{})
	}
	if code, _ := codeOf(err); code == "RequestLimitExceeded" {
		return "t"
	}
	if err != nil {
		t.Error(err)
	}
	return "."
}
