package eval

import (
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// pureFamilies are the name prefixes of built-ins that depend on their arguments alone. It is an allowlist, because a new
// version of OPA may bring built-ins that reach the network, the environment or the clock.
var pureFamilies = []string{
	"array.", "base64.", "base64url.", "bits.", "crypto.", "glob.", "graph.", "hex.", "json.", "net.cidr_",
	"numbers.", "object.", "regex.", "semver.", "strings.", "time.", "units.", "urlquery.", "yaml.", "internal.",
}

// pureNames are the pure built-ins without a family, with operators.
var pureNames = []string{
	"abs", "and", "any", "all", "assign", "ceil", "concat", "contains", "count", "div", "endswith", "eq", "equal", "floor",
	"format_int", "gt", "gte", "indexof", "indexof_n", "intersection", "is_array", "is_boolean", "is_null", "is_number",
	"is_object", "is_set", "is_string", "lower", "lt", "lte", "max", "min", "minus", "mul", "neq", "or", "plus", "product",
	"rem", "replace", "reverse", "round", "sort", "split", "sprintf", "startswith", "substring", "sum", "to_number",
	"trim", "trim_left", "trim_prefix", "trim_right", "trim_space", "trim_suffix", "type_name", "union", "upper", "walk",
}

// impure are members of pure families that are not: JSON schemas may name other hosts, and whether a certificate is valid
// is asked of the clock.
var impure = []string{
	"time.now_ns", "json.match_schema", "json.verify_schema",
	"crypto.x509.parse_and_verify_certificates", "crypto.x509.parse_and_verify_certificates_with_options",
}

// capabilities is what policies may call: pure built-ins, no host on the network.
func capabilities() *ast.Capabilities {
	c := ast.CapabilitiesForThisVersion()
	c.Builtins = slices.DeleteFunc(c.Builtins, func(b *ast.Builtin) bool { return !isPure(b) })
	// nil would mean every host.
	c.AllowNet = []string{}
	return c
}

func isPure(b *ast.Builtin) bool {
	if b.Nondeterministic || slices.Contains(impure, b.Name) {
		return false
	}
	inFamily := func(family string) bool { return strings.HasPrefix(b.Name, family) }
	return slices.Contains(pureNames, b.Name) || slices.ContainsFunc(pureFamilies, inFamily)
}
