package collect

import (
	"slices"
	"strings"
)

// callRate is a token bucket as AWS describes one: so many calls at once, and so many more each second.
type callRate struct{ burst, refill float64 }

// actionRate is the rate of one action, or of all other actions of a service (service:*).
type actionRate struct {
	action string
	callRate
	// shared means that all actions of the service take from one bucket.
	shared bool
	// global means that all regions take from one bucket: the service has one endpoint a partition.
	global bool
}

// actionRates is the one table of rates. AWS counts calls by the account of the credentials, by region, and by action unless
// the row says otherwise.
func actionRates() []actionRate { return slices.Concat(publishedRates(), assumedRates()) }

// publishedRates are what AWS documents.
//   - EC2: Amazon EC2 Developer Guide, "Request throttling for the Amazon EC2 API". Lists are always asked for in pages, so
//     the smaller bucket of unfiltered and unpaginated calls is not ours.
//   - KMS: AWS KMS Developer Guide, "Request quotas". Quotas a second: the burst is one second's.
//   - Systems Manager: AWS General Reference, "AWS Systems Manager endpoints and quotas": the default throughput, which
//     GetParameters shares with calls that are not made here.
//   - STS: IAM User Guide, "IAM and AWS STS quotas": one quota for all its calls, charged to the caller's account.
//   - CloudTrail: AWS CloudTrail User Guide, "Quotas": its get, describe and list calls together.
func publishedRates() []actionRate {
	return []actionRate{
		{action: "ec2:DescribeStoreImageTasks", callRate: callRate{50, 0.5}},
		{action: "ec2:DescribeSpotFleetRequests", callRate: callRate{50, 3}},
		{action: "ec2:*", callRate: callRate{100, 20}},
		{action: "kms:GetKeyPolicy", callRate: callRate{1000, 1000}},
		{action: "kms:GetKeyRotationStatus", callRate: callRate{1000, 1000}},
		{action: "kms:ListGrants", callRate: callRate{100, 100}},
		{action: "ssm:GetParameters", callRate: callRate{40, 40}},
		{action: "sts:*", callRate: callRate{600, 600}, shared: true},
		{action: "cloudtrail:*", callRate: callRate{10, 10}, shared: true},
	}
}

// assumedRates stand where AWS publishes no number, or none that could be found: low ones, since a throttle costs more than
// a wait. The Auto Scaling guide says that its actions share a limit, and not which. KMS has raised the quota of DescribeKey
// over the years: this is the oldest.
func assumedRates() []actionRate {
	return []actionRate{
		{action: "kms:DescribeKey", callRate: callRate{100, 100}},
		{action: "ssm:DescribeParameters", callRate: callRate{5, 4}},
		{action: "autoscaling:*", callRate: callRate{20, 10}, shared: true},
		{action: "iam:*", callRate: callRate{20, 10}, global: true},
		{action: "organizations:*", callRate: callRate{10, 5}, global: true},
		{action: "*", callRate: callRate{10, 5}},
	}
}

// rateOfAction finds the row of an action: its own, its service's, or the last one.
func rateOfAction(action string) actionRate {
	service, _, _ := strings.Cut(action, ":")
	rates := actionRates()
	for _, name := range []string{action, service + ":*"} {
		if i := slices.IndexFunc(rates, func(r actionRate) bool { return r.action == name }); i >= 0 {
			return rates[i]
		}
	}
	return rates[len(rates)-1]
}

// actionOfOperation is the IAM action of an operation: the SDK calls a service "Auto Scaling", IAM "autoscaling".
func actionOfOperation(serviceID, operation string) string {
	return strings.ToLower(strings.ReplaceAll(serviceID, " ", "")) + ":" + operation
}
