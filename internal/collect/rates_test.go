package collect

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/amiscan/amiscan/internal/inventory"
	"github.com/aws/aws-sdk-go-v2/service/autoscaling"
	"github.com/aws/aws-sdk-go-v2/service/cloudtrail"
	"github.com/aws/aws-sdk-go-v2/service/dlm"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/imagebuilder"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/rbin"
	"github.com/aws/aws-sdk-go-v2/service/ssm"
	"github.com/aws/aws-sdk-go-v2/service/sts"
)

// The middleware knows operations by the SDK's names; the table, the facts and the user know them by IAM's.
func TestServicesOfTheSDKAreIAMs(t *testing.T) {
	t.Parallel()
	named := map[string]bool{}
	for _, id := range []string{
		ec2.ServiceID, kms.ServiceID, ssm.ServiceID, organizations.ServiceID, autoscaling.ServiceID, iam.ServiceID,
		imagebuilder.ServiceID, dlm.ServiceID, rbin.ServiceID, cloudtrail.ServiceID, sts.ServiceID,
	} {
		named[actionOfOperation(id, "DescribeX")] = true
	}
	for action := range actionsOfClients(t) {
		service, _, _ := strings.Cut(action, ":")
		if !named[service+":DescribeX"] {
			t.Errorf("no service of the SDK has the actions of %s", service)
		}
	}
}

// A row that no call meets is a slip of the pen.
func TestRatesAreOfActionsThatAreCalled(t *testing.T) {
	t.Parallel()
	called := actionsOfClients(t)
	called[inventory.EntersAccount] = true
	for _, row := range actionRates() {
		service, name, _ := strings.Cut(row.action, ":")
		met := called[row.action] || service == "*"
		for action := range called {
			met = met || name == "*" && strings.HasPrefix(action, service+":")
		}
		if !met {
			t.Errorf("nothing calls %s", row.action)
		}
		if row.burst < 1 || row.refill <= 0 {
			t.Errorf("%s is never called", row.action)
		}
	}
}

func TestRateOfAction(t *testing.T) {
	t.Parallel()
	tests := []struct {
		action, row string
		polite      callRate
	}{
		{"ec2:DescribeImages", "ec2:*", callRate{50, 10}},
		{"ec2:DescribeStoreImageTasks", "ec2:DescribeStoreImageTasks", callRate{25, 0.25}},
		{"autoscaling:DescribeAutoScalingGroups", "autoscaling:*", callRate{10, 5}},
		{"kms:ListGrants", "kms:ListGrants", callRate{50, 50}},
		{"kms:ListKeys", "*", callRate{5, 2.5}},
		{"rbin:ListRules", "*", callRate{5, 2.5}},
		{"sts:AssumeRole", "sts:*", callRate{300, 300}},
	}
	for _, test := range tests {
		if got := rateOfAction(test.action).action; got != test.row {
			t.Errorf("%s has the rate of %s, want %s", test.action, got, test.row)
		}
		if got := (Pacing{}).rateOf(test.action); got != test.polite {
			t.Errorf("%s is called at %v, want %v", test.action, got, test.polite)
		}
	}
	if last := actionRates()[len(actionRates())-1].action; last != "*" {
		t.Errorf("the last row is %s, want the one of all other actions", last)
	}
}

func TestPacing(t *testing.T) {
	t.Parallel()
	const images, tasks = "ec2:DescribeImages", "ec2:DescribeStoreImageTasks"
	tests := []struct {
		name   string
		pacing Pacing
		action string
		want   callRate
	}{
		{"all that AWS gives, but for what comes back on the way", Pacing{Politeness: 1}, images, callRate{90, 20}},
		{"a tenth", Pacing{Politeness: 0.1}, images, callRate{10, 2}},
		{"one call at least", Pacing{Politeness: 0.001}, images, callRate{1, 0.02}},
		{"no politeness is the usual one", Pacing{Politeness: -1}, images, callRate{50, 10}},
		{"a rate", Pacing{Rate: 3}, images, callRate{15, 3}},
		{"a rate is for every action", Pacing{Rate: 3, Politeness: 1}, tasks, callRate{15, 3}},
	}
	for _, test := range tests {
		if got := test.pacing.rateOf(test.action); got != test.want {
			t.Errorf("%s: %v, want %v", test.name, got, test.want)
		}
	}
}

func TestTimeOf(t *testing.T) {
	t.Parallel()
	const images = "ec2:DescribeImageAttribute"
	tests := []struct {
		pacing Pacing
		action string
		calls  int
		want   time.Duration
	}{
		{Pacing{}, images, 0, 0},
		{Pacing{}, images, 50, 2 * time.Second}, // 50 calls of 150 ms, four at a time
		{Pacing{}, images, 10_000, 995 * time.Second},
		{Pacing{Politeness: 1}, images, 10_000, 496 * time.Second},
		{Pacing{Politeness: 1}, images, 50_000, 2496 * time.Second},
		{Pacing{Rate: 10}, images, 10_000, 995 * time.Second},
		{Pacing{Rate: 100}, images, 10_000, 375 * time.Second},
		{Pacing{Rate: 100, InFlight: 1}, images, 10_000, 1500 * time.Second},
		{Pacing{}, "ec2:DescribeStoreImageTasks", 30, 20 * time.Second},
		{Pacing{}, "kms:ListGrants", 200, 8 * time.Second},
	}
	for _, test := range tests {
		if got := test.pacing.TimeOf(test.action, test.calls); got != test.want {
			t.Errorf("%d calls of %s at %+v take %s, want %s", test.calls, test.action, test.pacing, got, test.want)
		}
	}
}

func TestActionsStandOnceInTheTable(t *testing.T) {
	t.Parallel()
	var names []string
	for _, row := range actionRates() {
		names = append(names, row.action)
	}
	slices.Sort(names)
	if len(slices.Compact(slices.Clone(names))) != len(names) {
		t.Errorf("an action stands twice among %v", names)
	}
}
