package collect

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/inventory"
)

func TestLevels(t *testing.T) {
	t.Parallel()
	for name, images := range map[string][]string{"whole unit": nil, "single images": {ami1}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			u := newUnit(testUnit, clients{}, Request{Images: images})
			var all []inventory.FactRef
			for _, fact := range collectors() {
				all = append(all, fact.FactRef)
			}
			sorted := levels(u.selected(all))
			at := map[inventory.FactRef]int{}
			for i, level := range sorted {
				for _, c := range level {
					at[c.FactRef] = i + 1
				}
			}
			if len(at) != len(all) {
				t.Errorf("%d of %d facts are collected", len(at), len(all))
			}
			for _, c := range slices.Concat(sorted...) {
				for _, from := range append(slices.Clone(c.From), c.ListedBy) {
					first := at[from] < at[c.FactRef] || slices.Contains(c.beside, from) && at[from] == at[c.FactRef]
					if from != c.FactRef && from != (inventory.FactRef{}) && !first {
						t.Errorf("%s comes before %s, which it is made of", c.FactRef, from)
					}
				}
			}
			image, snapshots := at[ref(inventory.AMI, "image")], at[ref(inventory.Snapshot, "snapshot")]
			if (images != nil) != (image < snapshots) {
				t.Errorf("images are read in step %d, snapshots in step %d", image, snapshots)
			}
		})
	}
}

// Every fact is collected with the calls of its own closure and no others: all other calls fail the test.
func TestOnlyWhatIsWantedIsCalled(t *testing.T) {
	t.Parallel()
	for _, fact := range collectors() {
		t.Run(fact.String(), func(t *testing.T) {
			t.Parallel()
			facts := closure(t, fact.String())
			allowed := map[string]bool{}
			for _, ref := range facts {
				known, _ := Catalog().Lookup(ref)
				allowed[known.Action] = true
			}
			var count calls
			part := read(t, denyingClients(t, allowed), Request{Facts: facts, Trace: count.trace})
			for action := range count.count {
				if !allowed[action] {
					t.Errorf("called %s", action)
				}
			}
			// What others name is not there where they are not collected.
			if len(count.count) == 0 && len(fact.after) == 0 && !fact.ByName {
				t.Error("nothing was called")
			}
			var covered []inventory.FactRef
			for _, c := range part.Coverage {
				covered = append(covered, ref(c.Kind, c.Fact))
			}
			if len(covered) != len(facts) {
				t.Errorf("coverage of %v, want %v", covered, facts)
			}
		})
	}
}

// denyingClients deny what is allowed to be called and fail the test for the rest.
func denyingClients(t *testing.T, allowed map[string]bool) clients {
	t.Helper()
	c := noCalls(t)
	v := reflect.ValueOf(&c).Elem()
	for i := range v.NumField() {
		if field := v.Type().Field(i); field.IsExported() && allowed[actionOf(field.Type)] {
			v.Field(i).Set(refusing(field.Type, refused("UnauthorizedOperation")))
		}
	}
	return c
}

// refusing is an operation of any type that always ends in an error.
func refusing(operation reflect.Type, err error) reflect.Value {
	return reflect.MakeFunc(operation, func([]reflect.Value) []reflect.Value {
		return []reflect.Value{reflect.Zero(operation.Out(0)), reflect.ValueOf(&err).Elem()}
	})
}

func deny[In, Out, Options any](field *operation[In, Out, Options], allowed bool) {
	if allowed {
		*field = failing[In, Out, Options](refused("UnauthorizedOperation"))
	}
}

// Whatever rests on a listing that was denied is not whole, and says which action is missing.
func TestDeniedListingReachesEverythingThatRestsOnIt(t *testing.T) {
	t.Parallel()
	facts := closure(t, "ami.launch_permissions", "snapshot.snapshot_public", "kms_key.key", "foreign_image.image")
	tests := []struct {
		name   string
		images []string
		want   []string
	}{
		{"whole unit", nil, []string{"ami.image", "ami.launch_permissions", "foreign_image.image"}},
		{"single images", []string{ami1}, []string{
			"ami.image", "ami.launch_permissions", "foreign_image.image", "kms_key.key", "snapshot.snapshot",
			"snapshot.snapshot_public",
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			c := noCalls(t)
			deny(&c.DescribeImages, true)
			c.DescribeSnapshots, c.DescribeLaunchTemplateVersions = serveSnapshots(), templatesWith()
			part := read(t, c, Request{Facts: facts, Images: test.images})
			var got []string
			for _, c := range part.Coverage {
				if c.Status == inventory.Known {
					continue
				}
				got = append(got, c.Kind+"."+c.Fact)
				if c.Status != inventory.Denied || c.Action != "ec2:DescribeImages" || c.Code != "UnauthorizedOperation" {
					t.Errorf("coverage is %+v", c)
				}
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("not whole (-want +got):\n%s", diff)
			}
		})
	}
}

func TestListingThatBreaksOffKeepsWhatItHas(t *testing.T) {
	t.Parallel()
	token := "x"
	c := noCalls(t)
	c.DescribeImages = func(
		_ context.Context, in *ec2.DescribeImagesInput, _ ...func(*ec2.Options),
	) (*ec2.DescribeImagesOutput, error) {
		if in.NextToken != nil {
			return nil, errors.New("connection reset")
		}
		return &ec2.DescribeImagesOutput{Images: []types.Image{image(ami1, ours)}, NextToken: &token}, nil
	}
	c.DescribeImageAttribute = failing[
		ec2.DescribeImageAttributeInput, ec2.DescribeImageAttributeOutput, ec2.Options](refused("RequestLimitExceeded"))
	part := read(t, c, Request{Facts: closure(t, "ami.launch_permissions")})
	want := []inventory.Coverage{
		{Unit: testUnit, Kind: "ami", Fact: "image", Action: "ec2:DescribeImages", Status: inventory.Error, Items: 1},
		{
			Unit: testUnit, Kind: "ami", Fact: "launch_permissions", Action: "ec2:DescribeImages",
			Status: inventory.Error, Code: "RequestLimitExceeded", Missing: 1,
		},
	}
	if diff := cmp.Diff(want, part.Coverage); diff != "" {
		t.Errorf("coverage (-want +got):\n%s", diff)
	}
	if !part.Observed.Equal(testNow) || part.Unit != testUnit {
		t.Errorf("part of %v at %v", part.Unit, part.Observed)
	}
}
