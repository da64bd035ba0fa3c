package finding

import "fmt"

// Severity says how bad a failing finding is. The zero value is invalid, so that a forgotten assignment cannot
// pass for the mildest severity.
type Severity int

// The severities, mildest first: they compare with < and >.
const (
	Info Severity = iota + 1
	Low
	Medium
	High
	Critical
)

var severityNames = map[Severity]string{
	Info: "info", Low: "low", Medium: "medium", High: "high", Critical: "critical",
}

// Severities returns all severities, worst first: the order in which people read them.
func Severities() []Severity { return []Severity{Critical, High, Medium, Low, Info} }

// ParseSeverity reads the text form ("critical", "high", "medium", "low", "info").
func ParseSeverity(text string) (Severity, error) {
	for severity, name := range severityNames {
		if name == text {
			return severity, nil
		}
	}
	return 0, fmt.Errorf("severity %q is none of critical, high, medium, low, info", text)
}

// String returns the text form, or "invalid" for a value that is no severity.
func (s Severity) String() string {
	if name, ok := severityNames[s]; ok {
		return name
	}
	return "invalid"
}

// MarshalText writes the text form and refuses a value that is no severity.
func (s Severity) MarshalText() ([]byte, error) {
	if name, ok := severityNames[s]; ok {
		return []byte(name), nil
	}
	return nil, fmt.Errorf("severity %d is not valid", int(s))
}

// UnmarshalText reads the text form.
func (s *Severity) UnmarshalText(text []byte) error {
	severity, err := ParseSeverity(string(text))
	if err != nil {
		return err
	}
	*s = severity
	return nil
}
