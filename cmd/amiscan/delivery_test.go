package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

// gitLab is all that the template for GitLab may say.
type gitLab struct {
	Variables map[string]string
	Gate      struct {
		Stage        string
		Image        string
		Variables    map[string]string
		IDTokens     map[string]struct{ Aud string } `yaml:"id_tokens"`
		BeforeScript []string                        `yaml:"before_script"`
		Script       []string
		Artifacts    struct {
			When    string
			Paths   []string
			Reports struct{ JUnit string }
		}
	}
}

func readGitLab(t *testing.T) gitLab {
	t.Helper()
	var file gitLab
	decodeStrictly(t, "examples/gitlab/amiscan.gitlab-ci.yml", &file)
	return file
}

// TestGitLabTemplate holds the template to what GitLab makes of it: reports are kept of failing jobs, too, the one that it
// shows is the one that amiscan writes, and no variable is taken for a flag.
func TestGitLabTemplate(t *testing.T) {
	t.Parallel()
	file := readGitLab(t)
	artifacts, script := file.Gate.Artifacts, strings.Join(file.Gate.Script, "\n")
	if artifacts.When != "always" {
		t.Errorf("artifacts are kept %q", artifacts.When)
	}
	for _, output := range append([]string{"junit=" + artifacts.Reports.JUnit}, "json="+strings.Join(artifacts.Paths, ",")) {
		if !strings.Contains(script, " -o "+output) {
			t.Errorf("%q does not write %q", script, output)
		}
	}
	if len(file.Gate.IDTokens) != 1 || file.Gate.IDTokens["AWS_TOKEN"].Aud != "sts.amazonaws.com" {
		t.Errorf("tokens %v", file.Gate.IDTokens)
	}
	scan := (&app{}).scanCommand()
	for name := range file.Variables {
		for _, flag := range scan.Flags {
			if name == variable(flag.Names()[0]) {
				t.Errorf("variable %q is a flag of amiscan", name)
			}
		}
	}
}

// workflow is what is read of a workflow; actionlint reads the rest.
type workflow struct {
	Jobs map[string]struct {
		Uses  string
		Steps []struct {
			Uses string
			With map[string]any
		}
	}
}

// TestWorkflows holds what workflows use to pinned commits, and what they hand amiscan to its inputs.
func TestWorkflows(t *testing.T) {
	t.Parallel()
	a := readAction(t)
	for _, name := range workflowFiles(t) {
		var file workflow
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := yaml.Unmarshal(data, &file); err != nil || len(file.Jobs) == 0 {
			t.Fatalf("%s: %d jobs, %v", name, len(file.Jobs), err)
		}
		for _, job := range file.Jobs {
			for _, step := range job.Steps {
				ours := strings.HasPrefix(step.Uses, "amiscan/amiscan@")
				if step.Uses != "" && !ours && !pinned.MatchString(step.Uses) {
					t.Errorf("%s uses %q, which is not pinned by its commit", name, step.Uses)
				}
				for input := range step.With {
					if _, ok := a.Inputs[input]; ours && !ok {
						t.Errorf("%s: amiscan has no input %q", name, input)
					}
				}
				if ours && step.Uses != "amiscan/amiscan@"+step.With["version"].(string) {
					t.Errorf("%s uses %q with version %q", name, step.Uses, step.With["version"])
				}
			}
		}
	}
}

func workflowFiles(t *testing.T) []string {
	t.Helper()
	var all []string
	for _, pattern := range []string{".github/workflows/*.yml", "examples/github/*.yml"} {
		names, err := filepath.Glob(filepath.Join(checkout, pattern))
		if err != nil || len(names) < 2 {
			t.Fatalf("%s: %v, %v", pattern, names, err)
		}
		all = append(all, names...)
	}
	return all
}

// TestGateBeforeShare holds the examples to the order that makes them safe: whatever lets others launch the image stands
// behind the gate, and nothing shares it while it is built.
func TestGateBeforeShare(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, gate string }{
		{"examples/github/amiscan.yml", "uses: amiscan/amiscan@"},
		{packerTemplate, "amiscan scan --packer-manifest"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			text := withoutComments(t, test.name)
			gate, share := strings.Index(text, test.gate), strings.Index(text, "modify-image-attribute")
			if gate < 0 || share < gate {
				t.Errorf("the gate is at %d, sharing at %d", gate, share)
			}
			for _, early := range []string{"ami_users", "ami_groups", "ami_org", "ami_ou", "snapshot_users", "snapshot_groups"} {
				if strings.Contains(text, early) {
					t.Errorf("%s shares before the gate", early)
				}
			}
			for _, softener := range []string{"continue-on-error", "soft-fail", "always()", "--allow-"} {
				if strings.Contains(text, softener) {
					t.Errorf("%s lets an image pass", softener)
				}
			}
		})
	}
	template := withoutComments(t, packerTemplate)
	if n := strings.Count(template, "post-processors {"); n != 1 {
		t.Errorf("%d sequences of post-processors: Packer goes on with the next where one fails", n)
	}
	if strings.Index(template, `post-processor "manifest"`) > strings.Index(template, `post-processor "shell-local"`) {
		t.Error("the manifest is not first: Packer deletes an image that the gate refuses")
	}
	if !strings.Contains(template, `template = "`+packerTemplate+`"`) {
		t.Error("the manifest does not say where the template stands")
	}
}

// comment is a comment in YAML or HCL; neither example has the sign within a text.
var comment = regexp.MustCompile(`(?m)(^|[ \t])#.*$`)

func withoutComments(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(checkout, name))
	if err != nil {
		t.Fatal(err)
	}
	return comment.ReplaceAllString(string(data), "")
}

// owned is how files in archives are marked, so that two archives of one commit are the same.
type owned struct{ Owner, Group, Mtime string }

// goreleaser is all that .goreleaser.yaml may say. The program itself needs a newer Go than this repository.
type goreleaser struct {
	Version     int
	ProjectName string `yaml:"project_name"`
	Builds      []struct {
		Main, Binary string
		Env          []string
		Flags, Tags  []string
		Ldflags      []string
		ModTimestamp string `yaml:"mod_timestamp"`
		Targets      []string
	}
	Archives []struct {
		NameTemplate    string `yaml:"name_template"`
		Formats         []string
		FormatOverrides []struct {
			Goos    string
			Formats []string
		} `yaml:"format_overrides"`
		BuildsInfo owned `yaml:"builds_info"`
		Files      []struct {
			Src, Dst    string
			StripParent bool `yaml:"strip_parent"`
			Info        owned
		}
	}
	Checksum struct {
		NameTemplate string `yaml:"name_template"`
	}
	SBOMs []struct{ Artifacts string } `yaml:"sboms"`
	Signs []struct {
		Cmd, Artifacts, Signature string
		Args                      []string
	}
	NFPMs []struct {
		PackageName                                               string `yaml:"package_name"`
		Formats                                                   []string
		Maintainer, Homepage, Description, License, Bindir, Mtime string
		Contents                                                  []struct{ Src, Dst, Packager string }
	} `yaml:"nfpms"`
	HomebrewCasks []struct {
		Repository                     struct{ Owner, Name, Token string }
		SkipUpload                     string `yaml:"skip_upload"`
		Homepage, Description, License string
		Completions                    struct{ Bash, Zsh, Fish string }
	} `yaml:"homebrew_casks"`
	DockersV2 []struct {
		Images, Tags, Platforms []string
		Labels                  map[string]string
	} `yaml:"dockers_v2"`
	Changelog struct{ Use string }
	Release   struct{ Prerelease string }
}

// TestGoreleaser holds the configuration of releases to its neighbours: what scripts/dist builds, what the action downloads,
// and the files that it packs.
func TestGoreleaser(t *testing.T) {
	t.Parallel()
	var file goreleaser
	decodeStrictly(t, ".goreleaser.yaml", &file)
	if file.Version != 2 || len(file.Builds) != 1 || len(file.Archives) != 1 {
		t.Fatalf("version %d, %d builds, %d archives", file.Version, len(file.Builds), len(file.Archives))
	}
	build, archive := file.Builds[0], file.Archives[0]
	dist, installer := withoutComments(t, "scripts/dist"), withoutComments(t, "scripts/action/install")
	var targets []string
	for _, target := range build.Targets {
		targets = append(targets, strings.Replace(target, "_", "/", 1))
	}
	for what, text := range map[string]string{
		"targets": "targets=(" + strings.Join(targets, " ") + ")", "flags": "go build " + strings.Join(build.Flags, " ") +
			" -tags " + strings.Join(build.Tags, ","),
		"linker flags": "-ldflags='" + strings.Join(build.Ldflags, " ") + "'", "environment": strings.Join(build.Env, " "),
		"program": build.Main,
	} {
		if !strings.Contains(dist, text) {
			t.Errorf("scripts/dist has other %s than %q", what, text)
		}
	}
	// The action names the system and the machine as Go does.
	if archive.NameTemplate != "{{ .ProjectName }}_{{ .Version }}_{{ .Os }}_{{ .Arch }}" || !slices.Equal(archive.Formats, []string{"tar.gz"}) ||
		!strings.Contains(installer, file.ProjectName+"_${VERSION#v}_$(system)_$(machine).tar.gz") ||
		!strings.Contains(installer, file.Checksum.NameTemplate) {
		t.Errorf("the action downloads no archive %q %v of %q", archive.NameTemplate, archive.Formats, file.Checksum.NameTemplate)
	}
	var packed []string
	for _, f := range archive.Files {
		packed = append(packed, f.Src)
	}
	for _, contents := range file.NFPMs[0].Contents {
		packed = append(packed, contents.Src)
	}
	for _, name := range packed {
		if found, err := filepath.Glob(filepath.Join(checkout, name)); err != nil || len(found) == 0 {
			t.Errorf("there is no %s (%v)", name, err)
		}
	}
	completions := file.HomebrewCasks[0].Completions
	for _, name := range []string{completions.Bash, completions.Zsh, completions.Fish} {
		if _, err := os.Stat(filepath.Join(checkout, "cmd/amiscan/completion", filepath.Base(name))); err != nil {
			t.Errorf("the cask has no %s: %v", name, err)
		}
	}
}
