package report

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/amiscan/amiscan/internal/finding"
)

func TestReadWhatJSONWrites(t *testing.T) {
	t.Parallel()
	run := mixed()
	text := run.render(t, "json", Options{IncludePass: true})
	got, err := Read(bytes.NewReader(text), "last.json")
	if err != nil {
		t.Fatal(err)
	}
	ignored := cmp.Options{cmpopts.IgnoreFields(finding.Finding{}, "Evidence", "AlertKey"), cmpopts.EquateEmpty()}
	if diff := cmp.Diff(run.findings, got.Findings, ignored...); diff != "" {
		t.Errorf("findings (-written +read):\n%s", diff)
	}
}

func TestReadRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, text, want string }{
		{"nothing", "", "ends before the report does"},
		{"half of it", `{"schema_version":"1","findings":[{"policy":"a/b"`, "ends before the report does"},
		{"another document", `{"version":"2.1.0","runs":[]}`, "it has no schema_version"},
		{"a list", `[]`, "no JSON report of amiscan"},
		{"text", "amiscan 1: account 1", "no JSON report of amiscan: byte 1"},
		{"a newer one", `{"schema_version":"2","exit":{"code":0}}`, `has the schema version "2"; this amiscan reads "1"`},
		{"without an end", `{"schema_version":"1","findings":[]}`, "it has no exit"},
		{"findings that are none", `{"schema_version":"1","findings":[{"policy":"a/b"}],"exit":{"code":0}}`, `finding of "a/b" for "" lacks`},
		{"severities that are none", `{"schema_version":"1","findings":[{"severity":"bad"}]}`, "bad"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, err := Read(strings.NewReader(test.text), "last.json")
			if err == nil || !strings.HasPrefix(err.Error(), `read report "last.json": `) || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want …%s…", err, test.want)
			}
		})
	}
}

// FuzzRead lets strangers' bytes in: an error or a report, never a panic.
func FuzzRead(f *testing.F) {
	f.Add([]byte(`{"schema_version":"1","findings":[{"policy":"a","fingerprint":"b","outcome":"fail","severity":"low"}],"exit":{"code":0}}`))
	f.Fuzz(func(_ *testing.T, text []byte) {
		_, _ = Read(bytes.NewReader(text), "x") // either is right
	})
}
