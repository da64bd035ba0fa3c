package eval

import (
	"fmt"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/dependencies"

	"github.com/amiscan/amiscan/internal/inventory"
)

// entryRules are the rules that amiscan asks of a policy; only the first is required.
var entryRules = []string{"violation", "undecided", "applies", "due"}

// identityKeys are the top-level keys of input that are no facts and always known.
var identityKeys = []string{"kind", "id", "arn", "partition", "account", "unit_account", "region", "now"}

// reads is what a compiled policy reads.
type reads struct {
	facts  []string
	params []string
}

// findReads asks OPA's dependency analysis what the entry rules of a policy read. The facts are the constant second
// elements of input; a policy that reaches input in any other way is refused, because nobody could say what to collect
// for it.
func findReads(compiler *ast.Compiler, m module, kind string, catalog inventory.Catalog) (reads, error) {
	var found reads
	for _, rule := range entryRules {
		// What the analysis below may miss would read as known: every mention of input in the rules counts as well.
		for _, mention := range inputsOf(reach(compiler, m.file, rule)) {
			if err := found.addInput(placeOf(m, mention), mention, kind, catalog); err != nil {
				return reads{}, err
			}
		}
		ref := m.parsed.Package.Path.Append(ast.StringTerm(rule))
		base, err := dependencies.Base(compiler, ref)
		if err != nil {
			return reads{}, fmt.Errorf("find what %v reads: %w", ref, err)
		}
		for _, dependency := range base {
			if err := found.add(m, dependency, kind, catalog); err != nil {
				return reads{}, err
			}
		}
	}
	slices.Sort(found.facts)
	slices.Sort(found.params)
	found.facts, found.params = slices.Compact(found.facts), slices.Compact(found.params)
	return found, nil
}

// add sorts one dependency into facts and params, or says why it can be neither.
func (r *reads) add(m module, ref ast.Ref, kind string, catalog inventory.Catalog) error {
	switch {
	case ref.HasPrefix(ast.InputRootRef):
		return r.addInput(locate(m, ref), ref, kind, catalog)
	case ref.HasPrefix(below("params")):
		name, ok := stringAt(ref, 2)
		if !ok {
			return at(locate(m, ref), "params must be written data.params.<name>")
		}
		r.params = append(r.params, name)
	case ref.HasPrefix(ast.DefaultRootRef) && !isEntry(m, ref):
		return at(locate(m, ref), "%v does not exist: policies read input and data.params", ref)
	}
	return nil
}

// isEntry reports whether a reference names an entry rule of the policy: it was asked for, and may be left undefined.
func isEntry(m module, ref ast.Ref) bool {
	name, _ := stringAt(ref, len(m.parsed.Package.Path))
	return ref.HasPrefix(m.parsed.Package.Path) && slices.Contains(entryRules, name)
}

func (r *reads) addInput(place *ast.Location, ref ast.Ref, kind string, catalog inventory.Catalog) error {
	name, ok := stringAt(ref, 1)
	if ok && name == "status" {
		name, ok = stringAt(ref, 2)
	}
	if !ok {
		return at(place, "input must be written input.<fact>: passed whole, walked or indexed by a variable, "+
			"nobody can tell which facts to collect")
	}
	if slices.Contains(identityKeys, name) {
		return nil
	}
	if !catalog.Has(kind, name) {
		return at(place, "%s has no fact %q; known: %v", kind, name, catalog.Names(kind))
	}
	r.facts = append(r.facts, name)
	return nil
}

func stringAt(ref ast.Ref, i int) (string, bool) {
	if len(ref) <= i {
		return "", false
	}
	name, ok := ref[i].Value.(ast.String)
	return string(name), ok
}

// placeOf is where a reference itself stands, which may be a library.
func placeOf(m module, ref ast.Ref) *ast.Location {
	if ref[0].Location != nil {
		return ref[0].Location
	}
	return locate(m, ref)
}

// locate finds a place in the policy's file that mentions the dependency, or at least its root; the package otherwise,
// since the mention may stand in a library.
func locate(m module, dependency ast.Ref) *ast.Location {
	place := m.parsed.Package.Location
	ast.WalkRefs(m.parsed, func(ref ast.Ref) bool {
		if ref.HasPrefix(dependency) && ref[0].Location != nil && place == m.parsed.Package.Location {
			place = ref[0].Location
		}
		return false
	})
	if place != m.parsed.Package.Location {
		return place
	}
	ast.WalkTerms(m.parsed, func(term *ast.Term) bool {
		if term.Value.Compare(dependency[0].Value) == 0 && term.Location != nil && place == m.parsed.Package.Location {
			place = term.Location
		}
		return false
	})
	return place
}

func findWith(m *ast.Module) *ast.With {
	var found *ast.With
	ast.WalkWiths(m, func(with *ast.With) bool {
		found = with
		return true
	})
	return found
}
