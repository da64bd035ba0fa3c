package collect

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rs/zerolog"
	"github.com/zricethezav/gitleaks/v8/logging"
)

// Made-up keys, put together here so that no scanner of this repository finds them.
var (
	accessKey = "AKIA" + "QYLPMN5HHHFPZAM2"
	hubToken  = "ghp_" + "016C7e5Bf2aD9c4E8f1A6b3D0e5F7a9C2b4D"
)

// places are findings as "part:line rule".
func places(found []secret) []string {
	list := []string{}
	for _, s := range found {
		list = append(list, fmt.Sprintf("%s:%d %s", s.Part, s.Line, s.Rule))
	}
	return list
}

func TestSecretsIn(t *testing.T) {
	t.Parallel()
	many := ""
	for i := range 3 * maxSecrets {
		many += fmt.Sprintf("line %d\ntoken=%s\n", i, hubToken)
	}
	tests := []struct {
		name  string
		parts []part
		want  []string
	}{
		{"no text", nil, []string{}},
		{"harmless", []part{{"", script}}, []string{}},
		{"last line", []part{{"", "a\nb\nexport KEY=" + accessKey}}, []string{":3 aws-access-token"}},
		{"first line", []part{{"p", "KEY=" + accessKey + "\n"}}, []string{"p:1 aws-access-token"}},
		{
			"sorted, each once", []part{{"b", hubToken + " " + hubToken + "\n" + accessKey}, {"a", accessKey}},
			[]string{"a:1 aws-access-token", "b:1 github-pat", "b:2 aws-access-token"},
		},
		{"nobody may excuse one", []part{{"", "KEY=" + accessKey + " # gitleaks:allow"}}, []string{":1 aws-access-token"}},
		{"in base64", []part{{"", "a\ncontent: " + inBase64("export KEY="+accessKey+"\n")}}, []string{":2 aws-access-token"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got, err := secretsIn(t.Context(), test.parts)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, places(got)); diff != "" {
				t.Errorf("found (-want +got):\n%s", diff)
			}
			for _, s := range got {
				if s.Description == "" || strings.Contains(fmt.Sprint(s), accessKey) || strings.Contains(fmt.Sprint(s), hubToken) {
					t.Errorf("%+v has no description or shows the secret", s)
				}
			}
		})
	}
	if got, err := secretsIn(t.Context(), []part{{"", many}}); err != nil || len(got) != maxSecrets {
		t.Errorf("%d found, want %d: %v", len(got), maxSecrets, err)
	}
}

// The library tells its log what it skips, the secret included.
func TestSearcherKeepsSilent(t *testing.T) {
	t.Parallel()
	if _, err := secretsIn(t.Context(), []part{{"", accessKey}}); err != nil {
		t.Fatal(err)
	}
	if level := logging.Logger.GetLevel(); level != zerolog.Disabled {
		t.Errorf("it logs from level %s on", level)
	}
}

// A search that was broken off must not pass for one that found nothing.
func TestBrokenOffSearch(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if found, err := secretsIn(ctx, []part{{"", accessKey}}); err == nil {
		t.Errorf("found %v", found)
	}
}
