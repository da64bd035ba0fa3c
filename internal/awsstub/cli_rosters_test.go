package awsstub_test

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/awsstub"
	"github.com/amiscan/amiscan/internal/inventory"
	"github.com/amiscan/amiscan/internal/outside"
)

// trustPolicy is what a role of an instance profile has; the AWS CLI decodes it.
func trustPolicy() doc {
	return doc{"Version": "2012-10-17", "Statement": []doc{{"Effect": "Allow", "Action": "sts:AssumeRole",
		"Principal": doc{"Service": "ec2.amazonaws.com"}, "Condition": doc{"StringLike": doc{"aws:Tag": "a+b c%"}}}}}
}

// TestCLIReadsRosters lets the AWS CLI print every document that TestSDKReadsEveryFieldOfRosters serves.
func TestCLIReadsRosters(t *testing.T) {
	t.Parallel()
	cli := outside.OrLeftOut(t, outside.AWSCLI)
	if cli == "" {
		return
	}
	arguments := rosterArguments()
	for _, test := range readBacks(0) {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			call, ok := arguments[test.name]
			if !ok {
				t.Fatal("no arguments for the CLI")
			}
			if call.tooNew {
				return
			}
			_, endpoint := serve(t, []inventory.Part{part(ours, ireland, served(test, plain(t, test.value)))})
			var got any
			if err := json.Unmarshal(runCLI(t, cli, endpoint, call.arguments...), &got); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(call.printed(plain(t, test.value)), got); diff != "" {
				t.Errorf("served and printed differ (-served +printed):\n%s", diff)
			}
		})
	}
}

// TestCLIReadsQueryProtocol lets the CLI follow Auto Scaling's tokens, over empty pages, too, and read errors.
func TestCLIReadsQueryProtocol(t *testing.T) {
	t.Parallel()
	cli := outside.OrLeftOut(t, outside.AWSCLI)
	if cli == "" {
		return
	}
	const action = "autoscaling:DescribeAutoScalingGroups"
	stub, endpoint := serve(t, rosterCases()[0].parts(3), awsstub.EmptyPages(action, 1))
	arguments := []string{"autoscaling", "describe-auto-scaling-groups", "--page-size", "2",
		"--query", "AutoScalingGroups[].AutoScalingGroupName"}
	got := runCLI(t, cli, endpoint, arguments...)
	if diff := cmp.Diff([]any{"0000", "0001", "0002"}, plain(t, json.RawMessage(got))); diff != "" {
		t.Error(diff)
	}
	stub.Apply(awsstub.Deny(action))
	for code, arguments := range map[string][]string{
		"AccessDenied": arguments,
		"NoSuchEntity": {"iam", "get-instance-profile", "--instance-profile-name", "none"},
	} {
		_, err := cliCommand(t, cli, endpoint, arguments...).Output()
		if err == nil || !strings.Contains(string(stderrOf(err)), "("+code+")") {
			t.Errorf("got %v: %s, want %s", err, stderrOf(err), code)
		}
	}
}

// TestCLIReadsTrustPolicy serves a policy document as an inventory holds it: decoded or as IAM sends it.
func TestCLIReadsTrustPolicy(t *testing.T) {
	t.Parallel()
	cli := outside.OrLeftOut(t, outside.AWSCLI)
	if cli == "" {
		return
	}
	text, err := json.Marshal(trustPolicy())
	if err != nil {
		t.Fatal(err)
	}
	for name, policy := range map[string]any{"decoded": trustPolicy(), "encoded": url.PathEscape(string(text))} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			profile := doc{"InstanceProfileName": "web", "Roles": []doc{{"AssumeRolePolicyDocument": policy}}}
			_, endpoint := serve(t, []inventory.Part{part(ours, ireland,
				resource(inventory.InstanceProfile, ours, ireland, "web", "instance_profile", profile))})
			got := runCLI(t, cli, endpoint, "iam", "get-instance-profile", "--instance-profile-name", "web",
				"--query", "InstanceProfile.Roles[].AssumeRolePolicyDocument")
			if diff := cmp.Diff([]any{plain(t, trustPolicy())}, plain(t, json.RawMessage(got))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// served is the resource of a read-back with another value.
func served(test readBack, value any) inventory.Resource {
	r := resource(test.kind, ours, ireland, test.id, test.fact, value)
	if test.kind == inventory.AMI {
		r.Facts["image"] = ami(test.id, nil).Facts["image"]
	}
	return r
}

// cliRead is how the CLI is asked for a document, and where it prints it.
type cliRead struct {
	arguments []string
	// under is the field that the document stands in; empty where the answer is the document.
	under string
	// alone says that the document stands there itself, and not in a list.
	alone bool
	// newer are fields that the service models inside the pinned CLI (awscli 1.46.2) do not have yet. The SDK reads them
	// back. With a newer CLI the test fails until the names are taken away here.
	newer []string
	// tooNew says that the pinned CLI does not have the call.
	tooNew bool
}

func (c cliRead) printed(value any) any {
	list, isList := value.([]any)
	if !isList {
		list = []any{value}
	}
	for _, path := range c.newer {
		forget(list, strings.Split(path, "."))
	}
	switch {
	case c.under == "":
		return value
	case c.alone:
		return doc{c.under: value}
	}
	return doc{c.under: list}
}

// forget takes the field at the end of a path out of an object, or out of all members of a list.
func forget(value any, path []string) {
	switch v := value.(type) {
	case []any:
		for _, member := range v {
			forget(member, path)
		}
	case doc:
		if len(path) == 1 {
			delete(v, path[0])
			return
		}
		forget(v[path[0]], path[1:])
	}
}

// rosterArguments are the calls by the names of the read-backs.
func rosterArguments() map[string]cliRead {
	ec2 := func(under string, arguments ...string) cliRead {
		return cliRead{arguments: append([]string{"ec2"}, arguments...), under: under}
	}
	metadata := ec2("AccountLevel", "get-instance-metadata-defaults")
	metadata.alone = true
	allowed := ec2("", "get-allowed-images-settings")
	allowed.newer = []string{"ImageCriteria.ScanResultCondition"}
	fleet := ec2("Fleets", "describe-fleets")
	fleet.newer = []string{"ReservedCapacityOptions.AllocationStrategy",
		"ReservedCapacityOptions.ReservedCapacityFallbackOptions"}
	kind := ec2("InstanceTypes", "describe-instance-types", "--instance-types", "m7i.large")
	kind.newer = []string{"NetworkInfo.NetworkCards.InterfaceTypes"}
	return map[string]cliRead{
		"image_block_public_access":    ec2("", "get-image-block-public-access-state"),
		"snapshot_block_public_access": ec2("", "get-snapshot-block-public-access-state"),
		"ebs_encryption_by_default":    ec2("", "get-ebs-encryption-by-default"),
		"ebs_default_kms_key":          ec2("", "get-ebs-default-kms-key-id"),
		"instance_metadata_defaults":   metadata,
		"allowed_images":               allowed,
		"serial_console_access":        ec2("", "get-serial-console-access-status"),
		"auto scaling group": {arguments: []string{"autoscaling", "describe-auto-scaling-groups", "--no-include-instances"},
			under: "AutoScalingGroups",
			newer: []string{"Operator", "MixedInstancesPolicy.InstancesDistribution.DistributionSegments"}},
		"launch configuration": {arguments: []string{"autoscaling", "describe-launch-configurations",
			"--launch-configuration-names", "old"}, under: "LaunchConfigurations"},
		"fleet":      fleet,
		"spot fleet": ec2("SpotFleetRequestConfigs", "describe-spot-fleet-requests"),
		"pinned versions": ec2("LaunchTemplateVersions", "describe-launch-template-versions",
			"--launch-template-id", templateID),
		"instance":      ec2("InstanceImageMetadata", "describe-instance-image-metadata"),
		"instance type": kind,
		"offerings": ec2("InstanceTypeOfferings", "describe-instance-type-offerings", "--location-type", "availability-zone",
			"--filters", "Name=instance-type,Values=m7i.large"),
		"instance profile": {arguments: []string{"iam", "get-instance-profile", "--instance-profile-name", "web"},
			under: "InstanceProfile", alone: true, newer: []string{"Roles.SourceRoleTemplate"}},
		"security group":    ec2("SecurityGroups", "describe-security-groups", "--group-ids", "sg-1"),
		"subnet":            ec2("Subnets", "describe-subnets", "--subnet-ids", "subnet-1"),
		"key pair":          ec2("KeyPairs", "describe-key-pairs", "--key-names", "ops"),
		"foreign snapshot":  ec2("Snapshots", "describe-snapshots", "--filters", "Name=snapshot-id,Values="+snapshotID),
		"tier":              ec2("SnapshotTierStatuses", "describe-snapshot-tier-status"),
		"lock":              ec2("Snapshots", "describe-locked-snapshots"),
		"recycled snapshot": ec2("Snapshots", "list-snapshots-in-recycle-bin", "--snapshot-ids", snapshotID),
		"recycled image":    ec2("Images", "list-images-in-recycle-bin"),
		"ancestry":          ec2("ImageAncestryEntries", "get-image-ancestry", "--image-id", imageID),
		"findings":          {tooNew: true},
		"references": ec2("ImageReferences", "describe-image-references", "--image-ids", imageID,
			"--include-all-resource-types"),
		"usage reports":        ec2("ImageUsageReports", "describe-image-usage-reports", "--image-ids", imageID),
		"usage report entries": ec2("ImageUsageReportEntries", "describe-image-usage-report-entries"),
		"store tasks":          ec2("StoreImageTaskResults", "describe-store-image-tasks", "--image-ids", imageID),
		"export tasks":         ec2("ExportImageTasks", "describe-export-image-tasks"),
		"fast launch":          ec2("FastLaunchImages", "describe-fast-launch-images"),
	}
}
