package collect

import (
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/ssm"

	"github.com/amiscan/amiscan/internal/inventory"
)

// reads is how the names of AWS's operations that don't write begin.
var reads = regexp.MustCompile(`^(Describe|Get|List)[A-Z]`)

// services are the inputs from which the service of an operation is told.
var services = map[string]string{
	reflect.TypeFor[ec2.DescribeImagesInput]().PkgPath():                 "ec2",
	reflect.TypeFor[kms.DescribeKeyInput]().PkgPath():                    "kms",
	reflect.TypeFor[ssm.GetParametersInput]().PkgPath():                  "ssm",
	reflect.TypeFor[organizations.DescribeOrganizationInput]().PkgPath(): "organizations",
}

// actionsOfClients derives the IAM action of each operation from its own input type, not from its field's name.
func actionsOfClients(t *testing.T) map[string]bool {
	t.Helper()
	actions := map[string]bool{}
	for field := range reflect.TypeFor[clients]().Fields() {
		if field.Type.Kind() != reflect.Func {
			continue
		}
		input := field.Type.In(1).Elem()
		name := strings.TrimSuffix(input.Name(), "Input")
		if name != field.Name {
			t.Errorf("field %s makes the call %s", field.Name, name)
		}
		if !reads.MatchString(name) {
			t.Errorf("%s may write", name)
		}
		actions[services[input.PkgPath()]+":"+name] = true
	}
	return actions
}

func TestClientsOnlyRead(t *testing.T) {
	t.Parallel()
	for field := range reflect.TypeFor[clients]().Fields() {
		if field.Type.Kind() != reflect.Func && field.Name != "organization" {
			t.Errorf("field %s is no single operation", field.Name)
		}
	}
	if got := len(actionsOfClients(t)); got < 8 {
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
