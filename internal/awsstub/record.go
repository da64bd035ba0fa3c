package awsstub

import (
	"bytes"
	"slices"
	"time"

	"github.com/amiscan/amiscan/internal/inventory"
)

// record is one image or snapshot as one part knows it.
type record struct {
	id string
	// owner is the owner's account, alias the name of an owner such as "amazon".
	owner, alias string
	// seenBy is the account of the part that holds the record.
	seenBy string
	// own is the XML that the owner gets, others the one that everybody else gets.
	own, others []byte
	grants      grants
	// permissions is the XML of the list that the owner can read; permissionsDenied says that he can't.
	permissions       []byte
	permissionsDenied bool
	// fields are what filters look at, by filter name.
	fields   map[string]string
	disabled bool
	// shown says that the part's account sees it, whatever right it has to do so.
	shown bool
	// deprecation is when an image becomes deprecated; zero is never.
	deprecation time.Time
}

// isNative reports whether the record comes from the owner's own part.
func (r *record) isNative() bool { return r.owner == r.seenBy }

// xmlFor returns what an account gets to see.
func (r *record) xmlFor(account string) []byte {
	if account == r.owner {
		return r.own
	}
	return r.others
}

// recordShape is what images and snapshots differ in.
type recordShape struct {
	fact, idField  string
	fields         shape
	filters        map[string]string
	permissionFact string
	permissions    element
	// sharedTag is the prefix of the tags that others see, too; "" means that they see none.
	sharedTag string
}

// newRecord returns nil where the fact is not there.
func newRecord(k recordShape, p inventory.Part, r inventory.Resource) (*record, any, error) {
	doc, err := readFact(r, k.fact)
	if err != nil || !doc.known {
		return nil, nil, err
	}
	record := &record{id: r.ID, owner: r.Account, alias: ownerAlias(doc.value), seenBy: p.Account}
	if err := sameAs(doc.value, k.fact, k.idField, r.ID); err != nil {
		return nil, nil, err
	}
	if err := sameAs(doc.value, k.fact, "OwnerId", r.Account); err != nil {
		return nil, nil, err
	}
	if record.own, err = render(group(k.fields), "item", k.fact, doc.value); err != nil {
		return nil, nil, err
	}
	record.fields = filterFields(doc.value, k.filters)
	if err := record.share(k, r); err != nil {
		return nil, nil, err
	}
	return record, doc.value, record.writeOthers(k, doc.value)
}

// share reads the permissions.
func (r *record) share(k recordShape, from inventory.Resource) error {
	permissions, err := readFact(from, k.permissionFact)
	if err != nil {
		return err
	}
	r.permissionsDenied = permissions.denied
	if !permissions.known {
		r.permissions = []byte("<" + k.permissions.name + "/>")
		return nil
	}
	r.grants = readGrants(permissions.value)
	r.permissions, err = render(k.permissions, k.permissions.name, k.permissionFact, permissions.value)
	return err
}

// writeOthers writes what others see of an owner's document. What a part holds of a stranger's resource was already
// seen through the stranger's eyes, so it stays as it is.
func (r *record) writeOthers(k recordShape, value any) (err error) {
	r.others = r.own
	object, ok := value.(map[string]any)
	if !ok || !r.isNative() || object["Tags"] == nil {
		return nil
	}
	r.others, err = render(group(k.fields), "item", k.fact, withSharedTags(object, k.sharedTag))
	return err
}

// ownerAlias is the name that AWS has for an owner, such as "amazon"; snapshots and images have it in different fields.
func ownerAlias(value any) string {
	return field(value, "ImageOwnerAlias") + field(value, "OwnerAlias")
}

// renderContent writes what stands in an element, without the element itself.
func renderContent(e element, path string, value any) ([]byte, error) {
	var out bytes.Buffer
	err := encodeContent(&out, e, path, value)
	return slices.Clip(out.Bytes()), err
}

func render(e element, tag, path string, value any) ([]byte, error) {
	var out bytes.Buffer
	err := encodeXML(&out, e, tag, path, value)
	return slices.Clip(out.Bytes()), err
}
