package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	kmstypes "github.com/aws/aws-sdk-go-v2/service/kms/types"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/inventory"
	"github.com/amiscan/amiscan/internal/outside"
)

// auditRole is the name of the role that the members of moto's organization have.
const auditRole = "amiscan-audit"

// motoOrg is an organization in a moto that enforces IAM: the management account, whose user runs the audit, and four
// members.
type motoOrg struct {
	endpoint
	front       *motoFront
	binary, cli string
	// id is the organization's, root its root's, unit that of the organizational unit that web stands in.
	id, root, unit string
	// What runs the audit may enter web and data, not refused; closed is suspended. Names of accounts are those of the fields.
	web, data, refused, closed string
	// The images of web by whom they are shared with, and one of data.
	open, stranger, own, private string
	// webKey is used by its own account, refusedKey by data.
	webKey, refusedKey string
}

// TestMotoOrganization audits an organization in moto, a server that nobody here wrote: through assumed roles, into its S3.
func TestMotoOrganization(t *testing.T) {
	t.Parallel()
	moto, cli := outside.OrLeftOut(t, outside.Moto), outside.OrLeftOut(t, outside.AWSCLI)
	if moto == "" || cli == "" {
		return
	}
	o := &motoOrg{endpoint: startMoto(t, moto), binary: buildBinary(t), cli: cli}
	o.members(t)
	for _, account := range []string{o.web, o.data, o.refused} {
		o.role(t, account)
	}
	o.images(t)
	o.keys(t)
	o.runner(t)
	enforce(t, o.endpoint)
	o.front = newMotoFront(t, o.url)
	o.url = o.front.URL

	const bucket = "s3://audits/2026-11-23"
	o.collected(t, bucket)
	o.resumed(t, bucket)
	report := o.judged(t, bucket)
	t.Run("the report", func(t *testing.T) { o.holds(t, report) })
	dir := filepath.Join(t.TempDir(), "inventory")
	o.collect(t, 3, "amiscan-clock", dir)
	if diff := cmp.Diff(findingsOf(t, report), findingsOf(t, o.judged(t, dir))); diff != "" {
		t.Errorf("findings (-from the bucket +from the directory):\n%s", diff)
	}
	t.Run("two shards", func(t *testing.T) { o.divided(t, dir) })
	t.Run("two accounts", o.chosen)
}

// members makes the organization.
func (o *motoOrg) members(t *testing.T) {
	client, ctx := organizations.NewFromConfig(sdkConfig(o.endpoint)), t.Context()
	made, err := client.CreateOrganization(ctx, &organizations.CreateOrganizationInput{})
	must(t, err)
	roots, err := client.ListRoots(ctx, &organizations.ListRootsInput{})
	must(t, err)
	root := roots.Roots[0].Id
	o.root = aws.ToString(root)
	unit, err := client.CreateOrganizationalUnit(ctx, &organizations.CreateOrganizationalUnitInput{
		ParentId: root, Name: aws.String("prod"),
	})
	must(t, err)
	o.id, o.unit = aws.ToString(made.Organization.Id), aws.ToString(unit.OrganizationalUnit.Id)
	for name, id := range map[string]*string{"web": &o.web, "data": &o.data, "refused": &o.refused, "closed": &o.closed} {
		account, err := client.CreateAccount(ctx, &organizations.CreateAccountInput{
			AccountName: aws.String(name), Email: aws.String(name + "@example.com"),
		})
		must(t, err)
		*id = aws.ToString(account.CreateAccountStatus.AccountId)
	}
	_, err = client.MoveAccount(ctx, &organizations.MoveAccountInput{
		AccountId: &o.web, SourceParentId: root, DestinationParentId: unit.OrganizationalUnit.Id,
	})
	must(t, err)
	_, err = client.CloseAccount(ctx, &organizations.CloseAccountInput{AccountId: &o.closed})
	must(t, err)
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// in acts in an account. As long as moto enforces nothing, any role does, one that does not exist included.
func (o *motoOrg) in(t *testing.T, account, region string) aws.Config {
	t.Helper()
	config := sdkConfig(o.endpoint)
	out, err := sts.NewFromConfig(config).AssumeRole(t.Context(), &sts.AssumeRoleInput{
		RoleArn: aws.String("arn:aws:iam::" + account + ":role/seed"), RoleSessionName: aws.String("seed"),
	})
	must(t, err)
	config.Region = region
	config.Credentials = aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
		c := out.Credentials
		return aws.Credentials{
			AccessKeyID: *c.AccessKeyId, SecretAccessKey: *c.SecretAccessKey, SessionToken: *c.SessionToken,
		}, nil
	})
	return config
}

// role makes the role that the audit enters by: it may do what `amiscan iam` prints, which moto holds every call to.
func (o *motoOrg) role(t *testing.T, account string) {
	client := iam.NewFromConfig(o.in(t, account, o.region))
	_, err := client.CreateRole(t.Context(), &iam.CreateRoleInput{
		RoleName: aws.String(auditRole), AssumeRolePolicyDocument: aws.String(statements(t, map[string]any{
			"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": map[string]string{"AWS": motoAccount},
		})),
	})
	must(t, err)
	_, err = client.PutRolePolicy(t.Context(), &iam.PutRolePolicyInput{
		RoleName: aws.String(auditRole), PolicyName: aws.String("read"), PolicyDocument: aws.String(statements(t, map[string]any{
			"Effect": "Allow", "Action": roleActions(t), "Resource": "*",
		})),
	})
	must(t, err)
}

func statements(t *testing.T, all ...map[string]any) string {
	t.Helper()
	text, err := json.Marshal(map[string]any{"Version": "2012-10-17", "Statement": all})
	must(t, err)
	return string(text)
}

// images makes three in one account, all of them shared, and one in another that is not.
func (o *motoOrg) images(t *testing.T) {
	web := ec2.NewFromConfig(o.in(t, o.web, "eu-west-1"))
	o.open = share(t, web, "open", types.LaunchPermission{Group: types.PermissionGroupAll})
	o.stranger = share(t, web, "stranger", types.LaunchPermission{UserId: aws.String("444455556666")})
	o.own = share(t, web, "own", types.LaunchPermission{UserId: aws.String(o.data)})
	o.private = share(t, ec2.NewFromConfig(o.in(t, o.data, "us-east-1")), "private")
}

// share registers an image and lets somebody launch it.
func share(t *testing.T, client *ec2.Client, name string, with ...types.LaunchPermission) string {
	t.Helper()
	made, err := client.RegisterImage(t.Context(), &ec2.RegisterImageInput{
		Name: aws.String(name), RootDeviceName: aws.String("/dev/xvda"),
	})
	must(t, err)
	for _, one := range with {
		_, err := client.ModifyImageAttribute(t.Context(), &ec2.ModifyImageAttributeInput{
			ImageId: made.ImageId, LaunchPermission: &types.LaunchPermissionModifications{Add: []types.LaunchPermission{one}},
		})
		must(t, err)
	}
	return aws.ToString(made.ImageId)
}

// keys makes two keys that everybody may use, one of them in the account that can't be entered. Snapshots are under both, those
// under the second one in another account.
func (o *motoOrg) keys(t *testing.T) {
	o.webKey, o.refusedKey = o.key(t, o.web), o.key(t, o.refused)
	o.encrypted(t, o.web, o.webKey)
	o.encrypted(t, o.data, o.refusedKey)
}

// encrypted makes a snapshot under a key.
func (o *motoOrg) encrypted(t *testing.T, account, key string) {
	t.Helper()
	client := ec2.NewFromConfig(o.in(t, account, "us-east-1"))
	made, err := client.CreateVolume(t.Context(), &ec2.CreateVolumeInput{
		AvailabilityZone: aws.String("us-east-1a"), Size: aws.Int32(1),
	})
	must(t, err)
	clear, err := client.CreateSnapshot(t.Context(), &ec2.CreateSnapshotInput{VolumeId: made.VolumeId})
	must(t, err)
	_, err = client.CopySnapshot(t.Context(), &ec2.CopySnapshotInput{
		SourceRegion: aws.String("us-east-1"), SourceSnapshotId: clear.SnapshotId, Encrypted: aws.Bool(true), KmsKeyId: aws.String(key),
	})
	must(t, err)
}

func (o *motoOrg) key(t *testing.T, account string) string {
	t.Helper()
	made, err := kms.NewFromConfig(o.in(t, account, "us-east-1")).CreateKey(t.Context(), &kms.CreateKeyInput{
		KeyUsage: kmstypes.KeyUsageTypeEncryptDecrypt, MultiRegion: aws.Bool(false),
		Policy: aws.String(statements(t, map[string]any{
			"Effect": "Allow", "Action": "kms:*", "Principal": map[string]string{"AWS": "*"}, "Resource": "*",
		})),
	})
	must(t, err)
	return aws.ToString(made.KeyMetadata.Arn)
}

// runner is who runs the audit: what deploy/role/runner.yaml allows, and the role's actions, since nobody enters their own
// account. moto looks at the trust policies of the caller's own account only, so that its refusal has to stand here.
func (o *motoOrg) runner(t *testing.T) {
	e := newUser(t, o.endpoint, "runner", slices.Concat(roleActions(t), []string{
		"organizations:DescribeOrganization", "organizations:ListAccounts", "organizations:ListAccountsForParent",
		"organizations:ListOrganizationalUnitsForParent", "organizations:ListRoots", "organizations:ListTagsForResource",
		"s3:GetObject", "s3:PutObject", "s3:ListBucket",
	}))
	_, err := iam.NewFromConfig(sdkConfig(o.endpoint)).PutUserPolicy(t.Context(), &iam.PutUserPolicyInput{
		UserName: aws.String("runner"), PolicyName: aws.String("enter"), PolicyDocument: aws.String(statements(t,
			map[string]any{"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "arn:aws:iam::*:role/" + auditRole},
			map[string]any{
				"Effect": "Deny", "Action": "sts:AssumeRole", "Resource": "arn:aws:iam::" + o.refused + ":role/" + auditRole,
			},
		)),
	})
	must(t, err)
	code, out, problems := o.program(t, o.cli, "s3", "mb", "s3://audits")
	if code != 0 {
		t.Fatalf("%s%s", out, problems)
	}
	o.endpoint = e
}

// motoFront stands before moto and counts what it is asked. moto looks for an object and stores it in two steps that others
// may come between, so that puts pass one at a time.
type motoFront struct {
	*httptest.Server
	puts  sync.Mutex
	mu    sync.Mutex
	count map[string]int
}

func newMotoFront(t *testing.T, target string) *motoFront {
	t.Helper()
	back, err := url.Parse(target)
	must(t, err)
	proxy := httputil.NewSingleHostReverseProxy(back)
	f := &motoFront{count: map[string]int{}}
	f.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		if r.Method == http.MethodPut {
			f.puts.Lock()
			defer f.puts.Unlock()
		}
		f.note(r, body)
		proxy.ServeHTTP(w, r)
	}))
	t.Cleanup(f.Close)
	return f
}

// note counts a request under its service and operation; an object of S3 has its method.
func (f *motoFront) note(r *http.Request, body []byte) {
	service, operation := "?", actionOf(r, body)
	if scope := strings.Split(r.Header.Get("Authorization"), "/"); len(scope) > 3 {
		service = scope[3]
	}
	if service == "s3" {
		operation = r.Method
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.count[service+":"+operation]++
}

// taken returns the counts, and begins anew.
func (f *motoFront) taken() map[string]int {
	f.mu.Lock()
	defer f.mu.Unlock()
	count := f.count
	f.count = map[string]int{}
	return count
}

// collect reads the organization and returns what was said.
func (o *motoOrg) collect(t *testing.T, want int, program, inventory string, flags ...string) string {
	t.Helper()
	args := append([]string{
		"collect", "--org", "--role", auditRole, "--region", "eu-west-1", "--region", "us-east-1", "--rate", "1000",
		"--inventory", inventory,
	}, flags...)
	code, _, problems := o.program(t, program, args...)
	if code != want {
		t.Fatalf("%s: exit code %d, want %d\n%s", inventory, code, want, problems)
	}
	return problems
}

// collected reads three accounts in two regions, and says why it reads no more.
func (o *motoOrg) collected(t *testing.T, bucket string) {
	t.Helper()
	said := o.collect(t, 3, o.binary, bucket)
	for _, want := range []string{
		"6 of 6 units in " + bucket + " (0 were there before); 1 account or unit could not be read",
		"1 account is not in use and not read: 1 SUSPENDED", "account " + o.refused + " was not read: sts:AssumeRole: ",
	} {
		if !strings.Contains(said, want) {
			t.Errorf("collect does not say %q:\n%s", want, said)
		}
	}
	asked := o.front.taken()
	for action, want := range map[string]int{"sts:AssumeRole": 3, "ec2:DescribeImages": 6, "organizations:ListAccounts": 1} {
		if asked[action] < want {
			t.Errorf("%s was asked %d times, want %d", action, asked[action], want)
		}
	}
}

// resumed does it again: nothing of any account is asked any more, but whether the one that refused still does.
func (o *motoOrg) resumed(t *testing.T, bucket string) {
	t.Helper()
	said := o.collect(t, 3, o.binary, bucket)
	if want := "6 of 6 units in " + bucket + " (6 were there before)"; !strings.Contains(said, want) {
		t.Errorf("collect does not say %q:\n%s", want, said)
	}
	of := []string{"sts:GetCallerIdentity", "organizations:DescribeOrganization", "ec2:DescribeRegions", "s3:GET", "s3:HEAD", "s3:PUT"}
	for action, count := range o.front.taken() {
		if !slices.Contains(of, action) && (action != "sts:AssumeRole" || count > 1) {
			t.Errorf("%s was asked %d times more", action, count)
		}
	}
}

// judged is the JSON report on an inventory.
func (o *motoOrg) judged(t *testing.T, inventory string) []byte {
	t.Helper()
	code, report, problems := o.program(t, o.binary, "eval", inventory, "--now", judgedAt, "--include-pass", "-o", "json")
	if code != 3 {
		t.Fatalf("%s: exit code %d, want 3: moto lacks calls\n%s", inventory, code, problems)
	}
	return report
}

func findingsOf(t *testing.T, report []byte) string {
	t.Helper()
	var r struct{ Findings []json.RawMessage }
	must(t, json.Unmarshal(report, &r))
	if len(r.Findings) < 50 {
		t.Errorf("only %d findings", len(r.Findings))
	}
	text, err := json.MarshalIndent(r.Findings, "", " ")
	must(t, err)
	return string(text)
}

// orgReport is of a report what only an organization's has.
type orgReport struct {
	Findings []struct {
		Policy, Outcome, Subject string
		Resource                 struct {
			ID, Account, Region, OU string
			AccountName             string `json:"account_name"`
		}
	}
	Coverage []struct {
		Fact, Action, Status string
		In                   []string
	}
}

// holds looks for what was put into moto: each finding once, in the account that the resource belongs to, with the account's
// name and its place in the organization.
func (o *motoOrg) holds(t *testing.T, report []byte) {
	var r orgReport
	must(t, json.Unmarshal(report, &r))
	var got []string
	for _, f := range r.Findings {
		if f.Outcome == "unknown" && f.Subject == inventory.KMSKey {
			continue // moto has no fleets, which may name further keys
		}
		switch f.Policy {
		case "sharing/ami-public", "sharing/ami-shared-untrusted", "encryption/kms-policy-public", "encryption/kms-key-pending-deletion":
			got = append(got, fmt.Sprintln(f.Policy, f.Resource.ID, f.Subject, f.Outcome, f.Resource.Account, f.Resource.AccountName,
				f.Resource.OU, f.Resource.Region))
		}
	}
	slices.Sort(got)
	if diff := cmp.Diff(o.expected(), got); diff != "" {
		t.Errorf("findings (-put into moto +in the report):\n%s", diff)
	}
	for _, c := range r.Coverage {
		if c.Status == "denied" && (c.Action != "sts:AssumeRole" || !slices.Equal(c.In, []string{o.refused + "/global"})) {
			t.Errorf("%s (%s) is denied in %v: the role is not enough", c.Fact, c.Action, c.In)
		}
	}
	if !bytes.Contains(report, []byte(`"action":"sts:AssumeRole","status":"denied"`)) {
		t.Error("nothing says that an account could not be entered")
	}
}

// expected are the findings as holds prints them.
func (o *motoOrg) expected() []string {
	root := o.id + "/" + o.root + "/"
	web := o.web + " web " + root + o.unit + "/"
	var all []string
	for image, who := range map[string]string{o.open: "open", o.stranger: "stranger", o.own: "own", o.private: "private"} {
		at, public, untrusted := web+" eu-west-1", " pass ", "  pass "
		switch who {
		case "open":
			public = " fail "
		case "stranger":
			untrusted = " 444455556666 fail "
		case "private":
			at = o.data + " data " + root + " us-east-1"
		}
		all = append(all, fmt.Sprintln("sharing/ami-public", image, public+at), fmt.Sprintln("sharing/ami-shared-untrusted", image+untrusted+at))
	}
	all = append(all,
		fmt.Sprintln("encryption/kms-policy-public", o.webKey, "statement 1 fail", web, "us-east-1"),
		fmt.Sprintln("encryption/kms-key-pending-deletion", o.webKey, " pass", web, "us-east-1"),
		fmt.Sprintln("encryption/kms-key-pending-deletion", o.refusedKey, " unknown", o.refused, "refused", root, "us-east-1"))
	slices.Sort(all)
	return all
}

// divided reads with two workers at a time, and compares with what one has left in a directory.
func (o *motoOrg) divided(t *testing.T, alone string) {
	const bucket = "s3://audits/divided"
	var workers sync.WaitGroup
	for _, shard := range []string{"1/2", "2/2"} {
		workers.Go(func() {
			args := []string{
				"collect", "--org", "--role", auditRole, "--region", "eu-west-1", "--region", "us-east-1", "--rate", "1000",
				"--inventory", bucket, "--shard", shard,
			}
			if code, _, problems := o.program(t, "amiscan-clock", args...); code != 0 && code != 3 {
				t.Errorf("shard %s: exit code %d\n%s", shard, code, problems)
			}
		})
	}
	workers.Wait()
	together := filepath.Join(t.TempDir(), "inventory")
	if code, out, problems := o.program(t, o.cli, "s3", "sync", bucket, together); code != 0 {
		t.Fatalf("%s%s", out, problems)
	}
	sameFiles(t, alone, together)
}

// chosen reads two accounts by their ids: no list of the organization is asked for.
func (o *motoOrg) chosen(t *testing.T) {
	path := filepath.Join(t.TempDir(), "inventory")
	o.front.taken()
	code, _, problems := o.program(t, o.binary, "collect", "--account", o.web, "--account", o.data, "--role", auditRole,
		"--region", "eu-west-1", "--select", "sharing/ami-public", "--inventory", path)
	if code != 0 || !strings.Contains(problems, "2 of 2 units") {
		t.Errorf("exit code %d\n%s", code, problems)
	}
	asked := o.front.taken()
	if asked["sts:AssumeRole"] < 2 || asked["organizations:ListAccounts"] > 0 {
		t.Errorf("asked %v", asked)
	}
	code, report, problems := o.program(t, o.binary, "eval", path, "--select", "sharing/ami-public", "--now", judgedAt, "-o", "json")
	if code != 1 || !bytes.Contains(report, []byte(o.open)) {
		t.Errorf("exit code %d\n%s%s", code, report, problems)
	}
}
