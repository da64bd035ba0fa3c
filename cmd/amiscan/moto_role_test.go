package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"golang.org/x/sync/errgroup"

	"github.com/amiscan/amiscan/internal/finding"
	"github.com/amiscan/amiscan/internal/inventory"
	"github.com/amiscan/amiscan/internal/outside"
	"github.com/amiscan/amiscan/internal/schema"
)

// TestMotoRole scans a moto that enforces IAM. The role that `amiscan iam` prints is enough for all that moto has; without
// one of its actions, the verdicts that depend on it are unknown and name it, and all others are as they were.
func TestMotoRole(t *testing.T) {
	t.Parallel()
	moto := outside.OrLeftOut(t, outside.Moto)
	if moto == "" {
		return
	}
	images, err := filepath.Abs(saved + "/moto-images.json")
	if err != nil {
		t.Fatal(err)
	}
	root := startMoto(t, moto, "MOTO_AMIS_PATH="+images)
	seed(t, root)
	seedLaunches(t, root)
	role := roleActions(t, "--region", root.region)
	whole := newUser(t, root, "whole", role)
	users := map[string]endpoint{}
	for i, action := range role {
		if action != alwaysAllowed {
			users[action] = newUser(t, root, fmt.Sprintf("without-%d", i), without(role, action))
		}
	}
	enforce(t, root)
	full := whole.scanned(t)
	if gaps := full.gapsWith("denied"); len(gaps) > 0 {
		t.Errorf("denied with the whole role: %v", gaps)
	}
	reports := scanEach(t, users)
	dependents := dependentsOf(t)
	for action, less := range reports {
		t.Run(action, func(t *testing.T) { compareWithout(t, action, dependents[action], full, less) })
	}
}

// alwaysAllowed is what AWS, and moto, answer to every caller (STS API Reference, GetCallerIdentity).
const alwaysAllowed = "sts:GetCallerIdentity"

func without(actions []string, action string) []string {
	return slices.DeleteFunc(slices.Clone(actions), func(a string) bool { return a == action })
}

// newUser makes a user who may do these actions and nothing else.
func newUser(t *testing.T, root endpoint, name string, actions []string) endpoint {
	t.Helper()
	document, err := json.Marshal(map[string]any{"Version": "2012-10-17", "Statement": []any{
		map[string]any{"Effect": "Allow", "Action": actions, "Resource": "*"},
	}})
	if err != nil {
		t.Fatal(err)
	}
	client, user := iam.NewFromConfig(sdkConfig(root)), aws.String(name)
	_, err = client.CreateUser(t.Context(), &iam.CreateUserInput{UserName: user})
	if err == nil {
		_, err = client.PutUserPolicy(t.Context(), &iam.PutUserPolicyInput{
			UserName: user, PolicyName: aws.String("amiscan"), PolicyDocument: aws.String(string(document)),
		})
	}
	if err != nil {
		t.Fatal(err)
	}
	made, err := client.CreateAccessKey(t.Context(), &iam.CreateAccessKeyInput{UserName: user})
	if err != nil {
		t.Fatal(err)
	}
	root.key, root.secret = aws.ToString(made.AccessKey.AccessKeyId), aws.ToString(made.AccessKey.SecretAccessKey)
	return root
}

// enforce makes moto check every further call.
func enforce(t *testing.T, root endpoint) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, root.url+"/moto-api/reset-auth", strings.NewReader("0"))
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close() // nothing is read of it
	if response.StatusCode != http.StatusOK {
		t.Fatalf("moto answers %s", response.Status)
	}
}

// scanned is the report of a scan by the policies that judge by default.
func (e endpoint) scanned(t *testing.T) jsonReport {
	t.Helper()
	path := filepath.Join(t.TempDir(), "r.json")
	code, out, problems := e.program(t, "amiscan", "scan", "--region", e.region, "--now", judgedAt, "--rate", "1000", "--include-pass",
		"--fail-on", "none", "-o", "json="+path)
	if code != 0 && code != 3 {
		t.Fatalf("exit code %d\n%s%s", code, out, problems)
	}
	return readReport(t, path)
}

// scanEach scans as every user, a few at a time.
func scanEach(t *testing.T, users map[string]endpoint) map[string]jsonReport {
	t.Helper()
	var actions []string
	for action := range users {
		actions = append(actions, action)
	}
	reports := make([]jsonReport, len(actions))
	var group errgroup.Group
	group.SetLimit(4) // more only wait for moto
	for i, action := range actions {
		group.Go(func() error {
			reports[i] = users[action].scanned(t)
			return nil
		})
	}
	_ = group.Wait() // none returns an error
	all := map[string]jsonReport{}
	for i, action := range actions {
		all[action] = reports[i]
	}
	return all
}

// dependentsOf are the policies whose facts, closed over what these are made of, are read by an action.
func dependentsOf(t *testing.T) map[string][]string {
	t.Helper()
	all := map[string][]string{}
	for _, p := range loadEngine(t).Policies() {
		for _, action := range actionsBehind(p) {
			all[action] = append(all[action], p.ID)
		}
	}
	return all
}

// actionsBehind are the actions that a policy needs, each once.
func actionsBehind(p finding.Policy) []string {
	catalog := schema.Catalog()
	var refs []inventory.FactRef
	for _, kind := range inventory.KindsOf(p.Resource) {
		for _, name := range p.Reads {
			refs = append(refs, inventory.FactRef{Kind: kind, Name: name})
		}
		if listing, ok := catalog.Listing(kind); ok {
			refs = append(refs, listing.FactRef)
		}
	}
	var actions []string
	for _, ref := range catalog.Closure(refs) {
		fact, _ := catalog.Lookup(ref) // the closure is of the catalog
		actions = append(actions, fact.Action)
	}
	slices.Sort(actions)
	return slices.Compact(actions)
}

// compareWithout holds a scan without an action to the full one.
func compareWithout(t *testing.T, action string, dependents []string, full, less jsonReport) {
	t.Helper()
	was, is := full.byVerdict(), less.byVerdict()
	for key, f := range is {
		before, there := was[key]
		switch {
		case there && before.word() == f.word():
		case !slices.Contains(dependents, f.Policy):
			t.Errorf("%s: %s, was %q, though it does not depend on the action", key, f.word(), before.word())
		case f.word() != "gap" || !f.names(action):
			t.Errorf("%s: %s, was %q; gaps %v", key, f.word(), before.word(), f.Gaps)
		}
	}
	for key, f := range was {
		_, there := is[key]
		// What was unknown before may be gone with the template that named it, as long as the policy stays unknown.
		if !there && !less.hasGap(f.Policy, action) && (f.word() != "gap" || !less.isUnknown(f.Policy)) {
			t.Errorf("%s was %s and is gone", key, f.word())
		}
	}
	if full.answers(action) && !less.lacks(action, "denied") {
		t.Errorf("no unknown verdict names %s as denied", action)
	}
}

// byVerdict are the findings by policy, resource and subject.
func (r jsonReport) byVerdict() map[string]jsonFinding {
	all := map[string]jsonFinding{}
	for _, f := range r.Findings {
		all[strings.Join([]string{f.Policy, f.Resource.Kind, f.Resource.ID, f.Subject}, " ")] = f
	}
	return all
}

// names reports whether a finding says that it lacks an action that was denied.
func (f jsonFinding) names(action string) bool {
	return slices.ContainsFunc(f.Gaps, func(g struct{ Fact, Status, Action, Code string }) bool {
		return strings.Contains(g.Action, action) && g.Status == "denied"
	})
}

// hasGap reports whether a policy has an unknown verdict that lacks an action.
func (r jsonReport) hasGap(policy, action string) bool {
	return slices.ContainsFunc(r.Findings, func(f jsonFinding) bool { return f.Policy == policy && f.names(action) })
}

// isUnknown reports whether a policy has an unknown verdict.
func (r jsonReport) isUnknown(policy string) bool {
	return slices.ContainsFunc(r.Findings, func(f jsonFinding) bool { return f.Policy == policy && f.word() == "gap" })
}

// gapsWith are the actions that unknown verdicts lack with a status.
func (r jsonReport) gapsWith(status string) []string {
	var actions []string
	for _, f := range r.Findings {
		for _, g := range f.Gaps {
			if g.Status == status {
				actions = append(actions, g.Action)
			}
		}
	}
	slices.Sort(actions)
	return slices.Compact(actions)
}

// answers reports whether the server has an action: some fact of it is an answer.
func (r jsonReport) answers(action string) bool {
	for _, c := range r.Coverage {
		if c.Action == action && inventory.Status(c.Status).IsAnswer() {
			return true
		}
	}
	return false
}
