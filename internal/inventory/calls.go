package inventory

// Calls says how many calls of its action a fact takes in one unit.
type Calls struct {
	// Least is what it takes whatever there is: one page of a listing, one answer for the unit.
	Least int
	// Of is the kind of resource that takes more, Each how many of them one call answers for; zero means that it takes none.
	Of   string
	Each int
}

// For returns the calls for so many resources of each kind, in pages and batches that are full.
func (c Calls) For(resources map[string]int) int {
	if c.Each == 0 {
		return c.Least
	}
	return max(c.Least, (resources[c.Of]+c.Each-1)/c.Each)
}

// Call is a further action of a fact, beside its own.
type Call struct {
	Action string
	Calls  Calls
}
