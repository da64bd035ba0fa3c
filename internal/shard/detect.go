package shard

import (
	"errors"
	"fmt"
	"strings"
)

// engine is something that starts numbered workers and tells each its number in variables.
type engine struct {
	name string
	// variables are all that it sets. A worker has all of them or none.
	variables []string
	// number makes a shard of their values, in the order of variables.
	number func(values []int) (Shard, error)
}

// engines are those that Detect knows.
func engines() []engine {
	return []engine{
		// AWS Batch User Guide, "AWS Batch job environment variables": both are set in children of an array, and the index begins
		// with 0.
		{name: "AWS Batch", variables: []string{"AWS_BATCH_JOB_ARRAY_INDEX", "AWS_BATCH_JOB_ARRAY_SIZE"}, number: fromZero},
		// Kubernetes, batch/v1, JobSpec.completionMode: indexes are 0 to completions - 1. A pod is not told completions, so that the
		// manifest says it a second time.
		{name: "Kubernetes", variables: []string{"JOB_COMPLETION_INDEX", "AMISCAN_SHARDS"}, number: fromZero},
		// sbatch(1), "OUTPUT ENVIRONMENT VARIABLES".
		{
			name: "Slurm",
			variables: []string{
				"SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_MIN", "SLURM_ARRAY_TASK_MAX", "SLURM_ARRAY_TASK_STEP",
				"SLURM_ARRAY_TASK_COUNT",
			},
			number: fromSlurm,
		},
	}
}

// Detect finds out from the environment which shard this worker is, and which engine says so. Where no engine says anything,
// it is the zero Shard and "". An engine that says only half, or two engines at once, is an error: a worker that guessed
// would leave units to nobody.
func Detect(getenv func(string) string) (shard Shard, engine string, err error) {
	for _, e := range engines() {
		found, present, err := e.detect(getenv)
		switch {
		case err != nil:
			return Shard{}, "", fmt.Errorf("detect shard of %s: %w", e.name, err)
		case present && engine != "":
			return Shard{}, "", fmt.Errorf("detect shard: both %s and %s number this worker; say which it is with --shard", engine, e.name)
		case present:
			shard, engine = found, e.name
		}
	}
	return shard, engine, nil
}

// detect reads the variables of one engine. Empty counts as unset, as it does for every variable of amiscan.
func (e engine) detect(getenv func(string) string) (s Shard, present bool, err error) {
	var values []int
	var set, missing []string
	for _, name := range e.variables {
		text := getenv(name)
		if text == "" {
			missing = append(missing, name)
			continue
		}
		value, err := number(text)
		if err != nil {
			return Shard{}, false, fmt.Errorf("%s %w", name, err)
		}
		set, values = append(set, name), append(values, value)
	}
	switch {
	case len(set) == 0:
		return Shard{}, false, nil
	case len(missing) > 0:
		return Shard{}, false, fmt.Errorf("%s is set without %s", strings.Join(set, ", "), strings.Join(missing, ", "))
	}
	if s, err = e.number(values); err != nil {
		return Shard{}, false, fmt.Errorf("%s: %w", described(e.variables, values), err)
	}
	return s, true, nil
}

func described(names []string, values []int) string {
	var all []string
	for i, name := range names {
		all = append(all, fmt.Sprintf("%s=%d", name, values[i]))
	}
	return strings.Join(all, " ")
}

// fromZero makes a shard of an index that begins with 0.
func fromZero(values []int) (Shard, error) {
	index, count := values[0], values[1]
	if count > 0 && index >= count {
		return Shard{}, fmt.Errorf("the index must be 0 to %d", count-1)
	}
	return numbered(index+1, count)
}

// fromSlurm makes a shard of a task's place in its array. The count is how many tasks there are, whatever the step
// (slurmctld counts the bits of the array; 1-7:2 has four). An array that is no plain range, such as 1,3,7 or two
// ranges with a step of the first, cannot be counted through: Slurm tells none of its tasks which the others are.
func fromSlurm(values []int) (Shard, error) {
	id, lowest, highest, step, count := values[0], values[1], values[2], values[3], values[4]
	switch {
	case step < 1 || id < lowest || id > highest:
		return Shard{}, errors.New("the task is not within its array")
	case (highest-lowest)%step != 0 || (highest-lowest)/step+1 != count || (id-lowest)%step != 0:
		return Shard{}, errors.New("the array is no plain range: submit one such as --array=1-8, or say --shard")
	}
	return numbered((id-lowest)/step+1, count)
}
