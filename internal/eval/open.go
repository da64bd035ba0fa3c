package eval

import (
	"fmt"
	"os"
	"path"
	"strings"

	"github.com/open-policy-agent/opa/v1/bundle"
)

// maxBundleBytes bounds what a bundle may hold once it is unpacked.
const maxBundleBytes = 64 << 20

// OpenSource opens the user's policies: a directory, or an OPA bundle (.tar.gz).
func OpenSource(name string) (Source, error) {
	info, err := os.Stat(name)
	switch {
	case err != nil:
		return Source{}, fmt.Errorf("open policies: %w", err)
	case info.IsDir():
		return Source{Name: name, FS: os.DirFS(name)}, nil
	case strings.HasSuffix(name, ".tar.gz"):
		return openBundle(name)
	}
	return Source{}, fmt.Errorf("open policies: %q is neither a directory nor a .tar.gz bundle", name)
}

func openBundle(name string) (Source, error) {
	file, err := os.Open(name)
	if err != nil {
		return Source{}, fmt.Errorf("open policies: %w", err)
	}
	defer file.Close() //nolint:errcheck // only read
	b, err := bundle.NewReader(file).WithSizeLimitBytes(maxBundleBytes).WithSkipBundleVerification(true).Read()
	if err != nil {
		return Source{}, fmt.Errorf("open policies: read bundle %q: %w", name, err)
	}
	return bundleSource(name, b.Modules)
}

func bundleSource(name string, modules []bundle.ModuleFile) (Source, error) {
	source := Source{Name: name, bundled: map[string][]byte{}}
	for _, m := range modules {
		file := path.Clean(strings.TrimPrefix(m.URL, "/"))
		if _, twice := source.bundled[file]; twice {
			return Source{}, fmt.Errorf("open policies: bundle %q holds %q twice", name, file)
		}
		if isPolicyFile(file) {
			source.bundled[file] = m.Raw
		}
	}
	if len(source.bundled) == 0 {
		return Source{}, fmt.Errorf("open policies: bundle %q holds no policy", name)
	}
	return source, nil
}
