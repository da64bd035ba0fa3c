package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/awsstub"
	"github.com/amiscan/amiscan/internal/inventory"
)

// TestLargeUnitTakesTheComputedCalls reads the large unit of docs/calls.md and counts: each action is called exactly as
// often as computed.
func TestLargeUnitTakesTheComputedCalls(t *testing.T) {
	t.Parallel()
	size := largeUnit()
	parts := []inventory.Part{largePart(size)}
	for _, s := range largeSelections {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			want := map[string]int{}
			for _, a := range judgeFor(t, s.terms).EstimateCalls(nil, size) {
				want[a.Action] = a.Calls
			}
			maps.DeleteFunc(want, func(_ string, calls int) bool { return calls == 0 })
			got := callsOf(t, parts, s.terms)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("calls (-computed +counted):\n%s", diff)
			}
			if sum := sumOf(got); sum == 0 || sum > s.most {
				t.Errorf("%d calls, want at most %d", sum, s.most)
			}
		})
	}
}

func sumOf(calls map[string]int) int {
	sum := 0
	for n := range maps.Values(calls) {
		sum += n
	}
	return sum
}

// callsOf collects the parts and returns the calls by action, without that for the caller's identity.
func callsOf(t *testing.T, parts []inventory.Part, terms []string) map[string]int {
	t.Helper()
	stub, there := startStub(t, parts, awsstub.CountOnly())
	begun := time.Now()
	code, _, problems := there.program(t, "amiscan", "collect", "--region", scriptRegion, "--rate", "100000",
		"--select", strings.Join(terms, ","), "--inventory", filepath.Join(t.TempDir(), "inventory.jsonl"))
	if code != 0 {
		t.Fatalf("exit code %d\n%s", code, problems)
	}
	t.Logf("took %s", time.Since(begun).Round(time.Millisecond))
	for _, r := range stub.Writes() {
		t.Errorf("%s writes", r.Name())
	}
	calls := stub.Calls()
	delete(calls, "sts:GetCallerIdentity")
	return calls
}

// largePart is a unit with so many resources of each kind: every image maps two snapshots, the snapshots are spread over
// the keys, the templates name own images in two versions, and one snapshot is public.
func largePart(size map[string]int) inventory.Part {
	unit := inventory.Unit{Partition: "aws", Account: scriptAccount, Region: scriptRegion}
	part := inventory.Part{Unit: unit, Observed: time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)}
	for kind, facts := range map[string]func(i int) (id string, facts map[string]string){
		inventory.AMI: largeImage, inventory.LaunchTemplate: largeTemplate, inventory.KMSKey: largeKey,
		inventory.Snapshot: func(i int) (string, map[string]string) { return largeSnapshot(i, size[inventory.KMSKey]) },
	} {
		for i := range size[kind] {
			id, values := facts(i)
			r := inventory.NewResource(kind, unit, id)
			for name, value := range values {
				r.Facts[name] = inventory.Fact{Status: inventory.Known, Value: json.RawMessage(value)}
			}
			part.Resources = append(part.Resources, r)
		}
	}
	return part
}

func largeImage(i int) (id string, facts map[string]string) {
	const image = `{"ImageId": "ami-%017[1]x", "OwnerId": "111122223333", "Name": "web-%[1]d", "State": "available", "Public": false,
		"CreationDate": "2026-11-01T06:30:00.000Z", "Architecture": "x86_64", "VirtualizationType": "hvm", "EnaSupport": true,
		"RootDeviceType": "ebs", "RootDeviceName": "/dev/xvda", "BlockDeviceMappings": [
		{"DeviceName": "/dev/xvda", "Ebs": {"SnapshotId": "snap-%017[2]x", "Encrypted": true}},
		{"DeviceName": "/dev/sdf", "Ebs": {"SnapshotId": "snap-%017[3]x", "Encrypted": true}}]}`
	return fmt.Sprintf("ami-%017x", i), map[string]string{
		"image": fmt.Sprintf(image, i, 2*i, 2*i+1), "launch_permissions": `[{"UserId": "444455556666"}]`,
	}
}

// largeSnapshot makes the last one public; such a one can't be encrypted.
func largeSnapshot(i, keys int) (id string, facts map[string]string) {
	const snapshot = `{"SnapshotId": "snap-%017x", "OwnerId": "111122223333", "State": "completed", "Encrypted": true,
		"KmsKeyId": "%s", "VolumeSize": 8}`
	key, _ := largeKey(i % keys)
	facts = map[string]string{"snapshot": fmt.Sprintf(snapshot, i, key)}
	if i == largeUnit()[inventory.Snapshot]-1 {
		const public = `{"SnapshotId": "snap-%017x", "OwnerId": "111122223333", "State": "completed", "Encrypted": false}`
		facts = map[string]string{"snapshot": fmt.Sprintf(public, i), "snapshot_permissions": `[{"Group": "all"}]`}
	}
	return fmt.Sprintf("snap-%017x", i), facts
}

func largeKey(i int) (id string, facts map[string]string) {
	id = fmt.Sprintf("arn:aws:kms:eu-west-1:111122223333:key/00000000-0000-4000-8000-%012x", i)
	return id, map[string]string{"key": keyDocument(id)}
}

func largeTemplate(i int) (id string, facts map[string]string) {
	const versions = `[{"LaunchTemplateId": "lt-%017[1]x", "LaunchTemplateName": "web-%[1]d", "VersionNumber": 1, "DefaultVersion": true,
		"LaunchTemplateData": {"ImageId": "ami-%017[1]x"}}, {"LaunchTemplateId": "lt-%017[1]x", "LaunchTemplateName": "web-%[1]d",
		"VersionNumber": 2, "DefaultVersion": false, "LaunchTemplateData": {"ImageId": "ami-%017[1]x"}}]`
	return fmt.Sprintf("lt-%017x", i), map[string]string{"template_versions": fmt.Sprintf(versions, i)}
}
