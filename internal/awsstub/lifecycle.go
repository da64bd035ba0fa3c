package awsstub

import (
	"net/http"
	"slices"

	"github.com/amiscan/amiscan/internal/inventory"
)

// lifecycleFacts are what Data Lifecycle Manager and the Recycle Bin list and describe.
func lifecycleFacts() []documentFact {
	return []documentFact{
		{inventory.DLMPolicy, "dlm_policy_summary", "PolicyId", dlmSummaryShape, true},
		{inventory.DLMPolicy, "dlm_policy", "PolicyId", dlmPolicyShape, false},
		{inventory.RecycleBinRule, "recycle_bin_rule_summary", "Identifier", recycleBinSummaryShape, true},
		{inventory.RecycleBinRule, "recycle_bin_rule", "Identifier", recycleBinRuleShape, false},
	}
}

var dlmService = restService(restProtocol{[]route{
	{http.MethodGet, "/policies", "GetLifecyclePolicies"},
	{http.MethodGet, "/policies/{policyId}", "GetLifecyclePolicy"},
}})

var recycleBinService = restService(restProtocol{[]route{
	{http.MethodPost, "/list-rules", "ListRules"},
	{http.MethodGet, "/rules/{identifier}", "GetRule"},
}})

// getLifecyclePolicies is dlm:GetLifecyclePolicies, which has no pages.
func getLifecyclePolicies() operation {
	return operation{nil, listCall{fact: "dlm_policy_summary", member: "Policies", choose: chooseDLMPolicies}.answer}
}

func getLifecyclePolicy() operation {
	missing := apiError{http.StatusNotFound, "ResourceNotFoundException", "The policy does not exist."}
	return operation{nil, documentCall{fact: "dlm_policy", parameter: "policyId", member: "Policy",
		missing: missing, unnamed: missing}.answer}
}

// chooseDLMPolicies chooses by id and state. What else a request can ask for does not stand in the summaries.
func chooseDLMPolicies(s *Stub, r Request) (func(string, document) bool, error) {
	for name := range r.Parameters {
		if slices.Contains([]string{"resourceTypes", "targetTags", "tagsToAdd", "defaultPolicyType"}, name) {
			return nil, invalid("InvalidRequestException", "the stub does not serve the parameter "+name)
		}
	}
	ids, state := r.list("policyIds"), r.Parameters["state"]
	there := s.catalog.documents["dlm_policy_summary"][place{r.Account, r.Region}]
	for _, id := range ids {
		if _, ok := there[id]; !ok {
			return nil, &apiError{http.StatusNotFound, "ResourceNotFoundException", "The policy " + id + " does not exist."}
		}
	}
	return func(id string, d document) bool {
		return (len(ids) == 0 || slices.Contains(ids, id)) && (state == "" || d.fields["State"] == state)
	}, nil
}

// rulePages is how ListRules is read (Recycle Bin API Reference).
var rulePages = paging{size: "MaxResults", token: "NextToken", largest: 1000,
	badSize: "ValidationException", badToken: "ValidationException"}

// listRules is rbin:ListRules.
func listRules() operation {
	return operation{nil, listCall{fact: "recycle_bin_rule_summary", member: "Rules", pages: rulePages,
		choose: chooseRules}.answer}
}

func getRule() operation {
	missing := apiError{http.StatusNotFound, "ResourceNotFoundException", "Rule not found."}
	return operation{nil, documentCall{fact: "recycle_bin_rule", parameter: "identifier", missing: missing,
		unnamed: missing}.answer}
}

// chooseRules chooses the rules of one type of resource, which a caller has to name. The summary does not show the
// type, the rule does; a rule of which nobody may know the type is listed under each.
func chooseRules(s *Stub, r Request) (func(string, document) bool, error) {
	asked := r.Parameters["ResourceType"]
	if !slices.Contains([]string{"EBS_SNAPSHOT", "EC2_IMAGE", "EBS_VOLUME"}, asked) {
		return nil, invalid("ValidationException", "Value '"+asked+"' at 'resourceType' failed to satisfy constraint")
	}
	for name := range r.Parameters {
		if !slices.Contains([]string{"ResourceType", "LockState", "MaxResults", "NextToken"}, name) {
			return nil, invalid("ValidationException", "the stub does not serve the parameter "+name)
		}
	}
	lock, locked := r.Parameters["LockState"]
	rules := s.catalog.documents["recycle_bin_rule"][place{r.Account, r.Region}]
	return func(id string, d document) bool {
		kind, known := rules[id].fields["ResourceType"]
		return (!known || kind == asked) && (!locked || d.fields["LockState"] == lock)
	}, nil
}
