package collect

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials/stscreds"
	"github.com/aws/aws-sdk-go-v2/service/sts"

	"github.com/amiscan/amiscan/internal/inventory"
)

// Role says how other accounts are entered: by a role of this name, or path and name, in each of them.
type Role struct {
	Name string
	// SessionName is how the session is called in CloudTrail.
	SessionName string
	// ExternalID and SourceIdentity are passed along where the role's trust policy asks for them.
	ExternalID     string
	SourceIdentity string
	// SessionPolicy is the text of a policy that narrows the role further; empty for none.
	SessionPolicy string
	// Duration is how long a session lasts before it is begun again; zero means an hour, which every role allows. A role that
	// is assumed from another role's session has no more than that (AssumeRole, "role chaining").
	Duration time.Duration
}

// renewal is how long before its end a session is begun anew.
const renewal = 5 * time.Minute

// arnIn is the ARN of the role in an account.
func (r Role) arnIn(partition, account string) string {
	return fmt.Sprintf("arn:%s:iam::%s:role/%s", partition, account, strings.TrimPrefix(r.Name, "/"))
}

// as prepares to act as the role in another account; nothing is asked before the first call. Sessions are begun again
// when they end, and when AWS says that one has ended early.
func (a *Account) as(account string, e Entering) *Account {
	role := e.Role
	member := *a
	member.ID = account
	if !e.SameOrganization {
		member.organization = newOnce[string, inventory.Fact]()
	}
	client := sts.NewFromConfig(checked(a.in(a.Region), genuineXML))
	provider := stscreds.NewAssumeRoleProvider(client, role.arnIn(a.Partition, account), role.options)
	cache := aws.NewCredentialsCache(provider, func(o *aws.CredentialsCacheOptions) { o.ExpiryWindow = renewal })
	member.config = a.config.Copy()
	member.config.Credentials = cache
	member.config.Retryer = renewing(member.config.Retryer, cache)
	return &member
}

func (r Role) options(o *stscreds.AssumeRoleOptions) {
	o.RoleSessionName, o.Duration = r.SessionName, r.Duration
	if o.Duration == 0 {
		o.Duration = time.Hour
	}
	o.ExternalID, o.SourceIdentity, o.Policy = optional(r.ExternalID), optional(r.SourceIdentity), optional(r.SessionPolicy)
}

// optional leaves out what is empty.
func optional(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

// begin begins the session. What stands in the way is a fact about the account, not an error of the run.
func (a *Account) begin(ctx context.Context) error {
	_, err := a.config.Credentials.Retrieve(ctx)
	return err
}

// SessionOver says why what was read of a unit is not to be kept: the session ended, and no new one can be begun. It is nil
// where the session still holds, whatever else is missing.
func (a *Account) SessionOver(ctx context.Context, part inventory.Part) error {
	for _, c := range part.Coverage {
		if slices.Contains(expiredCodes, c.Code) {
			return fmt.Errorf("read account %s in %s: %s", part.Account, part.Region, c.Code)
		}
	}
	return a.begin(ctx)
}

// refusal is what entering an account ended with, as the fact that stands for its regions.
func refusal(err error) inventory.Fact {
	return inventory.Fact{Status: status(err), Action: inventory.EntersAccount, Code: ErrorCode(err)}
}

// renewing retries a call whose session has ended before its time, after the session was begun anew: a role's sessions
// can be revoked, and a clock can be wrong.
func renewing(retryer func() aws.Retryer, cache *aws.CredentialsCache) func() aws.Retryer {
	return func() aws.Retryer { return renewingRetryer{retryer().(aws.RetryerV2), cache} }
}

type renewingRetryer struct {
	aws.RetryerV2
	cache *aws.CredentialsCache
}

// IsErrorRetryable begins a new session for the next attempt.
func (r renewingRetryer) IsErrorRetryable(err error) bool {
	if isExpired(err) {
		r.cache.Invalidate()
		return true
	}
	return r.RetryerV2.IsErrorRetryable(err)
}
