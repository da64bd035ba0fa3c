package finding

import "fmt"

// Outcome is what one policy says of one resource and subject. The zero value is invalid. Not-applicable is counted
// in the summary and has no finding, hence no outcome.
type Outcome int

// The outcomes, in the order in which a reader needs them.
const (
	Fail Outcome = iota + 1
	Unknown
	Pass
)

var outcomeNames = map[Outcome]string{Fail: "fail", Unknown: "unknown", Pass: "pass"}

// String returns the text form, or "invalid" for a value that is no outcome.
func (o Outcome) String() string {
	if name, ok := outcomeNames[o]; ok {
		return name
	}
	return "invalid"
}

// MarshalText writes the text form and refuses a value that is no outcome.
func (o Outcome) MarshalText() ([]byte, error) {
	if name, ok := outcomeNames[o]; ok {
		return []byte(name), nil
	}
	return nil, fmt.Errorf("outcome %d is not valid", int(o))
}

// UnmarshalText reads the text form.
func (o *Outcome) UnmarshalText(text []byte) error {
	for outcome, name := range outcomeNames {
		if name == string(text) {
			*o = outcome
			return nil
		}
	}
	return fmt.Errorf("outcome %q is none of fail, unknown, pass", text)
}

// Reason says why an outcome is Unknown; it is empty for the others.
type Reason string

// The causes of an unknown.
const (
	// NotCollected is a gap in what was seen: it makes the run incomplete.
	NotCollected Reason = "not_collected"
	// Undecidable means that AWS does not show the answer to anybody: listed, but never part of the exit code.
	Undecidable Reason = "undecidable"
	// EvaluationError means that the policy met data that it could not read: it makes the run incomplete.
	EvaluationError Reason = "error"
)

// Incomplete reports whether an unknown for this reason makes the whole run incomplete.
func (r Reason) Incomplete() bool { return r == NotCollected || r == EvaluationError }
