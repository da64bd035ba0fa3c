package awsstub_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	ststypes "github.com/aws/aws-sdk-go-v2/service/sts/types"
	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/awsstub"
	"github.com/amiscan/amiscan/internal/inventory"
)

const auditRole = "arn:aws:iam::444455556666:role/amiscan-audit"

// twoAccounts have an image each.
func twoAccounts() []inventory.Part {
	return []inventory.Part{part(ours, ireland, ami("ami-ours", nil)), part(theirs, ireland,
		resource(inventory.AMI, theirs, ireland, "ami-theirs", "image", doc{"ImageId": "ami-theirs", "OwnerId": theirs}))}
}

// asSession points an SDK client at a stub with temporary credentials.
func asSession(url string, c *ststypes.Credentials) aws.Config {
	out := config(url, "", ireland)
	out.Credentials = aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
		return aws.Credentials{AccessKeyID: *c.AccessKeyId, SecretAccessKey: *c.SecretAccessKey,
			SessionToken: aws.ToString(c.SessionToken)}, nil
	})
	return out
}

// askRole is a request for a role, by default the one above.
func askRole(change func(*sts.AssumeRoleInput)) *sts.AssumeRoleInput {
	ask := &sts.AssumeRoleInput{RoleArn: ptr(auditRole), RoleSessionName: ptr("amiscan")}
	if change != nil {
		change(ask)
	}
	return ask
}

// assume returns the session that a user of ours begins.
func assume(t *testing.T, url string, change func(*sts.AssumeRoleInput)) *sts.AssumeRoleOutput {
	t.Helper()
	got, err := sts.NewFromConfig(config(url, ourKey, ireland)).AssumeRole(t.Context(), askRole(change))
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestAssumeRole(t *testing.T) {
	t.Parallel()
	stub, url := serve(t, twoAccounts())
	before := time.Now()
	got := assume(t, url, func(ask *sts.AssumeRoleInput) {
		ask.RoleArn = ptr("arn:aws:iam::444455556666:role/security/amiscan-audit")
		ask.DurationSeconds, ask.SourceIdentity = ptr(int32(7200)), ptr("ci@team")
		ask.Policy = ptr(`{"Version":"2012-10-17","Statement":[]}`)
	})
	if *got.SourceIdentity != "ci@team" || !strings.HasPrefix(*got.Credentials.AccessKeyId, "ASIA") ||
		!strings.HasPrefix(*got.AssumedRoleUser.AssumedRoleId, "AROA") {
		t.Errorf("got %v, %+v, %+v", *got.SourceIdentity, *got.Credentials, *got.AssumedRoleUser)
	}
	if life := got.Credentials.Expiration.Sub(before); life < 2*time.Hour-time.Second || life > 2*time.Hour+time.Minute {
		t.Errorf("the session lasts %v", life)
	}
	session := asSession(url, got.Credentials)
	const principal = "arn:aws:sts::444455556666:assumed-role/amiscan-audit/amiscan"
	who, err := sts.NewFromConfig(session).GetCallerIdentity(t.Context(), &sts.GetCallerIdentityInput{})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{theirs, principal, principal, *got.AssumedRoleUser.AssumedRoleId}
	if diff := cmp.Diff(want, []string{*who.Account, *who.Arn, *got.AssumedRoleUser.Arn, *who.UserId}); diff != "" {
		t.Error(diff)
	}
	images, err := ec2.NewFromConfig(session).DescribeImages(t.Context(), &ec2.DescribeImagesInput{Owners: []string{"self"}})
	if err != nil || cmp.Diff([]string{"ami-theirs"}, imageIDs(images.Images)) != "" {
		t.Errorf("the session sees %v, %v", images, err)
	}
	asked := stub.Requests()
	if p := asked[0].Parameters; asked[0].Account != ours || p["RoleSessionName"] != "amiscan" || p["SourceIdentity"] != "ci@team" ||
		asked[0].Session != "" || asked[2].Session != principal || asked[2].Account != theirs || len(stub.Writes()) != 0 {
		t.Errorf("recorded %+v, writes %v", asked, stub.Writes())
	}
}

// TestAssumeRoleIsRefused goes through everything that STS looks at.
func TestAssumeRoleIsRefused(t *testing.T) {
	t.Parallel()
	roleOf := func(arn string) func(*sts.AssumeRoleInput) {
		return func(ask *sts.AssumeRoleInput) { ask.RoleArn = &arn }
	}
	lasting := func(seconds int32) func(*sts.AssumeRoleInput) {
		return func(ask *sts.AssumeRoleInput) { ask.DurationSeconds = &seconds }
	}
	named := func(name string) func(*sts.AssumeRoleInput) {
		return func(ask *sts.AssumeRoleInput) { ask.RoleSessionName = &name }
	}
	from := func(identity string) func(*sts.AssumeRoleInput) {
		return func(ask *sts.AssumeRoleInput) { ask.SourceIdentity = &identity }
	}
	external := func(id string) func(*sts.AssumeRoleInput) {
		return func(ask *sts.AssumeRoleInput) { ask.ExternalId = &id }
	}
	policy := func(text string) func(*sts.AssumeRoleInput) {
		return func(ask *sts.AssumeRoleInput) { ask.Policy = &text }
	}
	suspended := part(ours, "global", member(theirs, doc{"State": "SUSPENDED"}))
	closed := part(theirs, "global")
	closed.Coverage = []inventory.Coverage{{Kind: inventory.Account, Fact: "regions", Action: "sts:AssumeRole", Status: inventory.Denied}}
	refusedDoor := resource(inventory.Account, theirs, "global", theirs)
	refusedDoor.Facts["regions"] = inventory.Fact{Status: inventory.Denied, Action: "sts:AssumeRole"}
	tests := []struct {
		name   string
		ask    func(*sts.AssumeRoleInput)
		more   []inventory.Part
		option awsstub.Option
		code   string
	}{
		{"any role", nil, nil, nil, ""},
		{"shortest", lasting(900), nil, nil, ""},
		{"too short", lasting(899), nil, nil, "ValidationError"},
		{"longest", lasting(43200), nil, nil, ""},
		{"too long", lasting(43201), nil, nil, "ValidationError"},
		{"another account is refused", nil, nil, awsstub.RefuseRole(stranger), ""},
		{"refused", nil, nil, awsstub.RefuseRole(stranger, theirs), "AccessDenied"},
		{"role that there is", nil, nil, awsstub.Roles("other", "amiscan-audit"), ""},
		{"no such role", nil, nil, awsstub.Roles("other"), "AccessDenied"},
		{"trusts the caller", nil, nil, awsstub.TrustedCallers(ours), ""},
		{"trusts others", nil, nil, awsstub.TrustedCallers(stranger), "AccessDenied"},
		{"external id", external("tea:42"), nil, awsstub.ExternalID("tea:42"), ""},
		{"unasked external id", external("tea:42"), nil, nil, ""},
		{"wrong external id", external("tea"), nil, awsstub.ExternalID("tea:42"), "AccessDenied"},
		{"no external id", nil, nil, awsstub.ExternalID("tea:42"), "AccessDenied"},
		{"odd external id", external("a b"), nil, nil, "ValidationError"},
		{"account that nobody knows", roleOf("arn:aws:iam::777788889999:role/amiscan-audit"), nil, nil, "AccessDenied"},
		{"another partition", roleOf("arn:aws-cn:iam::444455556666:role/amiscan-audit"), nil, nil, "AccessDenied"},
		{"suspended account", nil, []inventory.Part{suspended}, nil, "AccessDenied"},
		{"closed by coverage", nil, []inventory.Part{closed}, nil, "AccessDenied"},
		{"closed by its fact", nil, []inventory.Part{part(theirs, "global", refusedDoor)}, nil, "AccessDenied"},
		{"user for a role", roleOf("arn:aws:iam::444455556666:user/amiscan-audit"), nil, nil, "ValidationError"},
		{"no ARN", roleOf("amiscan-audit-amiscan-audit"), nil, nil, "ValidationError"},
		{"short ARN", roleOf("arn:aws:iam"), nil, nil, "ValidationError"},
		{"session with a space", named("ami scan"), nil, nil, "ValidationError"},
		{"session with every sign", named("a_Z0+=,.@-"), nil, nil, ""},
		{"short session name", named("a"), nil, nil, "ValidationError"},
		{"long session name", named(strings.Repeat("a", 65)), nil, nil, "ValidationError"},
		{"source identity of AWS's own", from("aws:me"), nil, nil, "ValidationError"},
		{"policy", policy(`{"Statement":[]}`), nil, nil, ""},
		{"no policy", policy(`{"Statement":[]`), nil, nil, "MalformedPolicyDocument"},
		{"policy without statements", policy(`{}`), nil, nil, "MalformedPolicyDocument"},
		{"large policy", policy(`{"Statement":["` + strings.Repeat("a", 2048) + `"]}`), nil, nil, "PackedPolicyTooLarge"},
		{"denied", nil, nil, awsstub.Deny("sts:AssumeRole", auditRole), "AccessDenied"},
		{"throttled", nil, nil, awsstub.Throttle("sts:AssumeRole", 1), "Throttling"},
	}
	status := map[string]int{"AccessDenied": 403, "ValidationError": 400, "MalformedPolicyDocument": 400, "PackedPolicyTooLarge": 400,
		"Throttling": 400}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			stub, url := serve(t, append(twoAccounts(), test.more...))
			if test.option != nil {
				stub.Apply(test.option)
			}
			_, err := sts.NewFromConfig(config(url, ourKey, ireland)).AssumeRole(t.Context(), askRole(test.ask))
			if test.code != "" {
				wantError(t, err, test.code, status[test.code])
			} else if err != nil {
				t.Error(err)
			}
		})
	}
}

// TestAssumeRoleLacksParameters sends what no SDK would.
func TestAssumeRoleLacksParameters(t *testing.T) {
	t.Parallel()
	_, url := serve(t, twoAccounts())
	for _, body := range []string{
		"Action=AssumeRole", "Action=AssumeRole&RoleArn=" + auditRole, "Action=AssumeRole&RoleSessionName=amiscan",
		"Action=AssumeRole&RoleSessionName=amiscan&DurationSeconds=hour&RoleArn=" + auditRole,
	} {
		code, answer := send(t, "POST", url, signature(ourKey, ireland, "sts"), "", body)
		if code != 400 || !strings.Contains(answer, "<Code>ValidationError</Code>") {
			t.Errorf("%s: got %d %s", body, code, answer)
		}
	}
}

// TestRefusedRoleIsAccepted opens an account again.
func TestRefusedRoleIsAccepted(t *testing.T) {
	t.Parallel()
	stub, url := serve(t, twoAccounts(), awsstub.RefuseRole(theirs))
	_, err := sts.NewFromConfig(config(url, ourKey, ireland)).AssumeRole(t.Context(), askRole(nil))
	wantError(t, err, "AccessDenied", 403)
	if want := "User: arn:aws:iam::111122223333:user/awsstub is not authorized to perform: sts:AssumeRole on resource: " + auditRole; !strings.Contains(err.Error(), want) {
		t.Errorf("got %v", err)
	}
	stub.Apply(awsstub.AcceptRole(theirs))
	assume(t, url, nil)
}

// TestChainedSession holds the one hour of a role that is assumed by a role.
func TestChainedSession(t *testing.T) {
	t.Parallel()
	_, url := serve(t, twoAccounts())
	client := sts.NewFromConfig(asSession(url, assume(t, url, nil).Credentials))
	back := func(seconds int32) *sts.AssumeRoleInput {
		return &sts.AssumeRoleInput{RoleArn: ptr("arn:aws:iam::111122223333:role/back"), RoleSessionName: ptr("chain"),
			DurationSeconds: &seconds}
	}
	_, err := client.AssumeRole(t.Context(), back(3601))
	wantError(t, err, "ValidationError", 400)
	got, err := client.AssumeRole(t.Context(), back(3600))
	if err != nil {
		t.Fatal(err)
	}
	who, err := sts.NewFromConfig(asSession(url, got.Credentials)).GetCallerIdentity(t.Context(), &sts.GetCallerIdentityInput{})
	if err != nil || *who.Arn != "arn:aws:sts::111122223333:assumed-role/back/chain" {
		t.Errorf("got %+v, %v", who, err)
	}
}
