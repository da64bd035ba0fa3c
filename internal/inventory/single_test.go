package inventory

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func sampleManifest() Manifest {
	return Manifest{
		SchemaVersion: SchemaVersion, Tool: "amiscan 1.0.0", Caller: "111122223333", Regions: []string{"eu-west-1"},
		EnabledRegions: 17, Facts: []string{"ami.image"}, Started: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC),
	}
}

func emptyPart(account, region string) Part {
	return Part{Unit: Unit{Partition: "aws", Account: account, Region: region}}
}

func singleFile(t *testing.T, parts ...Part) string {
	t.Helper()
	var buffer bytes.Buffer
	if err := WriteInventory(&buffer, sampleManifest(), sequence(parts)); err != nil {
		t.Fatal(err)
	}
	return buffer.String()
}

func TestInventoryRoundTrip(t *testing.T) {
	t.Parallel()
	text := singleFile(t, samplePart(), emptyPart("111122223333", "us-east-1"), emptyPart("2", "eu-west-1"))
	manifest, parts, err := ReadInventory(strings.NewReader(text), "i")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(sampleManifest(), manifest); diff != "" {
		t.Errorf("manifest (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(text, singleFile(t, parts...)); diff != "" {
		t.Errorf("written again (-first +second):\n%s", diff)
	}
	loaded, manifest, err := Load(inputs("i", text), ImportOptions{Account: "ignored"})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(parts, loaded); diff != "" {
		t.Errorf("loaded (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(sampleManifest(), manifest); diff != "" {
		t.Errorf("loaded manifest (-want +got):\n%s", diff)
	}
}

func TestWriteInventoryRefusesDisorder(t *testing.T) {
	t.Parallel()
	for _, parts := range [][]Part{
		{emptyPart("2", "r"), emptyPart("1", "r")},
		{emptyPart("1", "r"), emptyPart("1", "r")},
	} {
		err := WriteInventory(&bytes.Buffer{}, Manifest{}, sequence(parts))
		if err == nil || !strings.Contains(err.Error(), `account "1", region "r" is out of order`) {
			t.Errorf("error is %v", err)
		}
	}
	failing := func(yield func(Part, error) bool) { yield(Part{}, errBroken) }
	if err := WriteInventory(&bytes.Buffer{}, Manifest{}, failing); !errors.Is(err, errBroken) {
		t.Errorf("error is %v", err)
	}
}

func TestReadInventoryRefuses(t *testing.T) {
	t.Parallel()
	const first = `{"manifest":{"schema_version":"1","tool":"t","started":"2026-01-02T03:04:05Z"}}` + "\n"
	tests := []struct {
		name, data, want string
	}{
		{"empty", "", "i: is empty"},
		{"a part", header + end0, `i:1: the first key must be "manifest", not "part"`},
		{"other version", `{"manifest":{"schema_version":"9"}}`,
			`schema version "9" of i is not readable: this amiscan reads "1"`},
		{"other part version", first + strings.Replace(header, `"1"`, `"9"`, 1), `schema version "9" of i is not readable`},
		{"unknown field", `{"manifest":{"schema_version":"1","x":1}}`, `i: manifest: json: unknown field "x"`},
		{"no end", first + header + end0, `i: is truncated: the line "manifest_end" is missing`},
		{"cut in a part", first + header, "i: is truncated: the end line is missing"},
		{"resource outside", first + resource, `i:2: "resource" is none of the keys`},
		{"wrong count", first + header + end0 + `{"manifest_end":{"parts":2}}`,
			"i:4: the end counts 2 parts, but 1 were read"},
		{"unit twice", first + header + end0 + header + end0 + `{"manifest_end":{"parts":2}}`,
			`i: account "1", region "r" stands in two parts`},
		{"trailing", first + `{"manifest_end":{"parts":0}}` + "\n" + first, "i:3: something follows the end"},
		{"line in a second part", first + header + end0 + strings.Replace(header, `"r"`, `"s"`, 1) + "{}\n",
			"i:5: an object with one key"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, parts, err := ReadInventory(strings.NewReader(test.data), "i")
			if err == nil {
				t.Fatalf("accepted as %v", parts)
			}
			if !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %q does not contain %q", err, test.want)
			}
		})
	}
}

func TestLoadMixes(t *testing.T) {
	t.Parallel()
	own := singleFile(t, samplePart())
	other := strings.ReplaceAll(imageA, "111122223333", "222233334444")
	parts, manifest, err := Load(inputs("cli.json", images(other), "own.jsonl", own), ImportOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if len(parts) != 2 || parts[0].Account != "111122223333" || parts[1].Account != "222233334444" {
		t.Errorf("parts are %v", parts)
	}
	if want := "amiscan 1.0.0, aws-cli"; manifest.Tool != want {
		t.Errorf("tool is %q, want %q", manifest.Tool, want)
	}
	_, _, err = Load(inputs("a", own, "b", own), ImportOptions{})
	if err == nil || err.Error() != `account "111122223333", region "eu-west-1" stands in two of the inputs` {
		t.Errorf("error is %v", err)
	}
}

func TestLoadNamesTheToolOfSavedOutput(t *testing.T) {
	t.Parallel()
	_, manifest, err := Load(inputs("cli.json", images(imageA)), ImportOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(Manifest{SchemaVersion: SchemaVersion, Tool: "aws-cli"}, manifest); diff != "" {
		t.Errorf("manifest (-want +got):\n%s", diff)
	}
}

func TestMergeManifests(t *testing.T) {
	t.Parallel()
	second := Manifest{
		Tool: "amiscan 2.0.0", Caller: "222233334444", Regions: []string{"us-east-1", "eu-west-1"}, EnabledRegions: 20,
		Images: []string{"ami-1"}, Facts: []string{"ami.a"}, Started: time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC),
	}
	want := Manifest{
		SchemaVersion: SchemaVersion, Tool: "amiscan 1.0.0, amiscan 2.0.0", Regions: []string{"eu-west-1", "us-east-1"},
		EnabledRegions: 20, Images: []string{"ami-1"}, Facts: []string{"ami.a", "ami.image"}, Started: second.Started,
	}
	if diff := cmp.Diff(second, MergeManifests([]Manifest{second})); diff != "" {
		t.Errorf("one alone (-want +got):\n%s", diff)
	}
	for _, list := range [][]Manifest{{sampleManifest(), second}, {second, sampleManifest(), {}}} {
		want.Joined = list
		again := MergeManifests([]Manifest{{Tool: "aws-cli"}, MergeManifests(list)})
		if diff := cmp.Diff(append([]Manifest{{Tool: "aws-cli"}}, list...), again.Joined); diff != "" {
			t.Errorf("joined twice (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff(want, MergeManifests(list)); diff != "" {
			t.Errorf("merged (-want +got):\n%s", diff)
		}
	}
}

func FuzzReadInventory(f *testing.F) {
	var buffer bytes.Buffer
	if err := WriteInventory(&buffer, sampleManifest(), sequence([]Part{samplePart()})); err != nil {
		f.Fatal(err)
	}
	f.Add(buffer.Bytes())
	f.Add([]byte(`{"manifest":{"schema_version":"1"}}` + "\n" + header + end0 + `{"manifest_end":{"parts":1}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		manifest, parts, err := ReadInventory(bytes.NewReader(data), "i")
		if err != nil {
			return
		}
		var first, second bytes.Buffer
		if err := WriteInventory(&first, manifest, sequence(parts)); err != nil {
			t.Fatalf("what was read can't be written: %v", err)
		}
		manifest, parts, err = ReadInventory(bytes.NewReader(first.Bytes()), "i")
		if err != nil {
			t.Fatalf("what was written can't be read: %v\n%s", err, first.String())
		}
		if err := WriteInventory(&second, manifest, sequence(parts)); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(first.String(), second.String()); diff != "" {
			t.Errorf("the canonical form is not stable:\n%s", diff)
		}
	})
}
