package inventory

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// samplePart has everything that a line can hold, out of order and not canonical.
func samplePart() Part {
	unit := Unit{Partition: "aws", Account: "111122223333", Region: "eu-west-1"}
	image := NewResource(AMI, unit, "ami-2")
	image.Facts["image"] = Fact{Status: Known, Value: json.RawMessage(` {"Name": "<&>", "A" : 1.50 }`)}
	image.Facts["launch_permissions"] = Fact{
		Status: Denied, Action: "ec2:DescribeImageAttribute", Code: "UnauthorizedOperation",
	}
	derived := NewResource(AMI, unit, "ami-1")
	derived.Facts["launch_permissions"] = Fact{Status: Known, Value: json.RawMessage("[]"), Derived: true}
	return Part{
		Unit:      unit,
		Observed:  time.Date(2026, 1, 2, 4, 4, 5, 0, time.FixedZone("CET", 3600)),
		Resources: []Resource{image, NewResource(Settings, unit, "111122223333/eu-west-1"), derived},
		Coverage: []Coverage{
			{Unit: unit, Kind: AMI, Fact: "launch_permissions", Action: "ec2:DescribeImageAttribute", Status: Denied,
				Code: "UnauthorizedOperation", Items: 1, Missing: 1, Narrowed: "images"},
			{Unit: unit, Kind: AMI, Fact: "image", Action: "ec2:DescribeImages", Status: Known, Items: 2},
		},
	}
}

func encoded(t *testing.T, part Part) string {
	t.Helper()
	var buffer bytes.Buffer
	if err := WritePart(&buffer, part); err != nil {
		t.Fatal(err)
	}
	return buffer.String()
}

func TestWritePartGolden(t *testing.T) {
	t.Parallel()
	part := samplePart()
	golden(t, "part.golden.jsonl", []byte(encoded(t, part)))
	if diff := cmp.Diff(samplePart(), part); diff != "" {
		t.Errorf("writing changed the part (-before +after):\n%s", diff)
	}
}

func TestReadPartReadsWhatWasWritten(t *testing.T) {
	t.Parallel()
	text := encoded(t, samplePart())
	part, err := ReadPart(iotest.OneByteReader(strings.NewReader(text)), "p")
	if err != nil {
		t.Fatal(err)
	}
	want := samplePart()
	want.Sort()
	want.Observed = want.Observed.UTC()
	want.Resources[1].Facts["image"] = Fact{Status: Known, Value: json.RawMessage(`{"A":1.50,"Name":"<&>"}`)}
	if diff := cmp.Diff(want, part); diff != "" {
		t.Errorf("read (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(text, encoded(t, part)); diff != "" {
		t.Errorf("written again (-first +second):\n%s", diff)
	}
	unit, err := ReadUnit(strings.NewReader(text), "p")
	if err != nil || unit != want.Unit {
		t.Errorf("unit is %v, %v", unit, err)
	}
}

func TestWritePartRefusesWhatCannotBeRead(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change func(*Part)
		want   string
	}{
		{"no region", func(p *Part) { p.Region = "" }, `region "": none may be empty`},
		{"resource twice", func(p *Part) { p.Resources = append(p.Resources, p.Resources[0]) }, "stands twice in this part"},
		{"coverage twice", func(p *Part) { p.Coverage = append(p.Coverage, p.Coverage[0]) }, "stands twice in this part"},
		{"no status", func(p *Part) { p.Resources[0].Facts["x"] = Fact{} }, `fact "x" of "ami" "ami-2": status "" is none`},
		{"no value", func(p *Part) { p.Resources[0].Facts["x"] = Fact{Status: Known} }, "known, but without a value"},
		{"null", func(p *Part) { p.Resources[0].Facts["x"] = Fact{Status: Known, Value: []byte("null")} }, "without a value"},
		{"broken value", func(p *Part) { p.Resources[0].Facts["x"] = Fact{Status: Known, Value: []byte("{")} }, `fact "x"`},
		{"two values", func(p *Part) { p.Resources[0].Facts["x"] = Fact{Status: Known, Value: []byte("1 2")} }, `fact "x"`},
		{"too deep", func(p *Part) {
			value := strings.Repeat("[", 200) + strings.Repeat("]", 200)
			p.Resources[0].Facts["x"] = Fact{Status: Known, Value: []byte(value)}
		}, "too deeply nested"},
		{"coverage without status", func(p *Part) { p.Coverage[0].Status = "" }, "coverage of"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			part := samplePart()
			test.change(&part)
			err := WritePart(&bytes.Buffer{}, part)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error is %v, want %q", err, test.want)
			}
		})
	}
}

func TestWritePartReportsTheWriter(t *testing.T) {
	t.Parallel()
	if err := WritePart(brokenWriter{}, samplePart()); !errors.Is(err, errBroken) {
		t.Errorf("error is %v", err)
	}
}

var errBroken = errors.New("disk full")

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, errBroken }

const (
	header   = `{"part":{"schema_version":"1","partition":"aws","account":"1","region":"r"}}` + "\n"
	resource = `{"resource":{"kind":"ami","partition":"aws","account":"1","region":"r","id":"ami-1",` +
		`"arn":"a","facts":{}}}` + "\n"
	end0 = `{"end":{"resources":0,"coverage":0}}` + "\n"
	end1 = `{"end":{"resources":1,"coverage":0}}` + "\n"
)

func withFact(fact string) string {
	return header + strings.Replace(resource, `{}`, `{"image":`+fact+`}`, 1) + end1
}

func TestReadPartRefuses(t *testing.T) {
	t.Parallel()
	const coverage = `{"coverage":{"partition":"aws","account":"1","region":"r","kind":"ami","fact":"image","action":"",` +
		`"status":"known","items":0}}` + "\n"
	tests := []struct {
		name, data, want string
	}{
		{"empty", "", "p: is empty"},
		{"no JSON", "PK\x03", "p:1: no JSON object"},
		{"other beginning", resource, `p:1: the first key must be "part", not "resource"`},
		{"other version", `{"part":{"schema_version":"9","new":1}}`,
			`schema version "9" of p is not readable: this amiscan reads "1"`},
		{"no version", `{"part":{}}`, `schema version "" of p is not readable`},
		{"unknown header field", strings.Replace(header, `"region"`, `"zone":"","region"`, 1),
			`p:1: part: json: unknown field "zone"`},
		{"empty account", strings.Replace(header, `"1","region"`, `"","region"`, 1),
			`p:1: part: partition "aws", account ""`},
		{"time past the last year", strings.Replace(header, `"r"`, `"r","observed":"9999-12-31T23:59:59-23:59"`, 1),
			"observation time"},
		{"no end", header + resource, "p: is truncated: the end line is missing"},
		{"cut line", header + resource[:40], "p:2: no JSON object: unexpected end of JSON input"},
		{"unknown key", header + `{"resources":{}}` + "\n", `p:2: "resources" is none of the keys`},
		{"two keys", header + `{"resource":{},"coverage":{}}` + "\n",
			"p:2: an object with one key was expected, this one has 2"},
		{"unknown field", header + strings.Replace(resource, `"arn"`, `"tags":1,"arn"`, 1),
			`p:2: resource: json: unknown field "tags"`},
		{"unknown fact field", withFact(`{"status":"known","value":1,"at":1}`), `p:2: resource: json: unknown field "at"`},
		{"resource twice", header + resource + resource, `p:3: "ami" "ami-1" of account "1" stands twice`},
		{"coverage twice", header + coverage + coverage, "p:3: coverage of"},
		{"no id", header + strings.Replace(resource, `"ami-1"`, `""`, 1), "p:2: resource without kind or id"},
		{"no status", withFact(`{"value":1}`), `p:2: fact "image" of "ami" "ami-1": status "" is none`},
		{"unknown status", withFact(`{"status":"fine","value":1}`), `status "fine" is none`},
		{"no value", withFact(`{"status":"known"}`), `p:2: fact "image" of "ami" "ami-1": known, but without a value`},
		{"null value", withFact(`{"status":"known","value":null}`), "known, but without a value"},
		{"wrong count", header + resource + end0,
			"p:3: the end counts 0 resources and 0 coverage records, but 1 and 0 were read"},
		{"trailing line", header + end0 + header, "p:3: something follows the end"},
		{"trailing garbage", header + end0 + "\n", "p:3: no JSON object"},
		{"too deep", header + `{"resource":` + strings.Repeat("[", 200) + "\n", "p:2: nested deeper than 128 levels"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			part, err := ReadPart(strings.NewReader(test.data), "p")
			if err == nil {
				t.Fatalf("accepted as %v", part)
			}
			if !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %q does not contain %q", err, test.want)
			}
		})
	}
}

func TestReadPartBoundsLinesAndMessages(t *testing.T) {
	t.Parallel()
	_, err := ReadPart(strings.NewReader(header+strings.Repeat(" ", maxLine+1)), "p")
	if err == nil || err.Error() != "p:2: longer than 64 MiB" {
		t.Errorf("error is %v", err)
	}
	long := strings.Repeat("ä", 1000)
	_, err = ReadPart(strings.NewReader(header+`{"resource":{"`+long+`":1}}`), "p")
	if err == nil || len(err.Error()) > 400 {
		t.Errorf("error is %v", err)
	}
	_, err = ReadPart(iotest.TimeoutReader(iotest.OneByteReader(strings.NewReader(header))), "p")
	if !errors.Is(err, iotest.ErrTimeout) {
		t.Errorf("error is %v", err)
	}
}

func FuzzReadPart(f *testing.F) {
	var buffer bytes.Buffer
	if err := WritePart(&buffer, samplePart()); err != nil {
		f.Fatal(err)
	}
	f.Add(buffer.Bytes())
	f.Add([]byte(header + end0))
	f.Add([]byte(withFact(`{"status":"known","value":{"b":1,"a":"\ud800"}}`)))
	f.Fuzz(func(t *testing.T, data []byte) {
		part, err := ReadPart(bytes.NewReader(data), "p")
		if err != nil {
			return
		}
		first := encoded(t, part)
		again, err := ReadPart(strings.NewReader(first), "p")
		if err != nil {
			t.Fatalf("what was written can't be read: %v\n%s", err, first)
		}
		if diff := cmp.Diff(first, encoded(t, again)); diff != "" {
			t.Errorf("the canonical form is not stable:\n%s", diff)
		}
	})
}
