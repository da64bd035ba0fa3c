package report

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/amiscan/amiscan/internal/outside"
)

// complaints runs the validator with the rules of SARIF and of GitHub, and returns what its own log says: it ends with 0
// even where it found errors, and also where it looked at nothing.
func complaints(t *testing.T, multitool string, logs map[string][]byte) []string {
	t.Helper()
	dir := t.TempDir()
	args, verdict := []string{"validate"}, filepath.Join(dir, "verdict.json")
	for name, text := range logs {
		path := filepath.Join(dir, name+".sarif")
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, path)
	}
	args = append(args, "--rule-kind", "Sarif;Gh;Ghas", "--level", "Error;Warning", "-o", verdict, "--log", "ForceOverwrite")
	command := exec.CommandContext(t.Context(), multitool, args...)
	command.Env = append(os.Environ(), "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1")
	out, err := command.CombinedOutput()
	if err != nil || !strings.Contains(string(out), fmt.Sprintf("%d files scanned", len(logs))) {
		t.Fatalf("%v\n%s", err, out)
	}
	return complained(parse(t, readFile(t, verdict)))
}

func complained(log any) []string {
	var found []string
	for _, result := range walk(log, "runs[].results[]") {
		found = append(found, fmt.Sprint(walk(result, "ruleId"), walk(result, "message.arguments"),
			walk(result, "locations[].physicalLocation.artifactLocation.uri")))
	}
	for _, list := range []string{"toolConfigurationNotifications", "toolExecutionNotifications"} {
		for _, notice := range walk(log, "runs[].invocations[]."+list+"[]") {
			found = append(found, fmt.Sprint(notice))
		}
	}
	return found
}

// TestMultitoolFindsNothing lets Microsoft's validator look at every sample in both profiles.
func TestMultitoolFindsNothing(t *testing.T) {
	t.Parallel()
	multitool := outside.OrLeftOut(t, outside.SARIFMultitool)
	if multitool == "" {
		return
	}
	logs := map[string][]byte{}
	for name, s := range sarifSamples() {
		for _, profile := range SARIFProfiles() {
			logs[profile+" "+name] = s.render(t, "sarif", Options{Profile: profile})
		}
	}
	for _, complaint := range complaints(t, multitool, logs) {
		t.Error(complaint)
	}
}

// TestMultitoolNotices makes sure that the validator at hand, called like this, finds anything at all.
func TestMultitoolNotices(t *testing.T) {
	t.Parallel()
	multitool := outside.OrLeftOut(t, outside.SARIFMultitool)
	if multitool == "" {
		return
	}
	text := string(decided().render(t, "sarif", Options{Profile: fullProfile}))
	for rule, broken := range map[string]string{
		"GH2012":    strings.Replace(text, `"help": {`, `"messageStrings": {"a": {"text": "b"}}, "x": {`, 1),
		"JSON1005":  strings.Replace(text, `"taxa": [`, `"taxonomy": [`, 1),
		"SARIF1002": strings.Replace(text, `packer/app%20server`, `packer/app server`, 1),
	} {
		found := complaints(t, multitool, map[string][]byte{"broken": []byte(broken)})
		if !strings.Contains(strings.Join(found, "\n"), rule) {
			t.Errorf("%s went unnoticed: %q", rule, found)
		}
	}
}
