package eval

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// maxPolicyBytes bounds one policy file: larger than any that a person writes, small enough to parse at once.
const maxPolicyBytes = 1 << 20

// Source is a tree of Rego files. Test files (_test.rego) and the packages below amiscan.testing are left out.
type Source struct {
	// Name stands before the file's path in messages: a directory or bundle that the user gave, "" for embedded policies.
	Name string
	// FS holds the files; it is nil for a bundle, whose files were read already.
	FS fs.FS
	// Embedded says that the tree belongs to amiscan itself: there the path of a file must agree with its policy's ID.
	Embedded bool
	bundled  map[string][]byte
}

// module is one parsed Rego file and where it came from.
type module struct {
	file     string
	embedded bool
	path     string
	text     []byte
	parsed   *ast.Module
}

// readModules parses every policy and library file of the sources, in the order of their names. All syntax errors are
// reported at once, each with file and line.
func readModules(sources []Source) ([]module, error) {
	var modules []module
	var errs ast.Errors
	for _, source := range sources {
		files, err := policyFiles(source)
		if err != nil {
			return nil, err
		}
		for _, file := range files {
			m, parseErrs, err := parseModule(source, file)
			if err != nil {
				return nil, err
			}
			errs = append(errs, parseErrs...)
			modules = append(modules, m)
		}
	}
	if len(errs) > 0 {
		return nil, oneLine(errs)
	}
	return slices.DeleteFunc(modules, isTesting), nil
}

func isTesting(m module) bool {
	return m.parsed.Package.Path.HasPrefix(below("amiscan", "testing"))
}

// policyFiles lists the Rego files of a source that are not tests, sorted.
func policyFiles(source Source) ([]string, error) {
	if source.FS == nil {
		return slices.Sorted(maps.Keys(source.bundled)), nil
	}
	var files []string
	err := fs.WalkDir(source.FS, ".", func(file string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if !entry.IsDir() && isPolicyFile(file) {
			files = append(files, file)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read policies of %q: %w", source.Name, err)
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("read policies of %q: no .rego file there", source.Name)
	}
	return files, nil
}

func isPolicyFile(file string) bool {
	return path.Ext(file) == ".rego" && !strings.HasSuffix(file, "_test.rego")
}

// parseModule reads and parses one file. Syntax errors come back apart, so that all files' errors are shown together.
func parseModule(source Source, file string) (module, ast.Errors, error) {
	text, bundled := source.bundled[file]
	if !bundled {
		var err error
		if text, err = fs.ReadFile(source.FS, file); err != nil {
			return module{}, nil, fmt.Errorf("read policy %q: %w", path.Join(source.Name, file), err)
		}
	}
	if len(text) > maxPolicyBytes {
		return module{}, nil, fmt.Errorf("read policy %q: %d bytes is more than the %d that a policy may have",
			path.Join(source.Name, file), len(text), maxPolicyBytes)
	}
	m := module{file: path.Join(source.Name, file), embedded: source.Embedded, path: file, text: text}
	// The file name is the module's key in the compiler: without it, modules would replace one another silently.
	var err error
	m.parsed, err = ast.ParseModuleWithOpts(m.file, string(text), ast.ParserOptions{ProcessAnnotation: true})
	if err != nil {
		return m, asErrors(m.file, err), nil
	}
	return m, nil, nil
}

// asErrors keeps OPA's own errors, which carry file and line, and wraps anything else.
func asErrors(file string, err error) ast.Errors {
	var errs ast.Errors
	if errors.As(err, &errs) {
		return errs
	}
	return ast.Errors{ast.NewError(ast.ParseErr, ast.NewLocation(nil, file, 1, 1), "%s", err.Error())}
}

// oneLine says the first of several errors with file and line, and how many more there are: compilers' own texts fill
// pages.
func oneLine(errs ast.Errors) error {
	first := errs[0]
	message := fmt.Sprintf("%s: %s", first.Code, first.Message)
	if more := len(errs) - 1; more > 0 {
		message += fmt.Sprintf(" (and %d more)", more)
	}
	return at(first.Location, "%s", message)
}
