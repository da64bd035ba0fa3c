package awsstub_test

import (
	"sync/atomic"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dlm"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	ststypes "github.com/aws/aws-sdk-go-v2/service/sts/types"
	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/awsstub"
)

// askRegions asks what every caller may ask.
func askRegions(t *testing.T, url string, c *ststypes.Credentials) error {
	t.Helper()
	_, err := ec2.NewFromConfig(asSession(url, c)).DescribeRegions(t.Context(), &ec2.DescribeRegionsInput{})
	return err
}

// TestSessionNeedsItsToken tries the key of a session with everything but its token.
func TestSessionNeedsItsToken(t *testing.T) {
	t.Parallel()
	stub, url := serve(t, twoAccounts())
	mine := assume(t, url, nil).Credentials
	other := assume(t, url, nil).Credentials
	for name, token := range map[string]*string{"none": nil, "another session's": other.SessionToken, "wrong": ptr("x")} {
		c := *mine
		c.SessionToken = token
		err := askRegions(t, url, &c)
		if code, status := codeOf(err); code != "AuthFailure" || status != 401 {
			t.Errorf("%s: got %v", name, err)
		}
	}
	for _, r := range stub.Requests()[2:] {
		if r.Account != "" || r.Session != "" {
			t.Errorf("a stranger was taken for %+v", r)
		}
	}
	if err := askRegions(t, url, mine); err != nil {
		t.Error(err)
	}
}

// TestStrangeTemporaryKey holds that without Credentials a key of no session acts as nobody, while any other key does.
func TestStrangeTemporaryKey(t *testing.T) {
	t.Parallel()
	stub, err := awsstub.New(twoAccounts())
	if err != nil {
		t.Fatal(err)
	}
	url, stop, err := stub.Start()
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	_, err = ec2As(url, "ASIASTRANGE").DescribeRegions(t.Context(), &ec2.DescribeRegionsInput{})
	wantError(t, err, "AuthFailure", 401)
	if err := askRegions(t, url, assume(t, url, nil).Credentials); err != nil {
		t.Error(err)
	}
}

// TestSessionsDiffer holds that each session has credentials of its own, and that equal runs have equal ones.
func TestSessionsDiffer(t *testing.T) {
	t.Parallel()
	clock := awsstub.SessionClock(today)
	run := func() (all []ststypes.Credentials) {
		_, url := serve(t, twoAccounts(), clock)
		for _, name := range []string{"first", "first", "second"} {
			got := assume(t, url, func(ask *sts.AssumeRoleInput) { ask.RoleSessionName = &name })
			all = append(all, *got.Credentials)
		}
		return all
	}
	one, other := run(), run()
	if diff := cmp.Diff(one, other, ignoreMarker()); diff != "" {
		t.Error(diff)
	}
	seen := map[string]bool{}
	for _, c := range one {
		seen[*c.AccessKeyId], seen[*c.SecretAccessKey], seen[*c.SessionToken] = true, true, true
		if len(*c.AccessKeyId) != 20 || len(*c.SecretAccessKey) != 40 || !c.Expiration.Equal(today().Add(time.Hour)) {
			t.Errorf("got %q, %q, %v", *c.AccessKeyId, *c.SecretAccessKey, c.Expiration)
		}
	}
	if len(seen) != 9 {
		t.Errorf("credentials repeat: %v", seen)
	}
}

// TestSessionExpiresByTheClock moves the clock over the end of a session.
func TestSessionExpiresByTheClock(t *testing.T) {
	t.Parallel()
	var passed atomic.Int64
	_, url := serve(t, twoAccounts(), awsstub.SessionClock(func() time.Time { return today().Add(time.Duration(passed.Load())) }))
	session := assume(t, url, func(ask *sts.AssumeRoleInput) { ask.DurationSeconds = ptr(int32(900)) }).Credentials
	passed.Store(int64(15*time.Minute - time.Second))
	if err := askRegions(t, url, session); err != nil {
		t.Error(err)
	}
	passed.Store(int64(15 * time.Minute))
	wantError(t, askRegions(t, url, session), "RequestExpired", 400)
}

// TestSessionExpiresAfterRequests counts requests, each session's for itself.
func TestSessionExpiresAfterRequests(t *testing.T) {
	t.Parallel()
	_, url := serve(t, twoAccounts(), awsstub.ExpireSessionsAfter(2))
	for range 2 {
		session := assume(t, url, nil).Credentials
		for i, want := range []string{"", "", "RequestExpired", "RequestExpired"} {
			if code, _ := codeOf(askRegions(t, url, session)); code != want {
				t.Errorf("request %d: got %q, want %q", i+1, code, want)
			}
		}
	}
	if _, err := ec2As(url, ourKey).DescribeRegions(t.Context(), &ec2.DescribeRegionsInput{}); err != nil {
		t.Errorf("a user's key has expired: %v", err)
	}
}

// TestExpiredSession asks every protocol, each of which has its own word for it, until a new session begins.
func TestExpiredSession(t *testing.T) {
	t.Parallel()
	stub, url := serve(t, twoAccounts())
	old := assume(t, url, nil).Credentials
	stub.Apply(awsstub.ExpireSessions())
	c := asSession(url, old)
	tests := []struct {
		service, code string
		status        int
		ask           func(aws.Config) error
	}{
		{"ec2", "RequestExpired", 400, func(c aws.Config) error {
			_, err := ec2.NewFromConfig(c).DescribeRegions(t.Context(), &ec2.DescribeRegionsInput{})
			return err
		}},
		{"sts", "ExpiredToken", 403, func(c aws.Config) error {
			_, err := sts.NewFromConfig(c).AssumeRole(t.Context(), askRole(nil))
			return err
		}},
		{"iam", "ExpiredToken", 403, func(c aws.Config) error {
			_, err := iam.NewFromConfig(c).GetInstanceProfile(t.Context(), &iam.GetInstanceProfileInput{InstanceProfileName: ptr("web")})
			return err
		}},
		{"kms", "ExpiredTokenException", 400, func(c aws.Config) error {
			_, err := kms.NewFromConfig(c).DescribeKey(t.Context(), &kms.DescribeKeyInput{KeyId: ptr("k")})
			return err
		}},
		{"organizations", "ExpiredTokenException", 400, func(c aws.Config) error {
			_, err := organizations.NewFromConfig(c).ListAccounts(t.Context(), &organizations.ListAccountsInput{})
			return err
		}},
		{"dlm", "ExpiredTokenException", 403, func(c aws.Config) error {
			_, err := dlm.NewFromConfig(c).GetLifecyclePolicies(t.Context(), &dlm.GetLifecyclePoliciesInput{})
			return err
		}},
	}
	for _, test := range tests {
		t.Run(test.service, func(t *testing.T) { wantError(t, test.ask(c), test.code, test.status) })
	}
	if err := askRegions(t, url, assume(t, url, nil).Credentials); err != nil {
		t.Errorf("a new session has expired: %v", err)
	}
	wantError(t, askRegions(t, url, old), "RequestExpired", 400)
}

// TestPageOutlivesItsSession reads a listing on with the credentials of the next session.
func TestPageOutlivesItsSession(t *testing.T) {
	t.Parallel()
	stub, url := serve(t, append(manyImages(3), twoAccounts()[1]))
	backHome := func(ask *sts.AssumeRoleInput) {
		ask.RoleArn, ask.RoleSessionName = ptr("arn:aws:iam::111122223333:role/audit"), ptr("first")
	}
	ask := &ec2.DescribeImagesInput{MaxResults: ptr(int32(2)), Owners: []string{"self"}}
	first, err := ec2.NewFromConfig(asSession(url, assume(t, url, backHome).Credentials)).DescribeImages(t.Context(), ask)
	if err != nil {
		t.Fatal(err)
	}
	stub.Apply(awsstub.ExpireSessions())
	ask.NextToken = first.NextToken
	next := assume(t, url, func(ask *sts.AssumeRoleInput) {
		backHome(ask)
		ask.RoleSessionName = ptr("second")
	})
	rest, err := ec2.NewFromConfig(asSession(url, next.Credentials)).DescribeImages(t.Context(), ask)
	if err != nil || cmp.Diff([]string{"ami-0002"}, imageIDs(rest.Images)) != "" {
		t.Errorf("got %v, %v", rest, err)
	}
}
