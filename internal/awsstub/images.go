package awsstub

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/amiscan/amiscan/internal/inventory"
)

// imageRecords says how the records of images are read.
var imageRecords = recordShape{
	fact: "image", idField: "ImageId", fields: imageShape,
	permissionFact: "launch_permissions", permissions: list("launchPermission", group(launchPermissionShape)),
	sharedTag: "ec2:SharedTag/",
	filters: map[string]string{
		"image-id": "ImageId", "is-public": "Public", "name": "Name", "state": "State", "owner-id": "OwnerId",
		"owner-alias": "ImageOwnerAlias", "architecture": "Architecture", "creation-date": "CreationDate",
		"image-allowed": "ImageAllowed", "root-device-type": "RootDeviceType", "source-image-id": "SourceImageId",
		"source-image-region": "SourceImageRegion",
	},
}

func (c *catalog) addImage(p inventory.Part, r inventory.Resource) error {
	record, value, err := newRecord(imageRecords, p, r)
	if err != nil || record == nil {
		return err
	}
	record.grants.everyone = record.grants.everyone || isSet(value, "Public")
	record.disabled = field(value, "State") == "disabled"
	if at := field(value, "DeprecationTime"); at != "" {
		if record.deprecation, err = time.Parse(time.RFC3339, at); err != nil {
			return fmt.Errorf("image.DeprecationTime: %q is no RFC 3339 time", at)
		}
	}
	return shelfOf(c.images, r.Region).put(record)
}

// describeImages answers DescribeImages (EC2 API Reference).
func (s *Stub) describeImages(r Request) ([]byte, error) {
	records, err := s.chooseImages(r)
	if err != nil {
		return nil, err
	}
	return s.page(r, listing{element: "imagesSet", largest: 1000, items: itemsFor(r.Account, records)})
}

func itemsFor(account string, records []*record) [][]byte {
	items := make([][]byte, 0, len(records))
	for _, record := range records {
		items = append(items, record.xmlFor(account))
	}
	return items
}

// chooseImages returns the images that a request asks for. One id that cannot be seen fails the whole request.
func (s *Stub) chooseImages(r Request) ([]*record, error) {
	filters, err := readFilters(r, imageRecords.filters)
	if err != nil {
		return nil, err
	}
	ids := r.list("ImageId")
	if err := checkIDs(ids, "ami-", "InvalidAMIID.Malformed"); err != nil {
		return nil, err
	}
	visible, missing := s.visibleImages(r, ids)
	now, organization := s.now(), s.catalog.organizationARNs[r.Account]
	chosen := slices.DeleteFunc(visible, func(image *record) bool {
		return !image.isAskedAsImage(r, organization) || isHidden(image, r, len(ids) > 0, now) ||
			!matchAll(filters, image.fields)
	})
	chosen, late := s.holdBack(chosen)
	if missing = append(missing, late...); len(ids) > 0 && len(missing) > 0 {
		return nil, imageNotFound(missing...)
	}
	return chosen, nil
}

// visibleImages returns what the caller can see, either of the given ids or of all, and the ids that he can't see.
func (s *Stub) visibleImages(r Request, ids []string) (visible []*record, missing []string) {
	shelf, organization := s.catalog.images[r.Region], s.catalog.organizationARNs[r.Account]
	if len(ids) == 0 {
		return shelf.visible(r.Account, organization), nil
	}
	for _, id := range slices.Compact(slices.Sorted(slices.Values(ids))) {
		image := shelf.find(id, r.Account, organization)
		if image == nil {
			missing = append(missing, id)
			continue
		}
		visible = append(visible, image)
	}
	return visible, missing
}

// holdBack splits off the images that AppearAfter still hides, and counts the call for them.
func (s *Stub) holdBack(images []*record) (seen []*record, late []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, image := range images {
		if s.behaviour.latecomers[image.id] > 0 {
			s.behaviour.latecomers[image.id]--
			late = append(late, image.id)
			continue
		}
		seen = append(seen, image)
	}
	return seen, late
}

// ownedBy reports whether one of the names is the owner's: an account id, an alias, or self for the caller.
func (r *record) ownedBy(owners []string, caller string) bool {
	return slices.ContainsFunc(owners, func(owner string) bool {
		return owner == r.owner || owner != "" && owner == r.alias || owner == "self" && r.owner == caller
	})
}

// isAskedAsImage reports whether an image is in the scope of Owners and ExecutableUsers; absent ones don't narrow it.
func (r *record) isAskedAsImage(q Request, organization string) bool {
	owners, users := q.list("Owner"), q.list("ExecutableBy")
	return (len(owners) == 0 || r.ownedBy(owners, q.Account)) &&
		(len(users) == 0 || r.launchableBy(users, q.Account, organization))
}

// launchableBy reports whether one of the users has an explicit launch permission: "all" is everyone, the caller may
// have it through his organization, too, others only by their own id (EC2 API Reference, ExecutableBy).
func (r *record) launchableBy(users []string, caller, organization string) bool {
	return slices.ContainsFunc(users, func(user string) bool {
		switch user {
		case "all":
			return r.grants.everyone
		case "self", caller:
			return r.grants.name(caller, organization)
		}
		return r.grants.accounts[user]
	})
}

// isHidden reports whether an image stays out of a listing: the caller's own when it is disabled and disabled ones are
// not asked for; a stranger's when it is deprecated, unless deprecated ones or this very one are asked for (EC2 API
// Reference, IncludeDeprecated and IncludeDisabled).
func isHidden(image *record, r Request, byID bool, now time.Time) bool {
	if image.owner == r.Account {
		return image.disabled && !r.isTrue("IncludeDisabled")
	}
	deprecated := !image.deprecation.IsZero() && !now.Before(image.deprecation)
	return deprecated && !byID && !r.isTrue("IncludeDeprecated")
}

// checkIDs refuses ids without the prefix of their kind.
func checkIDs(ids []string, prefix, code string) error {
	for _, id := range ids {
		if !strings.HasPrefix(id, prefix) {
			return invalid(code, "Invalid id: \""+id+"\" (expecting \""+prefix+"...\")")
		}
	}
	return nil
}

func imageNotFound(ids ...string) error {
	if len(ids) == 1 {
		return invalid("InvalidAMIID.NotFound", "The image id '["+ids[0]+"]' does not exist")
	}
	return invalid("InvalidAMIID.NotFound", "The image ids '["+strings.Join(ids, ", ")+"]' do not exist")
}

func (s *Stub) now() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.behaviour.now
}
