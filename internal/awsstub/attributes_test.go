package awsstub_test

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/amiscan/amiscan/internal/inventory"
)

// deniedFact gives a resource a fact that its owner may not read.
func deniedFact(r inventory.Resource, name string) inventory.Resource {
	r.Facts[name] = inventory.Fact{Status: inventory.Denied, Code: "UnauthorizedOperation"}
	return r
}

func TestDescribeImageAttribute(t *testing.T) {
	t.Parallel()
	_, url := serve(t, []inventory.Part{part(ours, ireland,
		ami("ami-none-shared", doc{"Public": true}), deniedFact(ami("ami-denied", nil), "launch_permissions"))})
	launch := types.ImageAttributeNameLaunchPermission
	tests := []struct {
		name, key, image string
		attribute        types.ImageAttributeName
		code             string
		status           int
	}{
		{"absent permissions are none", ourKey, "ami-none-shared", launch, "", 0},
		{"not the caller's", theirKey, "ami-none-shared", launch, "AuthFailure", 401},
		{"denied in the inventory", ourKey, "ami-denied", launch, "UnauthorizedOperation", 403},
		{"not there", ourKey, "ami-gone", launch, "InvalidAMIID.NotFound", 400},
		{"no image id", ourKey, "gone", launch, "InvalidAMIID.Malformed", 400},
		{"another attribute", ourKey, "ami-none-shared", types.ImageAttributeNameBootMode, "InvalidParameterValue", 400},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got, err := ec2As(url, test.key).DescribeImageAttribute(t.Context(),
				&ec2.DescribeImageAttributeInput{ImageId: &test.image, Attribute: test.attribute})
			if test.code != "" {
				wantError(t, err, test.code, test.status)
				return
			}
			if err != nil || len(got.LaunchPermissions) != 0 || *got.ImageId != test.image {
				t.Errorf("got %+v, %v", got, err)
			}
		})
	}
}

func TestDescribeSnapshotAttribute(t *testing.T) {
	t.Parallel()
	_, url := serve(t, []inventory.Part{part(ours, ireland,
		snap(ours, "snap-1", nil), deniedFact(snap(ours, "snap-denied", nil), "snapshot_permissions"))})
	tests := []struct {
		name, key, snapshot, code string
		status                    int
	}{
		{"absent permissions are none", ourKey, "snap-1", "", 0},
		{"not the caller's", theirKey, "snap-1", "AuthFailure", 401},
		{"denied in the inventory", ourKey, "snap-denied", "UnauthorizedOperation", 403},
		{"not there", ourKey, "snap-gone", "InvalidSnapshot.NotFound", 400},
		{"no snapshot id", ourKey, "gone", "InvalidSnapshotID.Malformed", 400},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got, err := ec2As(url, test.key).DescribeSnapshotAttribute(t.Context(), &ec2.DescribeSnapshotAttributeInput{
				SnapshotId: &test.snapshot, Attribute: types.SnapshotAttributeNameCreateVolumePermission})
			if test.code != "" {
				wantError(t, err, test.code, test.status)
				return
			}
			if err != nil || len(got.CreateVolumePermissions) != 0 || *got.SnapshotId != test.snapshot {
				t.Errorf("got %+v, %v", got, err)
			}
		})
	}
}
