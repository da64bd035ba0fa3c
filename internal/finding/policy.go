package finding

// Policy is what METADATA says about one policy, and what the compiled code says that it reads.
type Policy struct {
	// ID is "family/name-with-dashes", derived from the package and equal to the file's path.
	ID          string   `json:"id"`
	Title       string   `json:"title"`
	Description string   `json:"description"`
	Severity    Severity `json:"severity"`
	// Resource is the kind of resource that the policy judges.
	Resource    string `json:"resource"`
	Remediation string `json:"remediation"`
	// Controls are verified identifiers of other catalogues, such as "FSBP/EC2.1" or "CIS-Compute-1.0.0/2.1.5".
	Controls []string `json:"controls"`
	// References are the pages of AWS's documentation that the policy follows.
	References []string `json:"references"`
	Params     []Param  `json:"params"`
	// Default says whether the policy is judged when nothing is selected by hand.
	Default bool `json:"default"`
	// Aliases are earlier IDs, which selections and exceptions may still use.
	Aliases []string `json:"aliases"`
	// Deprecated says what replaces the policy; empty for a policy that is not deprecated.
	Deprecated string `json:"deprecated,omitempty"`
	// Reads are the names of the facts that the compiled policy reads, sorted.
	Reads []string `json:"reads"`
	// Partial are those of Reads of which a half-known list is passed in as well.
	Partial []string `json:"partial,omitempty"`
}

// Param is one value that a policy reads from data.params.
type Param struct {
	Name string `json:"name"`
	// Type is a JSON type name: "string", "number", "boolean", or "list" for a list of strings.
	Type    string `json:"type"`
	Default any    `json:"default"`
	Meaning string `json:"meaning"`
}
