package awsstub

import "sync"

// operations remembers the operations by name: the tables that they stand in are long, and most requests are alike.
type operations struct{ byName sync.Map }

// named returns the operation with the given IAM name. Names that mean nothing are not remembered, for there is no end of
// them.
func (o *operations) named(name string) (operation, bool) {
	if known, ok := o.byName.Load(name); ok {
		found, _ := known.(operation)
		return found, true
	}
	found, ok := operationNamed(name)
	if ok {
		o.byName.Store(name, found)
	}
	return found, ok
}
