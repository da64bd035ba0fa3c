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
}

// Suppression is the mark that an exception or a baseline leaves on a finding.
type Suppression struct {
	// Kind is "exception" or "baseline".
	Kind   string `json:"kind"`
	ID     string `json:"id,omitempty"`
	Reason string `json:"reason,omitempty"`
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
