package main

import (
	"fmt"
	"os"
	"regexp"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/amiscan/amiscan/internal/audit"
	"github.com/amiscan/amiscan/internal/collect"
	"github.com/amiscan/amiscan/internal/shard"
)

const accounts = "Accounts"

// defaultRole is the role that deploy/role creates.
const defaultRole = "amiscan-audit"

// sessionDuration is what every role allows (IAM, "maximum session duration").
const sessionDuration = time.Hour

// fleetFlags say which accounts are read, and how they are entered.
func fleetFlags() []cli.Flag {
	return []cli.Flag{
		&cli.BoolFlag{
			Name: "org", Category: accounts, Usage: "look in every account of the organization, and in all regions that each has",
		},
		&cli.StringSliceFlag{Name: "account", Category: accounts, Usage: "look in `ACCOUNT`; with --org only there (repeatable)"},
		&cli.StringSliceFlag{Name: "skip-account", Category: accounts, Usage: "leave out `ACCOUNT` (repeatable)"},
		&cli.StringSliceFlag{
			Name: "ou", Category: accounts, Usage: "with --org: look below the organizational unit or root `ID` only (repeatable)",
		},
		&cli.StringSliceFlag{
			Name: "account-tag", Category: accounts, Usage: "with --org: only accounts that have the tag `KEY=VALUE` (repeatable)",
		},
		&cli.StringFlag{Name: "role", Category: accounts, Value: defaultRole, Usage: "assume the role `NAME` in each account"},
		&cli.StringFlag{Name: "external-id", Category: accounts, Usage: "pass `ID` along where the role's trust policy asks for it"},
		&cli.StringFlag{Name: "session-name", Category: accounts, Value: "amiscan", Usage: "call the role's sessions `NAME`"},
		&cli.DurationFlag{
			Name: "session-duration", Category: accounts, Value: sessionDuration,
			Usage: "begin sessions anew after `TIME`; from another role's session no more than 1h",
		},
		&cli.StringFlag{Name: "source-identity", Category: accounts, Usage: "pass `NAME` along as the source identity"},
		&cli.StringFlag{Name: "session-policy", Category: accounts, Usage: "narrow the role by the policy in the JSON `FILE`"},
		&cli.StringFlag{
			Name: "shard", Category: accounts,
			Usage: "with --inventory: read only the part `I/N` of all units (found out in AWS Batch, Kubernetes and Slurm arrays)",
		},
	}
}

// What ids and names look like; anything else is a typo that AWS would only answer later and less clearly.
var (
	parentID    = regexp.MustCompile(`^(r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[0-9a-z]{8,32})$`)
	accountTag  = regexp.MustCompile(`^[^=]{1,128}=.{0,256}$`)
	sessionName = regexp.MustCompile(`^[\w+=,.@-]{2,64}$`)
)

// whose reads which accounts are asked for.
func (a *app) whose(c *cli.Context) (audit.Whose, error) {
	w := audit.Whose{
		Organization: c.Bool("org"), Accounts: terms(c.StringSlice("account")), Skip: terms(c.StringSlice("skip-account")),
		OUs: terms(c.StringSlice("ou")), Tags: c.StringSlice("account-tag"),
	}
	if err := checkWhose(w); err != nil {
		return w, err
	}
	if !w.Many() {
		return w, a.onlyWithMany(c)
	}
	if !w.Organization && len(w.OUs)+len(w.Tags) > 0 {
		return w, &usageError{message: "--ou and --account-tag have a meaning with --org alone", hint: "add --org"}
	}
	var err error
	w.Role, err = roleOf(c)
	return w, err
}

func checkWhose(w audit.Whose) error {
	for _, check := range []struct {
		flag   string
		values []string
		form   *regexp.Regexp
		like   string
	}{
		{"--account", w.Accounts, accountID, "111122223333"},
		{"--skip-account", w.Skip, accountID, "111122223333"},
		{"--ou", w.OUs, parentID, "ou-ab12-11111111 or r-ab12"},
		{"--account-tag", w.Tags, accountTag, "team=web"},
	} {
		for _, value := range check.values {
			if !check.form.MatchString(value) {
				return &usageError{message: fmt.Sprintf("%s: %.80q is none", check.flag, value), hint: "write one like " + check.like}
			}
		}
	}
	return nil
}

// onlyWithMany refuses flags that would do nothing.
func (a *app) onlyWithMany(c *cli.Context) error {
	for _, name := range []string{
		"skip-account", "ou", "account-tag", "role", "external-id", "session-name", "session-duration", "source-identity",
		"session-policy", "shard",
	} {
		if c.IsSet(name) {
			return &usageError{message: fmt.Sprintf("--%s has a meaning with --org or --account alone", name), hint: "add --org"}
		}
	}
	return nil
}

func roleOf(c *cli.Context) (collect.Role, error) {
	role := collect.Role{
		Name: c.String("role"), ExternalID: c.String("external-id"), SessionName: c.String("session-name"),
		SourceIdentity: c.String("source-identity"), Duration: c.Duration("session-duration"),
	}
	if !sessionName.MatchString(role.SessionName) {
		return role, &usageError{
			message: fmt.Sprintf("--session-name %.80q is none", role.SessionName), hint: "write 2 to 64 letters, digits or +=,.@-_",
		}
	}
	if role.Duration < 15*time.Minute || role.Duration > 12*time.Hour {
		return role, &usageError{
			message: fmt.Sprintf("--session-duration %s is not within 15m and 12h", role.Duration), hint: "leave it out for an hour",
		}
	}
	file := c.String("session-policy")
	if file == "" {
		return role, nil
	}
	text, err := os.ReadFile(file)
	role.SessionPolicy = string(text)
	return role, err
}

// shardOf is this worker's part: as the flag says, or as the engine that started it says.
func (a *app) shardOf(c *cli.Context) (shard.Shard, error) {
	if text := c.String("shard"); text != "" {
		s, err := shard.Parse(text)
		if err != nil {
			return s, &usageError{message: fmt.Sprintf("--shard: %v", err), hint: "write one like 3/8"}
		}
		return s, nil
	}
	s, engine, err := shard.Detect(a.getenv)
	if err != nil {
		return s, &usageError{message: err.Error(), hint: "say which part it is with --shard I/N, or --shard 1/1 for all"}
	}
	if engine != "" && c.String("inventory") == "" {
		return s, &usageError{
			message: fmt.Sprintf("%s says that this is shard %s, and --inventory names no place to share", engine, s),
			hint:    "let all shards write to one inventory, or say --shard 1/1 for all",
		}
	}
	if engine != "" && !c.Bool("quiet") {
		a.say(fmt.Sprintf("shard %s, as %s says", s, engine))
	}
	return s, nil
}
