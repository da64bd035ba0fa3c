package awsstub

import (
	"fmt"
	"slices"
	"strings"

	"github.com/amiscan/amiscan/internal/inventory"
)

// roster is a listing of what one account has in one region. Each resource of a kind adds what one of its facts holds,
// and nobody but the account of the part sees it.
type roster struct {
	// action is the call's IAM name.
	action string
	// kind and fact say where the items come from; isList says that the fact holds several.
	kind, fact string
	isList     bool
	// idField is the field that holds the resource's id; empty where none does.
	idField string
	fields  shape
	// element is the XML element of the list.
	element string
	// pages is how it is read page by page; without a size there are no pages.
	pages paging
	// names are the parameters by which single items are asked for.
	names   []naming
	filters map[string]string
	// more are further parameters that the call takes.
	more []string
	// check looks at a request before it is answered, shows at an item that is not denied; nil lets all through.
	check func(Request) error
	shows func(Request, item) bool
	// ofImage says that each request is about the one image that ImageId names; otherwise then gives the fact of an
	// image that has none.
	ofImage   bool
	otherwise func(*record) any
}

// item is one item of a roster, written in advance.
type item struct {
	// id is the id of the resource that it stands in.
	id     string
	xml    []byte
	denied bool
	// fields are what filters and parameters look at, by the name of the field.
	fields map[string]string
}

// is reports whether a field has one of the values. Of a denied item only the id is known: it may be any.
func (i item) is(field string, values []string) bool {
	value, ok := i.fields[field]
	return i.denied && !ok || ok && slices.Contains(values, value)
}

// rosters are all of them.
var rosters = slices.Concat(scalingRosters(), launchRosters(), networkRosters(), snapshotRosters(), imageRosters(),
	imageUseRosters(), historyRosters())

// tags returns the XML elements of an item and of a page's token, which each protocol has its own way to spell.
func (t roster) tags() (item, next string) {
	if strings.HasPrefix(t.action, "ec2:") {
		return "item", "nextToken"
	}
	return "member", "NextToken"
}

// pagesOf is how an EC2 listing is read whose pages have bounds.
func pagesOf(smallest, largest, unpaged int) paging {
	p := ec2Pages(largest, unpaged)
	p.smallest = smallest
	return p
}

// rosterFacts are the facts of a kind that stand in a roster.
func rosterFacts(kind string) (facts []string) {
	for _, t := range rosters {
		if t.kind == kind {
			facts = append(facts, t.fact)
		}
	}
	return facts
}

// addItems keeps what a resource adds to the rosters.
func (c *catalog) addItems(p inventory.Part, r inventory.Resource) error {
	for _, t := range rosters {
		if t.kind != r.Kind {
			continue
		}
		items, err := t.read(r)
		if err != nil {
			return err
		}
		if err := c.putItems(t, place{p.Account, p.Region}, items); err != nil {
			return err
		}
	}
	return nil
}

// stand is what a roster holds of one place: all items, and those of each resource.
type stand struct {
	all  []item
	byID map[string][]item
}

func (c *catalog) putItems(t roster, at place, items []item) error {
	if len(items) == 0 {
		return nil
	}
	if c.items[t.action] == nil {
		c.items[t.action] = map[place]*stand{}
	}
	if c.items[t.action][at] == nil {
		c.items[t.action][at] = &stand{byID: map[string][]item{}}
	}
	there, id := c.items[t.action][at], items[0].id
	if there.byID[id] != nil {
		return fmt.Errorf("%s: it is there twice", t.fact)
	}
	there.byID[id], there.all = items, append(there.all, items...)
	return nil
}

// at returns what a roster holds of a place; of most places nothing.
func (c *catalog) at(action string, where place) stand {
	if there := c.items[action][where]; there != nil {
		return *there
	}
	return stand{}
}

// read returns the items of a resource. What is not visible does not stand in a listing.
func (t roster) read(r inventory.Resource) ([]item, error) {
	if r.Facts[t.fact].Status == inventory.NotVisible {
		return nil, nil
	}
	f, err := readFact(r, t.fact)
	if f.denied {
		return []item{{id: r.ID, denied: true, fields: map[string]string{t.idField: r.ID}}}, nil
	}
	if err != nil || !f.known {
		return nil, err
	}
	if !t.isList {
		i, err := t.item(r, t.fact, f.value)
		return []item{i}, err
	}
	return t.readList(r, f.value)
}

func (t roster) readList(r inventory.Resource, value any) (items []item, err error) {
	list, ok := value.([]any)
	if !ok {
		return nil, fmt.Errorf("%s: unexpected %s, want an array", t.fact, jsonType(value))
	}
	for n, member := range list {
		i, err := t.item(r, fmt.Sprintf("%s[%d]", t.fact, n), member)
		if err != nil {
			return nil, err
		}
		items = append(items, i)
	}
	return items, nil
}

func (t roster) item(r inventory.Resource, path string, value any) (item, error) {
	if err := sameAs(value, path, t.idField, r.ID); err != nil {
		return item{}, err
	}
	tag, _ := t.tags()
	xml, err := render(group(t.fields), tag, path, value)
	if err != nil {
		return item{}, err
	}
	return item{id: r.ID, xml: xml, fields: flatFields(value)}, nil
}

// flatFields returns the scalars of an object, those of inner objects under dotted names.
func flatFields(value any) map[string]string {
	fields := map[string]string{}
	object, _ := value.(map[string]any)
	for name, v := range object {
		_ = flatten(fields, name, v, maxDepth) // what is nested deeper is no field to look at
	}
	return fields
}
