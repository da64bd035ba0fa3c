package awsstub

import (
	"bytes"
	"net/http"
)

// describeImageAttribute answers DescribeImageAttribute for launchPermission, the one attribute that DescribeImages
// does not show. Only the owner may ask.
func (s *Stub) describeImageAttribute(r Request) ([]byte, error) {
	id := r.Parameters["ImageId"]
	if err := checkAttribute(r, "launchPermission"); err != nil {
		return nil, err
	}
	if err := checkIDs([]string{id}, "ami-", "InvalidAMIID.Malformed"); err != nil {
		return nil, err
	}
	images := s.catalog.images[r.Region]
	if !images.has(id) {
		return nil, imageNotFound(id)
	}
	return ownersAttribute(images.byID[id], r.Account, "imageId", "Not authorized for image:"+id)
}

// describeSnapshotAttribute answers DescribeSnapshotAttribute for createVolumePermission.
func (s *Stub) describeSnapshotAttribute(r Request) ([]byte, error) {
	id := r.Parameters["SnapshotId"]
	if err := checkAttribute(r, "createVolumePermission"); err != nil {
		return nil, err
	}
	if err := checkIDs([]string{id}, "snap-", "InvalidSnapshotID.Malformed"); err != nil {
		return nil, err
	}
	snapshots := s.catalog.snapshots[r.Region]
	if !snapshots.has(id) {
		return nil, snapshotNotFound(id)
	}
	return ownersAttribute(snapshots.byID[id], r.Account, "snapshotId", "Not authorized for snapshot:"+id)
}

func checkAttribute(r Request, served string) error {
	if got := r.Parameters["Attribute"]; got != served {
		return invalid("InvalidParameterValue", "Value ("+got+") for parameter attribute is not served, only "+served)
	}
	return nil
}

// ownersAttribute returns the permissions from the owner's record, if the owner asks.
func ownersAttribute(records []*record, caller, idTag, refusal string) ([]byte, error) {
	for _, record := range records {
		if record.owner != caller {
			continue
		}
		if record.permissionsDenied {
			return nil, &ec2Service.denied
		}
		var out bytes.Buffer
		writeText(&out, idTag, record.id)
		out.Write(record.permissions)
		return out.Bytes(), nil
	}
	return nil, &apiError{http.StatusUnauthorized, "AuthFailure", refusal}
}
