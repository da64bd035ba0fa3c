package config_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/config"
	"github.com/amiscan/amiscan/internal/gate"
)

func TestLoadExceptions(t *testing.T) {
	t.Parallel()
	path := write(t, "exceptions.yaml", `exceptions:
  - id: legacy-web
    policies: [encryption/*]
    match: {accounts: ["111122223333"], names: ["web-legacy-*"], tags: {Stage: old}}
    reason: " is rebuilt in spring "
    owner: team-web
    ticket: WEB-7
    created: 2026-11-01
    expires: 2027-01-31

  - {id: no-kms, match: {actions: ["kms:GetKeyPolicy"], accounts: ["444455556666"]}, reason: r, owner: o, expires: never, status: under_review}
`)
	got, err := config.LoadExceptions(path, 0)
	if err != nil {
		t.Fatal(err)
	}
	want := []gate.Exception{
		{
			ID: "legacy-web", Policies: []string{"encryption/*"}, Reason: "is rebuilt in spring", Owner: "team-web", Ticket: "WEB-7",
			Match: gate.Match{
				Accounts: []string{"111122223333"}, Names: []string{"web-legacy-*"}, Tags: map[string]string{"Stage": "old"},
			},
			Created: time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC), Expires: time.Date(2027, 1, 31, 0, 0, 0, 0, time.UTC),
			Place: path + ":2",
		},
		{
			ID: "no-kms", Policies: []string{"*"}, Reason: "r", Owner: "o", UnderReview: true, Place: path + ":11",
			Match: gate.Match{Accounts: []string{"444455556666"}, Actions: []string{"kms:GetKeyPolicy"}},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// whole is an exception that is accepted; a test replaces one of its lines.
const whole = `exceptions:
- id: a
  policies: [sharing/*]
  match: {accounts: ["111122223333"]}
  reason: because
  owner: me
  created: 2026-01-01
  expires: 2026-12-31
`

func TestLoadExceptionsRefuses(t *testing.T) {
	t.Parallel()
	const pastEnd = `:2: exception "a" needs `
	tests := []struct{ name, old, new, want string }{
		{"no id", "id: a", `id: ""`, `:2: exception "" needs an id`},
		{"id of other letters", "id: a", "id: a b", `:2: exception "a b" needs an id`},
		{"no policies", "  policies: [sharing/*]\n", "", pastEnd + "policies"},
		{"a broken glob", "sharing/*", `"sharing/["`, `:3: exception "a" names policies by "sharing/["`},
		{"no match", "  match: {accounts: [\"111122223333\"]}\n", "", pastEnd + "a match"},
		{"an empty match", `{accounts: ["111122223333"]}`, "{}", `:4: exception "a" needs a match`},
		{"tags alone", `accounts: ["111122223333"]`, "tags: {a: b}", `:4: exception "a" matches tags or lineages, which need accounts`},
		{"lineages alone", `accounts: ["111122223333"]`, "lineages: [web]", `:4: exception "a" matches tags or lineages, which need accounts`},
		{"an account of eleven digits", "111122223333", "11112222333", `:4: exception "a" matches the account "11112222333"`},
		{"actions alone", `accounts: ["111122223333"]`, `actions: ["kms:DescribeKey"]`, `:4: exception "a" matches actions, which need accounts`},
		{"actions and names", `accounts: ["111122223333"]`, `accounts: ["111122223333"], actions: ["kms:DescribeKey"], names: [a]`,
			`:4: exception "a" matches actions, which go together with`},
		{"an action without a service", `accounts: ["111122223333"]`, `accounts: ["111122223333"], actions: [DescribeKey]`,
			`:4: exception "a" matches the action "DescribeKey"`},
		{"no reason", "reason: because", `reason: " "`, `:5: exception "a" needs a reason`},
		{"no owner", "owner: me", "ticket: T-1", pastEnd + "an owner"},
		{"another date format", "expires: 2026-12-31", "expires: 31.12.2026", `:8: exception "a" expires on "31.12.2026", which is no day`},
		{"a day that is none", "2026-12-31", "2026-02-30", `:8: exception "a" expires on "2026-02-30", which is no day`},
		{"created in another format", "created: 2026-01-01", "created: yesterday", `:7: exception "a" was created on "yesterday"`},
		{"no end", "  expires: 2026-12-31\n", "", pastEnd + "expires"},
		{"an end before the beginning", "expires: 2026-12-31", "expires: 2025-12-31", `:8: exception "a" expires before it was created`},
		{"a status", "owner: me", "owner: me\n  status: done", `:7: exception "a" has the status "done"`},
		{"an unknown key", "reason: because", "raeson: because", `:5: unknown key "raeson"; the nearest is "reason"`},
		{"an unknown key of a match", "accounts:", "acounts:", `:4: unknown key "acounts"; the nearest is "accounts"`},
		{"a list that is none", `["111122223333"]`, `"111122223333"`, ":4: "},
		{"another document", "exceptions:", "exemptions:", `:1: unknown key "exemptions"; the nearest is "exceptions"`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			text := strings.Replace(whole, test.old, test.new, 1)
			if text == whole {
				t.Fatalf("nothing to replace: %q", test.old)
			}
			path := write(t, "exceptions.yaml", text)
			got, err := config.LoadExceptions(path, 0)
			if err == nil {
				t.Fatalf("accepted as %+v", got)
			}
			if want := "read exceptions: " + path + test.want; !strings.HasPrefix(err.Error(), want) {
				t.Errorf("got  %q\nwant %q…", err, want)
			}
		})
	}
}

func TestExceptionsAreNotEmptyAndTheirIDsDiffer(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                                   ": holds no exceptions",
		"exceptions: []\n":                   ": holds no exceptions",
		whole + whole[len("exceptions:\n"):]: `:9: exception "a" has the id of the one at `,
	} {
		path := write(t, "exceptions.yaml", text)
		if _, err := config.LoadExceptions(path, 0); err == nil || !strings.HasPrefix(err.Error(), "read exceptions: "+path+want) {
			t.Errorf("got %v, want …%s", err, want)
		}
	}
}

func TestLongestTerm(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, old, new string
		days           int
		want           string
	}{
		{"just as long as allowed", "", "", 364, ""},
		{"a day longer", "", "", 363, "holds longer than max_exception_days allows: until 2026-12-30"},
		{"for ever", "expires: 2026-12-31", "expires: never", 364, "never expires; max_exception_days allows 364 days"},
		{"since nobody knows when", "  created: 2026-01-01\n", "", 364, "needs created"},
		{"for ever, without a longest term", "expires: 2026-12-31", "expires: never", 0, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			path := write(t, "exceptions.yaml", strings.Replace(whole, test.old, test.new, 1))
			_, err := config.LoadExceptions(path, test.days)
			if (err == nil) != (test.want == "") || err != nil && !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}
}
