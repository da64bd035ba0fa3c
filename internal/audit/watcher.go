package audit

// Watcher is told how a run goes on, from several goroutines.
type Watcher interface {
	// Listed says that so many more units are known: accounts are found while others are read.
	Listed(units int)
	// ListedAll says that no more units will become known.
	ListedAll()
	// Kept says that so many units were there before.
	Kept(units int)
	Started(account, region string)
	// Finished says how many facts of the unit are no answer.
	Finished(account, region string, gaps int)
	// Failed says that a unit could not be read at all, and why; without a region, that an account could not.
	Failed(account, region, action, code string)
	// Called says that one call was made.
	Called(action string, throttled bool)
	// Say is a sentence for people.
	Say(message string)
}

// silent watches nothing.
type silent struct{}

// Listed does nothing.
func (silent) Listed(int) {}

// ListedAll does nothing.
func (silent) ListedAll() {}

// Kept does nothing.
func (silent) Kept(int) {}

// Started does nothing.
func (silent) Started(string, string) {}

// Finished does nothing.
func (silent) Finished(string, string, int) {}

// Failed does nothing.
func (silent) Failed(string, string, string, string) {}

// Called does nothing.
func (silent) Called(string, bool) {}

// Say does nothing.
func (silent) Say(string) {}
