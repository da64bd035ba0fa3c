package awsstub

import (
	"slices"
	"strings"
)

// rate is the size of a bucket of tokens, and how many come back in a second.
type rate struct{ burst, perSecond float64 }

// The rates of EC2 (Amazon EC2 Developer Guide, "Request throttling": request token bucket sizes and refill rates).
var (
	nonMutating = rate{100, 20}
	// wholeListing is for those actions that are dear where nothing narrows them; such calls have a bucket of their own.
	wholeListing = rate{50, 10}
	storeTasks   = rate{50, 0.5}
	spotFleets   = rate{50, 3}
)

// unnarrowed are the actions of wholeListing.
var unnarrowed = []string{"DescribeInstances", "DescribeInstanceStatus", "DescribeNetworkInterfaces", "DescribeSecurityGroups",
	"DescribeSnapshots", "DescribeSpotInstanceRequests", "DescribeVolumes"}

// rateOf returns the bucket that a request takes its token from, by name, and the bucket's rate.
func rateOf(r Request) (string, rate) {
	if r.Service == "ec2" {
		return ec2Rate(r)
	}
	if shared, ok := sharedRate(r.Service); ok {
		return r.Service, shared
	}
	return r.Name(), actionRate(r.Name())
}

func ec2Rate(r Request) (string, rate) {
	name := r.Name()
	switch {
	case r.Action == "DescribeStoreImageTasks":
		return name, storeTasks
	case r.Action == "DescribeSpotFleetRequests":
		return name, spotFleets
	case slices.Contains(unnarrowed, r.Action) && !r.isNarrowed():
		return name + " of all", wholeListing
	}
	return name, nonMutating
}

// isNarrowed reports whether a request has pages, filters or ids. An owner is neither: it bounds no answer.
func (r Request) isNarrowed() bool {
	for name := range r.Parameters {
		plain := withoutPositions(name)
		if plain == "MaxResults" || plain == "NextToken" || strings.HasPrefix(plain, "Filter.") ||
			strings.HasSuffix(plain, "Id.#") || plain == "GroupName.#" {
			return true
		}
	}
	return false
}

// sharedRate returns the rate of a service whose actions all share one bucket. STS has 600 a second, charged to the
// caller's account (IAM User Guide, "IAM and AWS STS quotas"). Auto Scaling publishes that its actions share a limit, and
// not which: a low one is assumed.
func sharedRate(service string) (rate, bool) {
	switch service {
	case "sts":
		return rate{600, 600}, true
	case "autoscaling":
		return rate{20, 10}, true
	}
	return rate{}, false
}

// actionRate returns the rate of an action of the other services. KMS publishes its own as requests a second (KMS
// Developer Guide, "Request quotas"), so a bucket holds one second's. AWS publishes no rate that we could find for
// Organizations, Systems Manager's listings, Image Builder, Data Lifecycle Manager, the Recycle Bin, CloudTrail and IAM:
// what stands here for them is assumed, and low, so that whoever gets along with it does with AWS.
func actionRate(action string) rate {
	switch action {
	case "kms:DescribeKey":
		return rate{2000, 2000}
	case "kms:GetKeyPolicy", "kms:GetKeyRotationStatus":
		return rate{1000, 1000}
	case "kms:ListAliases", "kms:ListKeys":
		return rate{500, 500}
	case "kms:ListGrants":
		return rate{100, 100}
	case "ssm:GetParameters":
		return rate{40, 40}
	case "ssm:DescribeParameters":
		return rate{5, 3}
	case "iam:GetInstanceProfile":
		return rate{20, 20}
	}
	return rate{10, 5}
}

// isGlobal reports whether a service has one endpoint for all regions, and so one bucket.
func isGlobal(service string) bool { return service == "organizations" || service == "iam" }
