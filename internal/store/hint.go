package store

// hintedError is an error whose next step is known.
type hintedError struct {
	error
	hint string
}

// Hint says what to do next.
func (e *hintedError) Hint() string { return e.hint }

// Unwrap returns what happened.
func (e *hintedError) Unwrap() error { return e.error }
