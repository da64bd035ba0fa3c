package awsstub

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
)

// naming is a parameter, a list, by which a request asks for single items.
type naming struct {
	// parameter is the list's name on the wire, field the field of an item that it names.
	parameter, field string
	// prefix is that of all ids, malformed the code of the error for an id without it.
	prefix, malformed string
	// missing is the code of the error for what does not exist; empty where it is left out without a word.
	missing string
	// most is how many one request may name, 0 where AWS documents no number.
	most int
	// alone says that such a request takes no page size, and that its filters are ignored.
	alone bool
}

// rosterNamed returns the operation that answers a roster.
func rosterNamed(action string) (operation, bool) {
	for _, t := range rosters {
		if t.action == action {
			answer := func(s *Stub, r Request) ([]byte, error) { return s.roster(t, r) }
			return operation{t.parameters(), answer}, true
		}
	}
	return operation{}, false
}

// parameters are all that the call takes.
func (t roster) parameters() []string {
	all := slices.Clone(t.more)
	for _, n := range t.names {
		all = append(all, n.parameter+".#")
	}
	if len(t.filters) > 0 {
		all = append(all, "Filter.#.Name", "Filter.#.Value.#")
	}
	if t.pages.size != "" {
		all = append(all, t.pages.size, t.pages.token)
	}
	return all
}

// roster answers a request for a roster. What has to show a denied item is denied.
func (s *Stub) roster(t roster, r Request) ([]byte, error) {
	if t.check != nil {
		if err := t.check(r); err != nil {
			return nil, err
		}
	}
	chosen, err := s.chooseItems(t, r)
	if err != nil {
		return nil, err
	}
	var items [][]byte
	for _, i := range chosen {
		if i.denied {
			v, _ := serviceNamed(r.Service)
			return nil, &v.denied
		}
		items = append(items, i.xml)
	}
	if t.pages.size == "" {
		return t.write(items, ""), nil
	}
	c, err := s.cut(r, t.pages, len(items))
	if err != nil {
		return nil, err
	}
	return t.write(items[c.from:c.to], c.next), nil
}

// chooseItems returns the items that a request asks for.
func (s *Stub) chooseItems(t roster, r Request) ([]item, error) {
	filters, err := readFilters(r, t.filters)
	if err != nil {
		return nil, err
	}
	items, err := s.itemsOf(t, r)
	if err != nil {
		return nil, err
	}
	for _, n := range t.names {
		if err := n.check(r, t.pages, items); err != nil {
			return nil, err
		}
		if n.alone && len(r.list(n.parameter)) > 0 {
			filters = nil
		}
	}
	return slices.DeleteFunc(slices.Clone(items), func(i item) bool {
		return !i.isNamed(t.names, r) || !i.matches(t.filters, filters) || t.shows != nil && !i.denied && !t.shows(r, i)
	}), nil
}

// isNamed reports whether an item is among those that each list of a request names; an absent list names all.
func (i item) isNamed(names []naming, r Request) bool {
	for _, n := range names {
		if values := r.list(n.parameter); len(values) > 0 && !i.is(n.field, values) {
			return false
		}
	}
	return true
}

// matches reports whether an item passes all filters; from says which field each of them looks at.
func (i item) matches(from map[string]string, filters []filter) bool {
	for _, f := range filters {
		value, ok := i.fields[from[f.name]]
		if i.denied && !ok {
			continue
		}
		if !ok || !f.matchValue(value) {
			return false
		}
	}
	return true
}

// check refuses a list that AWS would refuse.
func (n naming) check(r Request, pages paging, items []item) error {
	values := r.list(n.parameter)
	if n.most > 0 && len(values) > n.most {
		return invalid(pages.badSize, n.parameter+" must have at most "+strconv.Itoa(n.most)+" members")
	}
	if _, sized := r.Parameters[pages.size]; n.alone && sized && len(values) > 0 {
		return invalid("InvalidParameterCombination", "The parameter "+n.parameter+" cannot be used with the parameter "+pages.size)
	}
	if err := checkIDs(values, n.prefix, n.malformed); err != nil || n.missing == "" {
		return err
	}
	missing := slices.DeleteFunc(slices.Clone(values), func(value string) bool {
		return slices.ContainsFunc(items, func(i item) bool { return i.is(n.field, []string{value}) })
	})
	if len(missing) > 0 {
		return n.notFound(missing)
	}
	return nil
}

// notFound says what does not exist, as EC2 does.
func (n naming) notFound(missing []string) error {
	all := "[" + strings.Join(missing, ", ") + "]"
	if n.missing == "InvalidInstanceType" {
		return invalid(n.missing, "The following supplied instance types do not exist: "+all)
	}
	return invalid(n.missing, "The "+n.parameter+" '"+all+"' does not exist")
}

// write writes a page of a roster.
func (t roster) write(items [][]byte, next string) []byte {
	var out bytes.Buffer
	out.WriteString("<" + t.element + ">")
	for _, i := range items {
		out.Write(i)
	}
	out.WriteString("</" + t.element + ">")
	if _, tag := t.tags(); next != "" {
		writeText(&out, tag, next)
	}
	return out.Bytes()
}
