package main

import (
	"fmt"
	"regexp"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/amiscan/amiscan/internal/audit"
	"github.com/amiscan/amiscan/internal/collect"
)

// freshness is how long a named image that EC2 does not show yet is waited for.
const freshness = time.Minute

// imageID and regionName are what ids and names look like: a typo is cheaper to find here than in AWS's answer.
var (
	imageID    = regexp.MustCompile(`^ami-[0-9a-f]{8}([0-9a-f]{9})?$`)
	regionName = regexp.MustCompile(`^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$`)
)

// collecting reads from the flags what to read from AWS, and begins to tell of it.
func (a *app) collecting(c *cli.Context) (audit.Collecting, error) {
	asked, err := where(c)
	if err != nil {
		return asked, err
	}
	asked.Version, asked.Profile, asked.Patience = version(), c.String("profile"), c.Duration("wait")
	asked.Now, asked.Clock = a.now(), a.now
	if asked.Pacing, err = pacingOf(c); err != nil {
		return asked, err
	}
	if asked.Whose, err = a.whose(c); err != nil {
		return asked, err
	}
	if err := checkMany(c, asked); err != nil {
		return asked, err
	}
	if asked.Whose.Many() {
		if asked.Shard, err = a.shardOf(c); err != nil {
			return asked, err
		}
	}
	asked.Watch, err = a.beginProgress(c)
	return asked, err
}

// where reads which regions and images are asked for.
func where(c *cli.Context) (audit.Collecting, error) {
	asked := audit.Collecting{Regions: terms(c.StringSlice("region")), Images: terms(c.StringSlice("image"))}
	for _, region := range asked.Regions {
		if region != audit.AllRegions && !regionName.MatchString(region) {
			return asked, &usageError{message: fmt.Sprintf("%q is no region", region), hint: "write one like eu-west-1, or all"}
		}
	}
	for _, id := range asked.Images {
		if !imageID.MatchString(id) {
			return asked, &usageError{message: fmt.Sprintf("%q is no image id", id), hint: "write one like ami-0123456789abcdef0"}
		}
	}
	return asked, nil
}

// pacingOf is how fast AWS is asked.
func pacingOf(c *cli.Context) (collect.Pacing, error) {
	p := collect.Pacing{Politeness: c.Float64("politeness"), Rate: c.Int("rate"), InFlight: c.Int("in-flight")}
	switch {
	case p.Rate < 0:
		return p, &usageError{message: fmt.Sprintf("--rate %d is no rate", p.Rate), hint: "write how many calls a second"}
	case c.IsSet("politeness") && (p.Politeness <= 0 || p.Politeness > 1):
		return p, &usageError{
			message: fmt.Sprintf("--politeness %v is not above 0 and up to 1", p.Politeness), hint: "write one like 0.5",
		}
	case c.IsSet("in-flight") && p.InFlight < 1:
		return p, &usageError{message: fmt.Sprintf("--in-flight %d leaves nothing to do", p.InFlight), hint: "write one like 64"}
	}
	return p, nil
}

// checkMany refuses what makes no sense over many accounts, or only there.
func checkMany(c *cli.Context, asked audit.Collecting) error {
	many := asked.Whose.Many()
	switch {
	case many && len(asked.Images) > 0:
		return &usageError{
			message: "--image looks in one account", hint: "use credentials of that account, without --org and --account",
		}
	case many && isFile(c.String("inventory")):
		return &usageError{message: "many accounts do not go into one file", hint: "name a directory, or s3://BUCKET/PREFIX"}
	case many && c.IsSet("shard") && c.String("inventory") == "":
		return &usageError{message: "--shard has a meaning with --inventory alone", hint: "let all shards write to one inventory"}
	case !many && c.Command.Name == "scan" && c.IsSet("inventory"):
		return &usageError{message: "--inventory has a meaning with --org or --account alone", hint: "use amiscan collect"}
	}
	return nil
}
