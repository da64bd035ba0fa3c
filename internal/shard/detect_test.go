package shard_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/amiscan/amiscan/internal/shard"
)

func slurm(id, lowest, highest, step, count string) map[string]string {
	return map[string]string{
		"SLURM_ARRAY_TASK_ID": id, "SLURM_ARRAY_TASK_MIN": lowest, "SLURM_ARRAY_TASK_MAX": highest,
		"SLURM_ARRAY_TASK_STEP": step, "SLURM_ARRAY_TASK_COUNT": count,
	}
}

func batch(index, size string) map[string]string {
	return map[string]string{"AWS_BATCH_JOB_ARRAY_INDEX": index, "AWS_BATCH_JOB_ARRAY_SIZE": size}
}

func kubernetes(index, count string) map[string]string {
	return map[string]string{"JOB_COMPLETION_INDEX": index, "AMISCAN_SHARDS": count}
}

func both(a, b map[string]string) map[string]string {
	all := map[string]string{}
	for _, variables := range []map[string]string{a, b} {
		for name, value := range variables {
			all[name] = value
		}
	}
	return all
}

func TestDetect(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name      string
		variables map[string]string
		want      shard.Shard
		engine    string
		problem   string
	}{
		{name: "nothing"},
		{name: "empty is unset", variables: batch("", "")},
		// A job that is no array has other variables of the engine.
		{name: "no array", variables: map[string]string{"AWS_BATCH_JOB_ID": "1", "SLURM_JOB_ID": "1", "KUBERNETES_SERVICE_HOST": "x"}},

		{name: "Batch, first", variables: batch("0", "8"), want: shard.Shard{Index: 1, Count: 8}, engine: "AWS Batch"},
		{name: "Batch, last", variables: batch("7", "8"), want: shard.Shard{Index: 8, Count: 8}, engine: "AWS Batch"},
		{name: "Batch, beyond", variables: batch("8", "8"), problem: "the index must be 0 to 7"},
		{name: "Batch, none", variables: batch("0", "0"), problem: "there must be 1 shard at least"},
		{name: "Batch, half", variables: batch("3", ""), problem: "AWS_BATCH_JOB_ARRAY_INDEX is set without AWS_BATCH_JOB_ARRAY_SIZE"},
		{name: "Batch, other half", variables: batch("", "8"), problem: "AWS_BATCH_JOB_ARRAY_SIZE is set without AWS_BATCH_JOB_ARRAY_INDEX"},
		{name: "Batch, no number", variables: batch("x", "8"), problem: `detect shard of AWS Batch: AWS_BATCH_JOB_ARRAY_INDEX "x" is no whole number`},
		{name: "Batch, negative", variables: batch("-1", "8"), problem: "is no whole number"},
		{name: "Batch, huge", variables: batch("0", "1000000"), problem: "there can't be more than 100000 shards"},

		{name: "Kubernetes", variables: kubernetes("2", "4"), want: shard.Shard{Index: 3, Count: 4}, engine: "Kubernetes"},
		// AMISCAN_SHARDS is less than the completions of the manifest.
		{name: "Kubernetes, beyond", variables: kubernetes("4", "4"), problem: "the index must be 0 to 3"},
		{name: "Kubernetes, no count", variables: kubernetes("2", ""), problem: "JOB_COMPLETION_INDEX is set without AMISCAN_SHARDS"},
		{name: "Kubernetes, not indexed", variables: kubernetes("", "4"), problem: "AMISCAN_SHARDS is set without JOB_COMPLETION_INDEX"},

		{name: "Slurm, 0-7", variables: slurm("7", "0", "7", "1", "8"), want: shard.Shard{Index: 8, Count: 8}, engine: "Slurm"},
		{name: "Slurm, 1-3", variables: slurm("1", "1", "3", "1", "3"), want: shard.Shard{Index: 1, Count: 3}, engine: "Slurm"},
		{name: "Slurm, 1-7:2", variables: slurm("5", "1", "7", "2", "4"), want: shard.Shard{Index: 3, Count: 4}, engine: "Slurm"},
		// 0-8:3 is 0, 3, 6: the highest is the last task, not the end of the range.
		{name: "Slurm, 0-8:3", variables: slurm("6", "0", "6", "3", "3"), want: shard.Shard{Index: 3, Count: 3}, engine: "Slurm"},
		{name: "Slurm, one task", variables: slurm("5", "5", "5", "1", "1"), want: shard.Shard{Index: 1, Count: 1}, engine: "Slurm"},
		{name: "Slurm, 1,3,7", variables: slurm("1", "1", "7", "1", "3"), problem: "the array is no plain range"},
		{name: "Slurm, 1-7:2,20", variables: slurm("3", "1", "20", "2", "5"), problem: "the array is no plain range"},
		{name: "Slurm, between steps", variables: slurm("2", "1", "7", "2", "4"), problem: "the array is no plain range"},
		{name: "Slurm, step 0", variables: slurm("1", "1", "3", "0", "3"), problem: "the task is not within its array"},
		{name: "Slurm, below", variables: slurm("0", "1", "3", "1", "3"), problem: "the task is not within its array"},
		{name: "Slurm, above", variables: slurm("4", "1", "3", "1", "3"), problem: "the task is not within its array"},
		{name: "Slurm, half", variables: slurm("1", "1", "3", "", "3"), problem: "is set without SLURM_ARRAY_TASK_STEP"},
		{name: "Slurm, ID alone", variables: slurm("1", "", "", "", ""), problem: "SLURM_ARRAY_TASK_ID is set without"},

		{name: "two engines", variables: both(batch("0", "8"), slurm("1", "1", "8", "1", "8")), problem: "both AWS Batch and Slurm"},
		{name: "two that agree", variables: both(batch("0", "8"), kubernetes("0", "8")), problem: "both AWS Batch and Kubernetes"},
		{name: "one and a half", variables: both(batch("0", "8"), kubernetes("0", "")), problem: "detect shard of Kubernetes"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got, engine, err := shard.Detect(func(name string) string { return test.variables[name] })
			if got != test.want || engine != test.engine {
				t.Errorf("got %+v of %q, want %+v of %q", got, engine, test.want, test.engine)
			}
			if (err == nil) != (test.problem == "") || err != nil && !strings.Contains(err.Error(), test.problem) {
				t.Errorf("error %v, want %q", err, test.problem)
			}
		})
	}
}

// TestDetectEveryWorker holds each engine to its promise: its workers are the shards 1 to Count, each once.
func TestDetectEveryWorker(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		worker func(i int) map[string]string
	}{
		{"Batch", func(i int) map[string]string { return batch(strconv.Itoa(i), "20") }},
		{"Kubernetes", func(i int) map[string]string { return kubernetes(strconv.Itoa(i), "20") }},
		{"Slurm", func(i int) map[string]string { return slurm(strconv.Itoa(3+5*i), "3", "98", "5", "20") }},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			for i := range 20 {
				variables := test.worker(i)
				got, _, err := shard.Detect(func(name string) string { return variables[name] })
				if want := (shard.Shard{Index: i + 1, Count: 20}); err != nil || got != want {
					t.Errorf("worker %d is %v, %v", i, got, err)
				}
			}
		})
	}
}
