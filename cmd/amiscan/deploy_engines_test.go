package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/outside"
	"github.com/amiscan/amiscan/internal/shard"
)

// jobDefinition is what is read of batch/job-definition.json; botocore's model reads all of it.
type jobDefinition struct {
	JobDefinitionName   string
	ContainerProperties struct {
		Command                []string
		ReadonlyRootFilesystem bool
	}
	RetryStrategy struct {
		Attempts       int
		EvaluateOnExit []struct{ OnExitCode, OnReason, Action string }
	}
}

func readJSON(t *testing.T, name string, value any) {
	t.Helper()
	if err := json.Unmarshal([]byte(readDeploy(t, name)), value); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

// TestDeployBatchRetries plays through which exit codes are tried again: the first rule that matches decides, and where none
// does the job is tried again (AWS Batch API Reference, EvaluateOnExit). A pattern ends with an asterisk or is exact.
func TestDeployBatchRetries(t *testing.T) {
	t.Parallel()
	var definition jobDefinition
	readJSON(t, "batch/job-definition.json", &definition)
	rules := definition.RetryStrategy.EvaluateOnExit
	if n := definition.RetryStrategy.Attempts; n < 2 || n > 10 || len(rules) > 5 {
		t.Errorf("%d attempts, %d rules", n, len(rules))
	}
	matches := func(pattern, text string) bool {
		prefix, open := strings.CutSuffix(pattern, "*")
		return pattern == "" || prefix == text || open && strings.HasPrefix(text, prefix)
	}
	// 137 is a container that was killed, 143 one that was asked to go and had no time.
	for code, want := range map[int]string{0: "EXIT", 3: "EXIT", 2: "RETRY", 130: "RETRY", 137: "RETRY", 143: "RETRY"} {
		action := "RETRY"
		for _, rule := range slices.Backward(rules) {
			if matches(rule.OnExitCode, strconv.Itoa(code)) && matches(rule.OnReason, "") {
				action = rule.Action
			}
		}
		if action != want {
			t.Errorf("exit code %d: %s, want %s", code, action, want)
		}
	}
	// A parameter that nobody gave stays as it is written: amiscan must not be able to write to a directory of that name.
	if !definition.ContainerProperties.ReadonlyRootFilesystem {
		t.Error("an inventory could stay inside of the container")
	}
}

// TestDeployBatchSchedule holds the scheduled submission and the one by hand to each other, and both to the definition.
func TestDeployBatchSchedule(t *testing.T) {
	t.Parallel()
	var definition jobDefinition
	var byHand map[string]any
	readJSON(t, "batch/job-definition.json", &definition)
	readJSON(t, "batch/submit-job.json", &byHand)
	scheduled := scheduledInput(t)
	for _, submission := range []map[string]any{byHand, lowerFirst(scheduled)} {
		size, _ := submission["arrayProperties"].(map[string]any)
		for name := range size {
			size[strings.ToLower(name)] = size[name]
		}
		if n, _ := size["size"].(float64); n < 2 || n > 10_000 || submission["jobDefinition"] != definition.JobDefinitionName {
			t.Errorf("submits %v", submission)
		}
	}
	given := scheduled["Parameters"].(map[string]any)
	for _, word := range definition.ContainerProperties.Command {
		if name, ok := strings.CutPrefix(word, "Ref::"); ok && given[name] == nil {
			t.Errorf("the schedule does not give %q", name)
		}
	}
	// Without a time of its own, a run would find the last one's units done.
	if inventory := fmt.Sprint(given["inventory"]); !strings.HasPrefix(inventory, "s3://inventories/") ||
		!strings.HasSuffix(inventory, "/<aws.scheduler.scheduled-time>") {
		t.Errorf("inventory %q", inventory)
	}
	if byHand["parameters"] != nil {
		t.Error("submit-job.json names an inventory, which would be the same for every run")
	}
}

var scheduleInput = regexp.MustCompile(`(?s)Input: !Sub \|\n(.*?\n          \})`)

// scheduledInput is what EventBridge Scheduler hands to Batch.
func scheduledInput(t *testing.T) map[string]any {
	t.Helper()
	match := scheduleInput.FindStringSubmatch(readDeploy(t, "batch/schedule.yaml"))
	if match == nil {
		t.Fatal("the schedule has no input")
	}
	text := strings.NewReplacer("${JobQueue}", "arn:aws:batch:eu-west-1:111122223333:job-queue/audit",
		"${JobDefinition}", "amiscan-audit", "${Bucket}", "inventories", "${Shards}", "16").Replace(match[1])
	var input map[string]any
	if err := json.Unmarshal([]byte(text), &input); err != nil || strings.Contains(text, "${") {
		t.Fatalf("%v: %s", err, text)
	}
	return input
}

func lowerFirst(fields map[string]any) map[string]any {
	lower := map[string]any{}
	for name, value := range fields {
		lower[strings.ToLower(name[:1])+name[1:]] = value
	}
	return lower
}

// TestDeployBatchCalls holds what is sent to AWS Batch to the model of its API that the AWS CLI ships.
func TestDeployBatchCalls(t *testing.T) {
	t.Parallel()
	python := outside.OrLeftOut(t, outside.Python)
	if python == "" {
		return
	}
	var definition, submission map[string]any
	readJSON(t, "batch/job-definition.json", &definition)
	readJSON(t, "batch/submit-job.json", &submission)
	tests := []struct {
		name, operation string
		parameters      map[string]any
		pascal          bool
		problem         string
	}{
		{name: "definition", operation: "RegisterJobDefinition", parameters: definition},
		{name: "submission", operation: "SubmitJob", parameters: submission},
		{name: "schedule", operation: "SubmitJob", parameters: scheduledInput(t), pascal: true},
		{name: "a mistake is seen", operation: "SubmitJob", parameters: scheduledInput(t), problem: "Unknown parameter"},
		{name: "another is seen", operation: "SubmitJob", parameters: submission, pascal: true, problem: "has no arrayProperties"},
		{
			name: "a misspelt word is seen", operation: "RegisterJobDefinition", problem: "none of EC2",
			parameters: map[string]any{"jobDefinitionName": "a", "type": "container", "platformCapabilities": []string{"FARGAT"}},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			call, err := json.Marshal(map[string]any{
				"service": "batch", "operation": test.operation, "parameters": test.parameters, "pascal": test.pascal,
			})
			if err != nil {
				t.Fatal(err)
			}
			command := exec.CommandContext(t.Context(), python, filepath.Join(checkout, "testdata/python/check_call.py"))
			command.Stdin = bytes.NewReader(call)
			out, err := command.CombinedOutput()
			if (err == nil) != (test.problem == "") || !strings.Contains(string(out), test.problem) {
				t.Errorf("%v, want %q\n%s", err, test.problem, out)
			}
		})
	}
}

// cronJob is what is read of kubernetes/cronjob.yaml; the API server's own validation reads all of it.
type cronJob struct {
	Kind     string
	Metadata struct{ Name, Namespace string }
	Spec     struct {
		JobTemplate struct {
			Spec struct {
				CompletionMode           string `yaml:"completionMode"`
				Completions, Parallelism int
				PodFailurePolicy         struct {
					Rules []struct {
						Action      string
						OnExitCodes struct {
							ContainerName, Operator string
							Values                  []int
						} `yaml:"onExitCodes"`
					}
				} `yaml:"podFailurePolicy"`
				Template struct {
					Spec struct {
						ServiceAccountName string `yaml:"serviceAccountName"`
						Containers         []struct {
							Name string
							Args []string
							Env  []struct {
								Name, Value string
								ValueFrom   struct {
									FieldRef struct {
										FieldPath string `yaml:"fieldPath"`
									} `yaml:"fieldRef"`
								} `yaml:"valueFrom"`
							}
						}
					}
				}
			}
		} `yaml:"jobTemplate"`
	}
}

// documents reads the objects of the manifest, by kind.
func documents(t *testing.T) map[string]cronJob {
	t.Helper()
	objects := map[string]cronJob{}
	for _, text := range strings.Split(readDeploy(t, "kubernetes/cronjob.yaml"), "\n---\n") {
		var object cronJob
		if err := yaml.Unmarshal([]byte(text), &object); err != nil {
			t.Fatal(err)
		}
		objects[object.Kind] = object
	}
	return objects
}

// TestDeployKubernetesShards holds the three numbers of the manifest to each other, by what its pods would make of them.
func TestDeployKubernetesShards(t *testing.T) {
	t.Parallel()
	objects := documents(t)
	job := objects["CronJob"].Spec.JobTemplate.Spec
	container := job.Template.Spec.Containers[0]
	variables := map[string]string{}
	for _, variable := range container.Env {
		variables[variable.Name] = variable.Value + variable.ValueFrom.FieldRef.FieldPath
	}
	for index := range job.Completions {
		variables["JOB_COMPLETION_INDEX"] = strconv.Itoa(index)
		got, engine, err := shard.Detect(func(name string) string { return variables[name] })
		if want := (shard.Shard{Index: index + 1, Count: job.Completions}); err != nil || got != want || engine != "Kubernetes" {
			t.Errorf("pod %d is %v of %q, %v", index, got, engine, err)
		}
	}
	if job.CompletionMode != "Indexed" || job.Completions < 2 || job.Parallelism != job.Completions {
		t.Errorf("%s, %d completions, %d at once", job.CompletionMode, job.Completions, job.Parallelism)
	}
	// Without a name of its own, a run would find the last one's units done. batch/v1, JobNameLabel.
	if !slices.Contains(container.Args, "s3://BUCKET/audit/$(RUN)") || variables["RUN"] != "metadata.labels['batch.kubernetes.io/job-name']" {
		t.Errorf("%v with RUN from %q", container.Args, variables["RUN"])
	}
	account := objects["ServiceAccount"].Metadata
	if account.Name != job.Template.Spec.ServiceAccountName || account.Namespace != objects["CronJob"].Metadata.Namespace ||
		account.Namespace != objects["Namespace"].Metadata.Name {
		t.Errorf("the pods run as %q, which is not %v", job.Template.Spec.ServiceAccountName, account)
	}
	last := job.PodFailurePolicy.Rules[len(job.PodFailurePolicy.Rules)-1]
	if codes := last.OnExitCodes; last.Action != "FailIndex" || codes.Operator != "In" || !slices.Equal(codes.Values, []int{3}) {
		t.Errorf("an index is given up by %+v", last)
	}
}

// TestDeployKubernetes has the manifest read by the API server's own types, defaults and validation.
func TestDeployKubernetes(t *testing.T) {
	t.Parallel()
	manifests := outside.OrLeftOut(t, manifestsVariable)
	if manifests == "" {
		return
	}
	tests := []struct{ name, from, to, problem string }{
		{name: "as it is"},
		{"misspelt", "concurrencyPolicy:", "concurencyPolicy:", "unknown field"},
		{"contradictory", "backoffLimitPerIndex: 2", "backoffLimit: 2", "requires the backoffLimitPerIndex"},
		{"privileged", "runAsNonRoot: true", "runAsNonRoot: false", "runAsNonRoot != true"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			file := filepath.Join(t.TempDir(), "cronjob.yaml")
			text := strings.ReplaceAll(readDeploy(t, "kubernetes/cronjob.yaml"), test.from, test.to)
			if test.from == "" {
				text = readDeploy(t, "kubernetes/cronjob.yaml")
			}
			if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			out, err := exec.CommandContext(t.Context(), manifests, file).CombinedOutput()
			if (err == nil) != (test.problem == "") || !strings.Contains(string(out), test.problem) {
				t.Errorf("%v, want %q\n%s", err, test.problem, out)
			}
		})
	}
}

// auditWorkflow is what is read of github/audit.yml; actionlint reads the rest.
type auditWorkflow struct {
	Env  map[string]string
	Jobs map[string]struct {
		Name, Needs, If string
		Permissions     map[string]string
		Strategy        struct {
			FailFast *bool `yaml:"fail-fast"`
			Matrix   struct{ Shard []int }
		}
		Env   map[string]string
		Steps []struct {
			Uses, Run, If string
			With          map[string]any
		}
	}
}

func readAudit(t *testing.T) auditWorkflow {
	t.Helper()
	var file auditWorkflow
	if err := yaml.Unmarshal([]byte(readDeploy(t, "github/audit.yml")), &file); err != nil {
		t.Fatal(err)
	}
	return file
}

// TestDeployGitHub holds the workflow to what makes it whole: every shard has a worker, the report comes after them whatever became
// of them, and what is used is pinned.
func TestDeployGitHub(t *testing.T) {
	t.Parallel()
	file := readAudit(t)
	collect, report := file.Jobs["collect"], file.Jobs["report"]
	workers := collect.Strategy.Matrix.Shard
	for i, worker := range workers {
		text := strings.ReplaceAll(collect.Env["AMISCAN_SHARD"], "${{ matrix.shard }}", strconv.Itoa(worker))
		if got, err := shard.Parse(text); err != nil || got != (shard.Shard{Index: i + 1, Count: len(workers)}) {
			t.Errorf("worker %d of %d is %q: %v", i+1, len(workers), text, err)
		}
	}
	if len(workers) < 2 || collect.Strategy.FailFast == nil || *collect.Strategy.FailFast {
		t.Errorf("strategy %+v", collect.Strategy)
	}
	if !strings.HasSuffix(collect.Name, fmt.Sprintf("/%d", len(workers))) {
		t.Errorf("the workers are called %q", collect.Name)
	}
	if report.Needs != "collect" || report.If != "${{ !cancelled() }}" {
		t.Errorf("the report needs %q if %q", report.Needs, report.If)
	}
	// Without a name of its own, a run would find the last one's units done; with the attempt's, a second would start anew.
	if inventory := file.Env["INVENTORY"]; !strings.HasSuffix(inventory, "/${{ github.run_id }}") {
		t.Errorf("inventory %q", inventory)
	}
	for name, job := range file.Jobs {
		if job.Permissions["id-token"] != "write" {
			t.Errorf("%s can't get its role", name)
		}
		for _, step := range job.Steps {
			if step.Uses != "" && !pinned.MatchString(step.Uses) {
				t.Errorf("%s uses %q, which is not pinned by its commit", name, step.Uses)
			}
		}
	}
}

// TestDeployGitHubInstalls holds the workflow to the action's own installer, and to its release.
func TestDeployGitHubInstalls(t *testing.T) {
	t.Parallel()
	file := readAudit(t)
	var install actionStep
	for _, step := range readAction(t).Runs.Steps {
		if step.ID == "install" {
			install = step
		}
	}
	if file.Env["RELEASES"] != install.Env["RELEASES"] || !strings.Contains(install.Run, "/scripts/action/install") {
		t.Errorf("the action installs with %q from %v, the workflow from %q", install.Run, install.Env, file.Env["RELEASES"])
	}
	for name, job := range file.Jobs {
		installs := false
		for i, step := range job.Steps {
			if step.Run == "amiscan/scripts/action/install" {
				installs = i > 0 && job.Steps[i-1].With["path"] == "amiscan" && job.Steps[i-1].With["ref"] == "${{ env.VERSION }}"
			}
		}
		if !installs {
			t.Errorf("%s does not install what it has checked out", name)
		}
	}
}

var arrayRange = regexp.MustCompile(`(?m)^#SBATCH --array=(\d+)-(\d+)$`)

// TestDeploySlurm runs the scripts as Slurm would, with something in the place of amiscan that says how it was called.
func TestDeploySlurm(t *testing.T) {
	t.Parallel()
	if match := arrayRange.FindStringSubmatch(readDeploy(t, "slurm/audit.sbatch")); match == nil || match[1] != "1" || match[2] == "1" {
		t.Errorf("the array is no range from 1: %v", match)
	}
	if outside.ProgramOrLeftOut(t, "bash") == "" {
		return
	}
	tests := []struct {
		script, inventory string
		want              []string
	}{
		{"audit.sbatch", "s3://b/a 1", []string{"collect", "--org", "--log-format", "json", "--inventory", "s3://b/a 1"}},
		{"report.sbatch", "s3://b/a", []string{"eval", "s3://b/a", "--output", "text", "--output", "json=amiscan-report-7.json"}},
		{"audit.sbatch", "", nil},
		{"report.sbatch", "", nil},
	}
	for _, test := range tests {
		t.Run(test.script+" "+test.inventory, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			stub := "#!/usr/bin/env bash\nprintf '%s\\n' \"$@\"\nexit 3\n"
			if err := os.WriteFile(filepath.Join(dir, "amiscan"), []byte(stub), 0o700); err != nil {
				t.Fatal(err)
			}
			command := exec.CommandContext(t.Context(), "bash", deployFile("slurm/"+test.script))
			command.Env = []string{"PATH=" + dir + ":" + os.Getenv("PATH"), "SLURM_JOB_ID=7", "INVENTORY=" + test.inventory}
			out, err := command.Output()
			if test.want == nil {
				if err == nil || len(out) > 0 {
					t.Errorf("without an inventory it ran amiscan: %s", out)
				}
				return
			}
			// Slurm sees the exit code of amiscan.
			if code := codeOfProcess(err); code != 3 {
				t.Errorf("exit %d", code)
			}
			if diff := cmp.Diff(test.want, strings.Split(strings.TrimSpace(string(out)), "\n")); diff != "" {
				t.Errorf("amiscan was called otherwise (-want +got):\n%s", diff)
			}
		})
	}
}

// TestDeploySlurmScripts has the scripts read by ShellCheck.
func TestDeploySlurmScripts(t *testing.T) {
	t.Parallel()
	shellCheck := outside.OrLeftOut(t, shellCheckVariable)
	if shellCheck == "" {
		return
	}
	for _, name := range []string{"slurm/audit.sbatch", "slurm/report.sbatch"} {
		if out, err := exec.CommandContext(t.Context(), shellCheck, deployFile(name)).CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", name, err, out)
		}
	}
}
