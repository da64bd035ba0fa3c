package awsstub_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/organizations/types"
	"github.com/aws/aws-sdk-go-v2/service/sts"

	"github.com/amiscan/amiscan/internal/awsstub"
	"github.com/amiscan/amiscan/internal/awsstub/estate"
	"github.com/amiscan/amiscan/internal/inventory"
)

// madeUp is an estate with a stub that serves it; any key is the management account's.
func madeUp(t *testing.T, accounts int) (*estate.Estate, string) {
	t.Helper()
	e, err := estate.New(estate.Size{Seed: 3, Accounts: accounts})
	if err != nil {
		t.Fatal(err)
	}
	stub, err := awsstub.NewFrom(e)
	if err != nil {
		t.Fatal(err)
	}
	url, stop, err := stub.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	return e, url
}

// enter assumes a role of an account and returns what acts as it.
func enter(t *testing.T, url, account string) (aws.Config, error) {
	t.Helper()
	out, err := sts.NewFromConfig(config(url, ourKey, ireland)).AssumeRole(t.Context(), &sts.AssumeRoleInput{
		RoleArn: ptr("arn:aws:iam::" + account + ":role/audit"), RoleSessionName: ptr("audit")})
	if err != nil {
		return aws.Config{}, err
	}
	as := config(url, ourKey, ireland)
	as.Credentials = aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
		c := out.Credentials
		return aws.Credentials{AccessKeyID: *c.AccessKeyId, SecretAccessKey: *c.SecretAccessKey, SessionToken: *c.SessionToken}, nil
	})
	return as, nil
}

// roll lists all accounts of the organization.
func roll(t *testing.T, url string) (all []types.Account) {
	t.Helper()
	client := organizations.NewFromConfig(config(url, ourKey, "us-east-1"))
	pages := organizations.NewListAccountsPaginator(client, &organizations.ListAccountsInput{})
	for pages.HasMorePages() {
		page, err := pages.NextPage(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, page.Accounts...)
	}
	return all
}

// TestEveryAccountOfASource lists the organization and tries every door: the active accounts alone let in.
func TestEveryAccountOfASource(t *testing.T) {
	t.Parallel()
	_, url := madeUp(t, 250)
	accounts := roll(t, url)
	if len(accounts) != 250 {
		t.Fatalf("%d accounts are listed, want 250", len(accounts))
	}
	closed := 0
	for _, account := range accounts {
		_, err := enter(t, url, *account.Id)
		if active := account.State == types.AccountStateActive; active != (err == nil) {
			t.Errorf("%s is %s: %v", *account.Id, account.State, err)
		} else if !active {
			closed++
		}
	}
	if closed == 0 || closed > 25 {
		t.Errorf("%d accounts are closed, want a few", closed)
	}
}

// TestMemberOfASource asks as an account that has nothing about what belongs to others.
func TestMemberOfASource(t *testing.T) {
	t.Parallel()
	e, url := madeUp(t, 60)
	as, err := enter(t, url, emptyAccounts(t, e)[0])
	if err != nil {
		t.Fatal(err)
	}
	images, err := ec2.NewFromConfig(as).DescribeImages(t.Context(), &ec2.DescribeImagesInput{ExecutableUsers: []string{"self"}})
	if err != nil || len(images.Images) < 10 {
		t.Fatalf("%v images are shared with the account, %v; want the golden ones", images, err)
	}
	for _, image := range images.Images {
		if *image.OwnerId != e.Lenders(ireland)[0] || len(image.Tags) > 0 {
			t.Errorf("%s of %s has the tags %v", *image.ImageId, *image.OwnerId, image.Tags)
		}
	}
	_, err = kms.NewFromConfig(as).DescribeKey(t.Context(), &kms.DescribeKeyInput{KeyId: ptr(centralKey(t, e))})
	wantError(t, err, "AccessDeniedException", 400)
	organization, err := organizations.NewFromConfig(as).DescribeOrganization(t.Context(), &organizations.DescribeOrganizationInput{})
	if err != nil || *organization.Organization.MasterAccountId != e.Accounts()[0] {
		t.Errorf("got %v, %v", organization, err)
	}
	regions, err := ec2.NewFromConfig(as).DescribeRegions(t.Context(), &ec2.DescribeRegionsInput{})
	if err != nil || len(regions.Regions) != 17 {
		t.Errorf("got %v, %v", regions, err)
	}
	_, err = iam.NewFromConfig(as).GetInstanceProfile(t.Context(), &iam.GetInstanceProfileInput{InstanceProfileName: ptr("web")})
	wantError(t, err, "NoSuchEntity", 404)
}

// centralKey is a key that golden images are encrypted with.
func centralKey(t *testing.T, e *estate.Estate) string {
	t.Helper()
	p, err := e.Part(e.Lenders(ireland)[0], ireland)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range p.Resources {
		if r.Kind == inventory.KMSKey {
			return r.ID
		}
	}
	t.Fatal("golden images have no key")
	return ""
}

// TestProfileOfASource asks IAM in a region of its own, which is none of the account's units.
func TestProfileOfASource(t *testing.T) {
	t.Parallel()
	e, url := madeUp(t, 60)
	for _, account := range e.Accounts()[4:] {
		p, err := e.Part(account, inventory.Global)
		if err != nil {
			t.Fatal(err)
		}
		as, err := enter(t, url, account)
		if len(p.Resources) == 0 || err != nil {
			continue
		}
		out, err := iam.NewFromConfig(as).GetInstanceProfile(t.Context(), &iam.GetInstanceProfileInput{InstanceProfileName: ptr("web")})
		if err != nil || !strings.Contains(*out.InstanceProfile.Arn, account) {
			t.Errorf("got %v, %v", out, err)
		}
		return
	}
	t.Error("no account has a profile")
}

// brokenSource fails for one account.
type brokenSource struct{ *estate.Estate }

func (s brokenSource) Part(account, region string) (inventory.Part, error) {
	if account == s.Accounts()[5] {
		return inventory.Part{}, errors.New("read part: broken")
	}
	return s.Estate.Part(account, region)
}

// TestBrokenSource holds that what cannot be read is no empty answer.
func TestBrokenSource(t *testing.T) {
	t.Parallel()
	e, err := estate.New(estate.Size{Accounts: 8})
	if err != nil {
		t.Fatal(err)
	}
	stub, err := awsstub.NewFrom(brokenSource{e}, awsstub.Credentials(map[string]string{ourKey: e.Accounts()[5], theirKey: e.Accounts()[6]}))
	if err != nil {
		t.Fatal(err)
	}
	url, stop, err := stub.Start()
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	_, err = ec2As(url, ourKey).DescribeImages(t.Context(), &ec2.DescribeImagesInput{Owners: []string{"self"}})
	wantError(t, err, "InternalError", 500)
	if _, err := ec2As(url, theirKey).DescribeImages(t.Context(), &ec2.DescribeImagesInput{Owners: []string{"self"}}); err != nil {
		t.Error(err)
	}
}

// TestSourceKnowsItsDay holds by which day images of a source count as deprecated.
func TestSourceKnowsItsDay(t *testing.T) {
	t.Parallel()
	e, url := madeUp(t, 60)
	as, err := enter(t, url, emptyAccounts(t, e)[0])
	if err != nil {
		t.Fatal(err)
	}
	ask := ec2.DescribeImagesInput{ExecutableUsers: []string{"self"}}
	fresh, err := ec2.NewFromConfig(as).DescribeImages(t.Context(), &ask)
	if err != nil {
		t.Fatal(err)
	}
	for _, image := range fresh.Images {
		if day := aws.ToString(image.DeprecationTime); day != "" && day < e.Observed().Format(time.RFC3339) {
			t.Errorf("%s was deprecated on %s and is listed", *image.ImageId, day)
		}
	}
	ask.IncludeDeprecated = ptr(true)
	all, err := ec2.NewFromConfig(as).DescribeImages(t.Context(), &ask)
	if err != nil || len(all.Images) <= len(fresh.Images) {
		t.Errorf("%d images with the deprecated ones, %d without, %v", len(all.Images), len(fresh.Images), err)
	}
}
