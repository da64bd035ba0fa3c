package outside

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// WithoutAWS cuts a test off from everything that a developer's machine may know of AWS: variables, files, the metadata
// service.
func WithoutAWS(t testing.TB) {
	t.Helper()
	for _, variable := range os.Environ() {
		if name, _, _ := strings.Cut(variable, "="); strings.HasPrefix(name, "AWS_") {
			t.Setenv(name, "")
		}
	}
	none := filepath.Join(t.TempDir(), "none")
	t.Setenv("HOME", t.TempDir())
	t.Setenv("AWS_CONFIG_FILE", none)
	t.Setenv("AWS_SHARED_CREDENTIALS_FILE", none)
	t.Setenv("AWS_EC2_METADATA_DISABLED", "true")
}
