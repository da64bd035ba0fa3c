package source_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/amiscan/amiscan/internal/finding"
	"github.com/amiscan/amiscan/internal/source"
)

// template has five lines; what is in comments and longer names is not the source block.
const template = `# source "amazon-ebs" "web" {
source "amazon-ebs" "web-2" {
}
  source  "amazon-ebs"	"web" { # here
}
`

// checkout is a directory with all that a source may be and may not be.
func checkout(t testing.TB) string {
	t.Helper()
	outside := t.TempDir()
	write(t, outside, "secret.hcl", "secret\n")
	root := filepath.Join(t.TempDir(), "checkout")
	write(t, root, "packer/web.pkr.hcl", template)
	write(t, root, "packer/plain.pkr.hcl", "source amazon-ebs web {\r\n}\r\nlast")
	write(t, root, "packer/a b#c.hcl", "1\n2\n3\n")
	write(t, root, "packer/empty.hcl", "")
	write(t, root, "packer/big.hcl", strings.Repeat("x\n", 1<<19)+"anchor\n")
	write(t, root, "amiscan.yaml", "sources: []\n")
	for link, to := range map[string]string{
		"packer/outside.hcl": filepath.Join(outside, "secret.hcl"), "packer/inside.hcl": "web.pkr.hcl",
		"away": outside, "near": "packer", "dangling.hcl": "nowhere",
	} {
		if err := os.Symlink(to, filepath.Join(root, link)); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func write(t testing.TB, root, name, text string) {
	t.Helper()
	name = filepath.Join(root, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func finder(t testing.TB, root string, rules []source.Rule, options source.Options) *source.Finder {
	t.Helper()
	f, err := source.New(root, rules, options)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// notFiles are paths that name no file of the checkout, and why.
func notFiles() map[string]string {
	return map[string]string{
		"packer/missing.hcl":                 "is not in the checkout",
		"missing/web.pkr.hcl":                "is not in the checkout",
		"packer/web.pkr.hcl/x":               "is not in the checkout",
		"packer":                             "is no regular file",
		".":                                  "is not the plain path of a file",
		"packer/outside.hcl":                 "is behind a symbolic link",
		"packer/inside.hcl":                  "is behind a symbolic link",
		"away/secret.hcl":                    "is behind a symbolic link",
		"near/web.pkr.hcl":                   "is behind a symbolic link",
		"dangling.hcl":                       "is behind a symbolic link",
		"..":                                 "is outside the checkout",
		"../checkout/amiscan.yaml":           "is outside the checkout",
		"../../etc/passwd":                   "is outside the checkout",
		"/etc/passwd":                        "is not relative to the checkout",
		"//host/share":                       "is not relative to the checkout",
		`packer\web.pkr.hcl`:                 "is not relative to the checkout",
		`C:\web.hcl`:                         "is not relative to the checkout",
		"C:web.hcl":                          "is not relative to the checkout",
		"file:packer/web.pkr.hcl":            "is not relative to the checkout",
		"https://example.com/web.pkr.hcl":    "is not relative to the checkout",
		"packer/web.pkr.hcl\x00":             "holds characters that cannot be printed",
		"packer/web.pkr.hcl\n::set-output::": "holds characters that cannot be printed",
		"packer/\u202ewcl.hcl":               "holds characters that cannot be printed",
		"packer/\xff":                        "holds characters that cannot be printed",
		strings.Repeat("x", 5000):            "",
	}
}

func TestConfigurationFile(t *testing.T) {
	t.Parallel()
	root := checkout(t)
	for _, test := range []struct {
		name, file string
		want       *finding.Source
	}{
		{"none", "", nil},
		{"in the checkout", filepath.Join(root, "amiscan.yaml"), &finding.Source{Path: "amiscan.yaml", Line: 1}},
		{"below", filepath.Join(root, "packer", "empty.hcl"), &finding.Source{Path: "packer/empty.hcl", Line: 1}},
		{"by a linked directory", filepath.Join(root, "near", "web.pkr.hcl"), &finding.Source{Path: "packer/web.pkr.hcl", Line: 1}},
		{"outside", filepath.Join(root, "..", "amiscan.yaml"), nil},
		{"outside, by a linked directory", filepath.Join(root, "away", "secret.hcl"), nil},
		{"a link", filepath.Join(root, "packer", "inside.hcl"), nil},
		{"missing", filepath.Join(root, "other.yaml"), nil},
		{"in a missing directory", filepath.Join(root, "x", "other.yaml"), nil},
		{"a directory", filepath.Join(root, "packer"), nil},
		{"the checkout", root, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			f := finder(t, root, nil, source.Options{ConfigFile: test.file})
			same(t, f.Configuration(), test.want)
			if len(f.Warnings()) > 0 {
				t.Error(f.Warnings())
			}
		})
	}
}

// TestRelativeConfigurationFile leaves the working directory as it is: no test may run beside one that changes it.
func TestRelativeConfigurationFile(t *testing.T) {
	root := checkout(t)
	t.Chdir(root)
	f := finder(t, ".", nil, source.Options{ConfigFile: "amiscan.yaml"})
	same(t, f.Configuration(), &finding.Source{Path: "amiscan.yaml", Line: 1})
	t.Chdir("packer")
	f = finder(t, "..", nil, source.Options{ConfigFile: "../amiscan.yaml"})
	same(t, f.Configuration(), &finding.Source{Path: "amiscan.yaml", Line: 1})
}

// TestLinkedCheckout is a checkout that is itself reached by a link, as below /tmp on macOS.
func TestLinkedCheckout(t *testing.T) {
	t.Parallel()
	root := checkout(t)
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(root, link); err != nil {
		t.Fatal(err)
	}
	f := finder(t, link, nil, source.Options{ConfigFile: filepath.Join(root, "amiscan.yaml")})
	same(t, f.Configuration(), &finding.Source{Path: "amiscan.yaml", Line: 1})
}

func TestNoCheckout(t *testing.T) {
	t.Parallel()
	root := checkout(t)
	for _, name := range []string{filepath.Join(root, "nowhere"), filepath.Join(root, "amiscan.yaml")} {
		if _, err := source.New(name, nil, source.Options{}); err == nil || !strings.HasPrefix(err.Error(), "open checkout ") {
			t.Errorf("%s: got %v", name, err)
		}
	}
}
