package awsstub

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// Parameters of EC2's listings. A # stands for a position in a list.
var (
	imageParameters = []string{"ImageId.#", "Owner.#", "ExecutableBy.#", "IncludeDeprecated", "IncludeDisabled",
		"Filter.#.Name", "Filter.#.Value.#", "MaxResults", "NextToken"}
	snapshotParameters = []string{"SnapshotId.#", "Owner.#", "RestorableBy.#",
		"Filter.#.Name", "Filter.#.Value.#", "MaxResults", "NextToken"}
	templateParameters = []string{"LaunchTemplateId", "LaunchTemplateName", "LaunchTemplateVersion.#", "MinVersion",
		"MaxVersion", "ResolveAlias", "IncludeManagedResources",
		"Filter.#.Name", "Filter.#.Value.#", "MaxResults", "NextToken"}
	regionParameters = []string{"RegionName.#", "AllRegions", "Filter.#.Name", "Filter.#.Value.#"}
)

// checkParameters refuses parameters that an action does not have, and answers EC2's dry run.
func checkParameters(r Request, allowed []string) error {
	if allowed == nil {
		return nil
	}
	code, dryRun := "ValidationError", ""
	if r.Service == "ec2" {
		code, dryRun = "UnknownParameter", "DryRun"
	}
	for _, name := range sortedKeys(r.Parameters) {
		if name != dryRun && !slices.Contains(allowed, withoutPositions(name)) {
			return invalid(code, "The parameter "+name+" is not recognized")
		}
	}
	if dryRun != "" && r.isTrue(dryRun) {
		return &apiError{http.StatusPreconditionFailed, "DryRunOperation",
			"Request would have succeeded, but DryRun flag is set."}
	}
	return nil
}

// withoutPositions puts # in the place of list positions.
func withoutPositions(name string) string {
	parts := strings.Split(name, ".")
	for i, part := range parts {
		if n, err := strconv.Atoi(part); err == nil && n > 0 {
			parts[i] = "#"
		}
	}
	return strings.Join(parts, ".")
}
