package collect

import (
	"reflect"
	"regexp"
	"strings"
	"testing"

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

	"github.com/amiscan/amiscan/internal/inventory"
)

// reads is how the names of AWS's operations that don't write begin.
var reads = regexp.MustCompile(`^(Describe|Get|List)[A-Z]`)

// services are the inputs from which the service of an operation is told.
var services = map[string]string{
	reflect.TypeFor[ec2.DescribeImagesInput]().PkgPath():                    "ec2",
	reflect.TypeFor[kms.DescribeKeyInput]().PkgPath():                       "kms",
	reflect.TypeFor[ssm.GetParametersInput]().PkgPath():                     "ssm",
	reflect.TypeFor[organizations.DescribeOrganizationInput]().PkgPath():    "organizations",
	reflect.TypeFor[autoscaling.DescribeAutoScalingGroupsInput]().PkgPath(): "autoscaling",
	reflect.TypeFor[iam.GetInstanceProfileInput]().PkgPath():                "iam",
	reflect.TypeFor[imagebuilder.ListImageRecipesInput]().PkgPath():         "imagebuilder",
	reflect.TypeFor[dlm.GetLifecyclePolicyInput]().PkgPath():                "dlm",
	reflect.TypeFor[rbin.GetRuleInput]().PkgPath():                          "rbin",
	reflect.TypeFor[cloudtrail.DescribeTrailsInput]().PkgPath():             "cloudtrail",
}

// actionsOfClients derives the IAM action of each operation from its own input type, not from its field's name.
func actionsOfClients(t *testing.T) map[string]bool {
	t.Helper()
	actions := map[string]bool{}
	for field := range reflect.TypeFor[clients]().Fields() {
		if field.Type.Kind() != reflect.Func {
			continue
		}
		action := actionOf(field.Type)
		service, name, _ := strings.Cut(action, ":")
		if name != field.Name || service == "" {
			t.Errorf("field %s makes the call %s", field.Name, action)
		}
		if !reads.MatchString(name) {
			t.Errorf("%s may write", name)
		}
		actions[action] = true
	}
	return actions
}

// actionOf is the IAM action of an operation.
func actionOf(operation reflect.Type) string {
	input := operation.In(1).Elem()
	return services[input.PkgPath()] + ":" + strings.TrimSuffix(input.Name(), "Input")
}

func TestClientsOnlyRead(t *testing.T) {
	t.Parallel()
	for field := range reflect.TypeFor[clients]().Fields() {
		if field.Type.Kind() != reflect.Func && field.Name != "organization" {
			t.Errorf("field %s is no single operation", field.Name)
		}
	}
	if got := len(actionsOfClients(t)); got < 58 {
		t.Errorf("only %d operations were looked at", got)
	}
}

func TestCatalogNamesOperationsThatExist(t *testing.T) {
	t.Parallel()
	actions := actionsOfClients(t)
	for _, fact := range Catalog() {
		if !actions[fact.Action] {
			t.Errorf("%s needs %s, which is no operation of the clients", fact.FactRef, fact.Action)
		}
	}
}

// A call that no fact names is a permission that nobody is told of.
func TestEveryOperationIsForAFact(t *testing.T) {
	t.Parallel()
	needed := map[string]bool{}
	for _, fact := range Catalog() {
		needed[fact.Action] = true
		for _, further := range fact.Besides {
			needed[further.Action] = true
		}
	}
	for action := range actionsOfClients(t) {
		if !needed[action] {
			t.Errorf("no fact names %s", action)
		}
	}
}

func TestCatalogIsWhole(t *testing.T) {
	t.Parallel()
	seen := map[inventory.FactRef]bool{}
	for _, c := range collectors() {
		if seen[c.FactRef] {
			t.Errorf("%s stands twice in the table", c.FactRef)
		}
		seen[c.FactRef] = true
		if c.value == nil || c.collect == nil || c.Meaning == "" || c.Scope == "" {
			t.Errorf("%s is not whole", c.FactRef)
		}
	}
}
