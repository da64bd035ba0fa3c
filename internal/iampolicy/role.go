// Package iampolicy writes the read-only IAM role that a selection of policies needs, in the forms in which people create
// roles: a policy document in JSON, a CloudFormation template, a Terraform module. It knows no AWS SDK: the actions come
// from the facts that the policies read.
package iampolicy

import (
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"text/template"
)

// Role is what the role may do.
type Role struct {
	// Name is the role's name.
	Name string
	// Actions are IAM actions such as "ec2:DescribeImages", sorted, each once.
	Actions []string
	// Policies says in one line which policies need them.
	Policies string
}

// Formats are the names of the forms, the default first.
func Formats() []string { return []string{"json", "cloudformation", "terraform"} }

// Write writes the role in one of the formats. It fails for a format that does not exist, for an action that is none, and
// when the writer does.
func Write(w io.Writer, format string, role Role) error {
	i := slices.Index(Formats(), format)
	if i < 0 {
		return fmt.Errorf("write role: %q is none of %s", format, strings.Join(Formats(), ", "))
	}
	if err := CheckName(role.Name); err != nil {
		return fmt.Errorf("write role: %w", err)
	}
	for _, action := range role.Actions {
		if !isAction(action) {
			return fmt.Errorf("write role: %q is no IAM action", action)
		}
	}
	if err := form(format).Execute(w, role); err != nil {
		return fmt.Errorf("write role as %s: %w", format, err)
	}
	return nil
}

// roleName is what IAM takes for the name of a role (IAM API Reference, CreateRole).
var roleName = regexp.MustCompile(`^[A-Za-z0-9+=,.@_-]{1,64}$`)

// CheckName refuses what is no name of a role.
func CheckName(name string) error {
	if !roleName.MatchString(name) {
		return fmt.Errorf("%q is no name of a role: letters, digits and +=,.@_- up to 64", name)
	}
	return nil
}

// actionWord is what stands before and after the colon of an action.
var actionWord = regexp.MustCompile(`^[A-Za-z0-9-]+$`)

// isAction holds for SERVICE:ACTION in the letters that IAM uses: nothing else may get between the quotes of a template.
func isAction(action string) bool {
	service, name, ok := strings.Cut(action, ":")
	return ok && actionWord.MatchString(service) && actionWord.MatchString(name)
}

func form(format string) *template.Template {
	text := map[string]string{"json": jsonForm, "cloudformation": cloudFormationForm, "terraform": terraformForm}[format]
	last := func(i int, all []string) bool { return i == len(all)-1 }
	return template.Must(template.New(format).Funcs(template.FuncMap{"last": last}).Parse(text))
}
