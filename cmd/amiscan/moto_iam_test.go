package main

import (
	"encoding/json"
	"path/filepath"
	"testing"

	"github.com/amiscan/amiscan/internal/outside"
)

// deniedByIAM scans a moto that enforces IAM with a user who may list images and nothing else. moto spells the refusal
// in its own ways: another code for EC2, a body of another protocol for KMS and SSM.
func deniedByIAM(t *testing.T, moto, binary string) {
	t.Parallel()
	cli := outside.OrLeftOut(t, outside.AWSCLI)
	if cli == "" {
		return
	}
	root := startMoto(t, moto, "INITIAL_NO_AUTH_ACTION_COUNT=4")
	policy := `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Resource":"*",` +
		`"Action":["ec2:DescribeImages","sts:GetCallerIdentity"]}]}`
	asRoot(t, root, cli, "ec2", "register-image", "--name", "web", "--root-device-name", "/dev/xvda")
	asRoot(t, root, cli, "iam", "create-user", "--user-name", "reader")
	asRoot(t, root, cli, "iam", "put-user-policy", "--user-name", "reader", "--policy-name", "p", "--policy-document", policy)
	user := userOf(t, root, asRoot(t, root, cli, "iam", "create-access-key", "--user-name", "reader"))
	path := filepath.Join(t.TempDir(), "r.json")
	code, out, problems := user.program(t, binary, "scan", "--region", "us-east-1", "--include-pass", "-o", "json="+path)
	if code != 3 {
		t.Fatalf("exit code %d, want 3\n%s%s", code, out, problems)
	}
	r := readReport(t, path)
	for _, action := range []string{
		"ec2:DescribeImageAttribute", "ec2:DescribeSnapshots", "ec2:DescribeLaunchTemplateVersions",
	} {
		if !r.lacks(action, "denied") {
			t.Errorf("no unknown verdict names %s as denied", action)
		}
	}
	if got := r.verdicts(func(jsonFinding) string { return "" })["sharing/ami-public "]; got != "pass" {
		t.Errorf("sharing/ami-public is %q, want pass: images were allowed", got)
	}
}

// asRoot prepares moto while it does not enforce IAM yet; each call counts.
func asRoot(t *testing.T, root endpoint, cli string, args ...string) []byte {
	t.Helper()
	code, out, problems := root.program(t, cli, append(args, "--output", "json")...)
	if code != 0 {
		t.Fatalf("aws %v: %s", args, problems)
	}
	return out
}

// userOf acts with a new access key.
func userOf(t *testing.T, root endpoint, created []byte) endpoint {
	t.Helper()
	var out struct {
		AccessKey struct {
			ID     string `json:"AccessKeyId"`
			Secret string `json:"SecretAccessKey"`
		}
	}
	if err := json.Unmarshal(created, &out); err != nil {
		t.Fatal(err)
	}
	root.key, root.secret = out.AccessKey.ID, out.AccessKey.Secret
	return root
}
