// Package finding holds the nouns of judgement: policies, severities, outcomes, findings and their fingerprints.
// It imports the standard library only, so that every other room can speak of findings without knowing AWS, OPA,
// SARIF or the command line.
package finding

import (
	"cmp"
	"encoding/json"
)

// Resource says which resource a finding is about. Account is the owner's; Name, Lineage and Owner are for people and
// may be empty.
type Resource struct {
	Kind        string `json:"kind"`
	ID          string `json:"id"`
	ARN         string `json:"arn"`
	Partition   string `json:"partition"`
	Account     string `json:"account"`
	AccountName string `json:"account_name"`
	OU          string `json:"ou"`
	Region      string `json:"region"`
	Name        string `json:"name"`
	// Lineage is the name under which successive bakes of one image are the same thing.
	Lineage string `json:"lineage"`
	// Device is the device name under which an image maps this snapshot; empty for everything else. It keeps the
	// alert key of a snapshot stable over re-bakes and is not part of any report.
	Device string `json:"-"`
	// Owner is the value of the tag that names the responsible team.
	Owner string `json:"owner"`
	// Labels are the names and tags by which exceptions and sources match the resource; no part of any report.
	Labels Labels `json:"-"`
}

// Labels are what people call a resource and the image that it is or is a part of: a snapshot of web-2026-01-31 is found
// under that name, too. Tags of the resource itself stand before those of its image.
type Labels struct {
	// Image is the id of that image; empty for what is no part of one.
	Image string
	Names []string
	Tags  map[string]string
}

// Gap is one fact that was needed and is no answer.
type Gap struct {
	Fact string `json:"fact"`
	// Status is one of inventory's statuses that are no answer.
	Status string `json:"status"`
	// Action is the IAM action whose permission would close the gap, such as "ec2:DescribeImageAttribute".
	Action string `json:"action,omitempty"`
	// Code is AWS's error code, where there was one.
	Code    string `json:"code,omitempty"`
	Account string `json:"account,omitempty"`
	Region  string `json:"region,omitempty"`
	// AcceptedBy is the id of the exception that accepts the gap.
	AcceptedBy string `json:"accepted_by,omitempty"`
}

// CanBeClosed reports whether a permission or another try would close the gap: what AWS shows to nobody here stays unseen.
func (g Gap) CanBeClosed() bool { return g.Status != "not_visible" }

// Suppression is the mark that an exception or a baseline leaves on a finding.
type Suppression struct {
	// Kind is "exception" or "baseline".
	Kind   string `json:"kind"`
	ID     string `json:"id,omitempty"`
	Reason string `json:"reason,omitempty"`
	// Owner is who decided, Ticket where it was decided, Expires the last day ("2027-01-31") or "never".
	Owner   string `json:"owner,omitempty"`
	Ticket  string `json:"ticket,omitempty"`
	Expires string `json:"expires,omitempty"`
	// Place is file and line of the exception: "amiscan.yaml:12".
	Place string `json:"place,omitempty"`
}

// The kinds of suppression.
const (
	ByException = "exception"
	ByBaseline  = "baseline"
)

// BaselineState is how a finding stands to a baseline, in the words of SARIF 2.1.0, section 3.27.24.
type BaselineState string

// The states of what is observed now. One whose severity has risen is updated, and counts as new.
const (
	BaselineNew       BaselineState = "new"
	BaselineUnchanged BaselineState = "unchanged"
	BaselineUpdated   BaselineState = "updated"
)

// Source is the place in a checkout where a resource is made: what has to be changed to mend it.
type Source struct {
	// Path is relative to the root of the checkout, with slashes, clean, without "..".
	Path string `json:"path"`
	// Line counts from 1.
	Line int `json:"line"`
}

// Finding is the outcome of one policy for one resource and subject.
type Finding struct {
	Policy   string   `json:"policy"`
	Severity Severity `json:"severity"`
	Outcome  Outcome  `json:"outcome"`
	// Reason says why the outcome is unknown; empty otherwise.
	Reason   Reason   `json:"reason"`
	Resource Resource `json:"resource"`
	// Subject tells violations of one resource apart: a grantee, a device name, a template version.
	Subject string `json:"subject"`
	Message string `json:"message"`
	// Evidence is a JSON object with the few values that prove the finding; {} where there is nothing to prove.
	Evidence    json.RawMessage `json:"evidence"`
	Remediation string          `json:"remediation"`
	// Gaps are the facts that a not_collected unknown still depends on.
	Gaps        []Gap       `json:"gaps,omitempty"`
	Fingerprint Fingerprint `json:"fingerprint"`
	// AlertKey identifies the alert over re-bakes; SARIF alone uses it.
	AlertKey    Fingerprint  `json:"-"`
	Suppression *Suppression `json:"suppression"`
	// BaselineState says how a failing finding stands to the baseline; empty where there is none.
	BaselineState BaselineState `json:"baseline_state,omitempty"`
	// Notes are sentences about the finding's history, such as an exception that has lapsed.
	Notes []string `json:"notes,omitempty"`
	// Source is where the resource is made, if that is known.
	Source *Source `json:"source,omitempty"`
}

// Compare orders findings the way every report does: account, region, kind, id, policy, subject; the message settles
// what is left, so that the order is total for findings with equal keys.
func Compare(a, b Finding) int {
	return cmp.Or(
		cmp.Compare(a.Resource.Account, b.Resource.Account),
		cmp.Compare(a.Resource.Region, b.Resource.Region),
		cmp.Compare(a.Resource.Kind, b.Resource.Kind),
		cmp.Compare(a.Resource.ID, b.Resource.ID),
		cmp.Compare(a.Policy, b.Policy),
		cmp.Compare(a.Subject, b.Subject),
		cmp.Compare(a.Outcome, b.Outcome),
		cmp.Compare(a.Message, b.Message),
	)
}
