package main

import (
	"fmt"
	"regexp"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/amiscan/amiscan/internal/audit"
)

// freshness is how long a named image that EC2 does not show yet is waited for.
const freshness = time.Minute

// imageID and regionName are what ids and names look like: a typo is cheaper to find here than in AWS's answer.
var (
	imageID    = regexp.MustCompile(`^ami-[0-9a-f]{8}([0-9a-f]{9})?$`)
	regionName = regexp.MustCompile(`^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$`)
)

// collecting reads where to look from the flags.
func (a *app) collecting(c *cli.Context) (audit.Collecting, error) {
	asked := audit.Collecting{
		Version: version(), Profile: c.String("profile"), Regions: terms(c.StringSlice("region")),
		Images: terms(c.StringSlice("image")), Patience: c.Duration("wait"), Now: a.now(),
		Progress: a.progress(c), Rate: c.Int("rate"),
	}
	if asked.Rate < 0 {
		return asked, &usageError{message: fmt.Sprintf("--rate %d is no rate", asked.Rate), hint: "write how many calls a second"}
	}
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

// progress tells on standard error what is being read.
func (a *app) progress(c *cli.Context) func(string) {
	if c.Bool("quiet") {
		return func(string) {}
	}
	return func(message string) { fmt.Fprintln(a.stderr, message) }
}
