package collect

import (
	"context"
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/aws/smithy-go"
	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/inventory"
)

const (
	ours   = "111122223333"
	theirs = "999900001111"
)

var (
	testUnit = inventory.Unit{Partition: "aws", Account: ours, Region: "eu-west-1"}
	testNow  = time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
)

// calls counts calls by action.
type calls struct {
	mu    sync.Mutex
	count map[string]int
}

func (c *calls) trace(action string, _ error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.count == nil {
		c.count = map[string]int{}
	}
	c.count[action]++
}

// noCalls are clients of which every operation fails the test.
func noCalls(t *testing.T) clients {
	t.Helper()
	c := clients{organization: newOnce[string, inventory.Fact]()}
	v := reflect.ValueOf(&c).Elem()
	for i := range v.NumField() {
		field := v.Type().Field(i)
		if !field.IsExported() {
			continue
		}
		refuse := errors.New("called without need")
		v.Field(i).Set(reflect.MakeFunc(field.Type, func([]reflect.Value) []reflect.Value {
			t.Errorf("%s was called", field.Name)
			return []reflect.Value{reflect.Zero(field.Type.Out(0)), reflect.ValueOf(&refuse).Elem()}
		}))
	}
	return c
}

// closure are facts by "kind.name" with all that they are made of.
func closure(t *testing.T, names ...string) []inventory.FactRef {
	t.Helper()
	var refs []inventory.FactRef
	for _, name := range names {
		kind, fact, _ := strings.Cut(name, ".")
		if _, ok := Catalog().Lookup(ref(kind, fact)); !ok {
			t.Fatalf("no fact %s", name)
		}
		refs = append(refs, ref(kind, fact))
	}
	return Catalog().Closure(refs)
}

// read collects a unit and proves that it can be written: what can't be put loses the whole unit.
func read(t *testing.T, c clients, request Request) inventory.Part {
	t.Helper()
	request.Now = testNow
	part, err := collectUnit(context.Background(), testUnit, c, request)
	if err != nil {
		t.Fatal(err)
	}
	if err := inventory.WritePart(discard{}, part); err != nil {
		t.Fatal(err)
	}
	return part
}

type discard struct{}

func (discard) Write(p []byte) (int, error) { return len(p), nil }

// factOf returns a fact of a resource, which must be there.
func factOf(t *testing.T, part inventory.Part, kind, id, name string) inventory.Fact {
	t.Helper()
	for _, r := range part.Resources {
		if r.Kind == kind && r.ID == id {
			return r.Fact(name)
		}
	}
	t.Fatalf("no %s %s among %v", kind, id, idsOf(part, kind))
	return inventory.Fact{}
}

func idsOf(part inventory.Part, kind string) []string {
	var ids []string
	for _, r := range part.Resources {
		if r.Kind == kind {
			ids = append(ids, r.ID)
		}
	}
	return ids
}

// wantFact compares a fact's status, code, whether it is derived, and its value.
func wantFact(t *testing.T, got inventory.Fact, status inventory.Status, code, value string) {
	t.Helper()
	if got.Status != status || got.Code != code {
		t.Errorf("fact is %s %q, want %s %q", got.Status, got.Code, status, code)
	}
	if got.Action == "" {
		t.Error("the fact names no action")
	}
	if value == "" {
		if got.Value != nil {
			t.Errorf("value is %s, want none", got.Value)
		}
		return
	}
	if diff := cmp.Diff(fromJSON(t, value), fromJSON(t, string(got.Value))); diff != "" {
		t.Errorf("value (-want +got):\n%s", diff)
	}
}

func fromJSON(t *testing.T, text string) any {
	t.Helper()
	var value any
	if err := json.Unmarshal([]byte(text), &value); err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return value
}

// refused is AWS's answer with an error code.
func refused(code string) error { return &smithy.GenericAPIError{Code: code, Message: "no"} }

func image(id, owner string, snapshots ...string) types.Image {
	i := types.Image{ImageId: aws.String(id), OwnerId: aws.String(owner), State: types.ImageStateAvailable}
	for _, snapshot := range snapshots {
		i.BlockDeviceMappings = append(i.BlockDeviceMappings, types.BlockDeviceMapping{
			DeviceName: aws.String("/dev/" + snapshot), Ebs: &types.EbsBlockDevice{SnapshotId: aws.String(snapshot)},
		})
	}
	return i
}

func snapshot(id, owner string) types.Snapshot {
	return types.Snapshot{SnapshotId: aws.String(id), OwnerId: aws.String(owner), Encrypted: aws.Bool(false)}
}

// serveImages answers DescribeImages from a list, honouring the filter by id alone.
func serveImages(
	all ...types.Image,
) operation[ec2.DescribeImagesInput, ec2.DescribeImagesOutput, ec2.Options] {
	return func(
		_ context.Context, in *ec2.DescribeImagesInput, _ ...func(*ec2.Options),
	) (*ec2.DescribeImagesOutput, error) {
		var out ec2.DescribeImagesOutput
		for _, i := range all {
			if len(in.Filters) == 0 || contains(in.Filters[0].Values, *i.ImageId) {
				out.Images = append(out.Images, i)
			}
		}
		return &out, nil
	}
}

// serveSnapshots answers DescribeSnapshots from a list and ignores every filter.
func serveSnapshots(
	all ...types.Snapshot,
) operation[ec2.DescribeSnapshotsInput, ec2.DescribeSnapshotsOutput, ec2.Options] {
	return func(
		context.Context, *ec2.DescribeSnapshotsInput, ...func(*ec2.Options),
	) (*ec2.DescribeSnapshotsOutput, error) {
		return &ec2.DescribeSnapshotsOutput{Snapshots: all}, nil
	}
}

// failing is an operation that always ends in an error.
func failing[In, Out, Options any](err error) operation[In, Out, Options] {
	return func(context.Context, *In, ...func(*Options)) (*Out, error) { return nil, err }
}

func contains(list []string, s string) bool { return slices.Contains(list, s) }

// ignoreSDK leaves out the fields that mark the SDK's types.
var ignoreSDK = cmp.FilterPath(func(p cmp.Path) bool {
	field, ok := p.Last().(cmp.StructField)
	return ok && field.Name() == "noSmithyDocumentSerde"
}, cmp.Ignore())
