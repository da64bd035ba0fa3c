package awsstub_test

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/awsstub"
	"github.com/amiscan/amiscan/internal/inventory"
)

// wireCall is a call as it stands on the wire, and the fact that it reads.
type wireCall struct{ action, method, path, body, fact string }

// documentCalls are all calls that answer documents, but for those of single objects of KMS and Organizations.
func documentCalls() []wireCall {
	post, get := http.MethodPost, http.MethodGet
	return []wireCall{
		{"cloudtrail:DescribeTrails", post, "", `{}`, "trail"},
		{"cloudtrail:GetTrailStatus", post, "", `{"Name":"` + trailARN + `"}`, "trail_status"},
		{"cloudtrail:GetEventSelectors", post, "", `{"TrailName":"` + trailARN + `"}`, "trail_event_selectors"},
		{"dlm:GetLifecyclePolicies", get, "/policies", "", "dlm_policy_summary"},
		{"dlm:GetLifecyclePolicy", get, "/policies/" + dlmPolicyID + "/", "", "dlm_policy"},
		{"rbin:ListRules", post, "/list-rules", `{"ResourceType":"EC2_IMAGE"}`, "recycle_bin_rule_summary"},
		{"rbin:GetRule", get, "/rules/" + ruleID, "", "recycle_bin_rule"},
		{"ssm:DescribeParameters", post, "", `{}`, "parameter_metadata"},
		{"ssm:GetParameters", post, "", `{"Names":["golden"]}`, "image_parameter"},
		{"imagebuilder:ListImageRecipes", post, "/ListImageRecipes", `{}`, "image_recipe_summary"},
		{"imagebuilder:GetImageRecipe", get, "/GetImageRecipe?imageRecipeArn=" + recipeARN, "", "image_recipe"},
		{"imagebuilder:ListContainerRecipes", post, "/ListContainerRecipes", `{}`, "container_recipe_summary"},
		{"imagebuilder:ListImagePipelines", post, "/ListImagePipelines", `{}`, "image_pipeline"},
		{"imagebuilder:ListDistributionConfigurations", post, "/ListDistributionConfigurations", `{}`, "distribution_summary"},
		{"imagebuilder:GetDistributionConfiguration", get,
			"/GetDistributionConfiguration?distributionConfigurationArn=" + distributionARN, "", "distribution_configuration"},
		{"imagebuilder:ListInfrastructureConfigurations", post, "/ListInfrastructureConfigurations", `{}`,
			"infrastructure_summary"},
		{"imagebuilder:GetInfrastructureConfiguration", get,
			"/GetInfrastructureConfiguration?infrastructureConfigurationArn=" + infrastructureARN, "",
			"infrastructure_configuration"},
		{"imagebuilder:ListLifecyclePolicies", post, "/ListLifecyclePolicies", `{}`, "image_lifecycle_policy"},
		{"kms:GetKeyPolicy", post, "", `{"KeyId":"` + keyARN + `"}`, "key_policy"},
		{"kms:GetKeyRotationStatus", post, "", `{"KeyId":"` + keyARN + `"}`, "key_rotation"},
		{"kms:ListGrants", post, "", `{"KeyId":"` + keyARN + `"}`, "grants"},
	}
}

// ask makes a call and returns the status, the code of the error and the body.
func (c wireCall) ask(t *testing.T, url, key, region string) (status int, code, body string) {
	t.Helper()
	service, operation, _ := strings.Cut(c.action, ":")
	r, err := http.NewRequestWithContext(t.Context(), c.method, url+c.path, strings.NewReader(c.body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", signature(key, region, service))
	targets := map[string]string{"cloudtrail": "CloudTrail_20131101", "kms": "TrentService", "ssm": "AmazonSSM"}
	if target := targets[service]; target != "" {
		r.Header.Set("X-Amz-Target", target+"."+operation)
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(response.Body)
	if err := errors.Join(err, response.Body.Close()); err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, response.Header.Get("X-Amzn-Errortype"), string(text)
}

// documentWorld is one resource for each fact, with the facts as they are given.
func documentWorld(t *testing.T, change func(inventory.Resource, string) inventory.Resource) []inventory.Part {
	t.Helper()
	world := part(ours, ireland)
	put := func(kind, id, fact string, value any) {
		r := change(resource(kind, ours, ireland, id, fact, value), fact)
		for i, other := range world.Resources {
			if other.Kind == kind && other.ID == id {
				world.Resources[i].Facts[fact] = r.Facts[fact]
				return
			}
		}
		world.Resources = append(world.Resources, r)
	}
	for _, test := range append(append(recipeReads(0), configurationReads(0)...), ruleReads(t, 0)...) {
		put(test.kind, test.id, test.fact, test.value)
	}
	put(inventory.KMSKey, keyARN, "key_policy", keyPolicy())
	put(inventory.KMSKey, keyARN, "key_rotation", doc{"KeyRotationEnabled": true})
	put(inventory.KMSKey, keyARN, "grants", []doc{})
	return []inventory.Part{world}
}

func asItIs(r inventory.Resource, _ string) inventory.Resource { return r }

// words are what a service says where it does not answer.
type words struct {
	denied, throttled, stranger, unknown                         string
	deniedStatus, throttledStatus, strangerStatus, unknownStatus int
}

func wordsOf(action string) words {
	service, _, _ := strings.Cut(action, ":")
	switch service {
	case "imagebuilder":
		return words{"AccessDeniedException", "CallRateLimitExceededException", "UnrecognizedClientException",
			"UnknownOperationException", 403, 429, 403, 404}
	case "dlm", "rbin":
		return words{"AccessDeniedException", "ThrottlingException", "UnrecognizedClientException",
			"UnknownOperationException", 403, 429, 403, 404}
	}
	return words{"AccessDeniedException", "ThrottlingException", "UnrecognizedClientException",
		"UnknownOperationException", 400, 400, 400, 400}
}

// TestDocumentsGoWrong lets every call fail in every way.
func TestDocumentsGoWrong(t *testing.T) {
	t.Parallel()
	for _, call := range documentCalls() {
		t.Run(call.action, func(t *testing.T) {
			t.Parallel()
			w := wordsOf(call.action)
			want := func(url, key, region, code string, status int) {
				t.Helper()
				if gotStatus, gotCode, body := call.ask(t, url, key, region); gotStatus != status || gotCode != code {
					t.Errorf("got %d %q (%s), want %d %q", gotStatus, gotCode, body, status, code)
				}
			}
			_, url := serve(t, documentWorld(t, asItIs), awsstub.Throttle(call.action, 1))
			want(url, ourKey, ireland, w.throttled, w.throttledStatus)
			want(url, ourKey, ireland, "", 200)
			want(url, "AKIANOBODY", ireland, w.stranger, w.strangerStatus)
			_, url = serve(t, documentWorld(t, asItIs), awsstub.Deny(call.action), awsstub.DisableRegion("eu-north-1"))
			want(url, ourKey, ireland, w.denied, w.deniedStatus)
			want(url, ourKey, "eu-north-1", w.stranger, w.strangerStatus)
			_, url = serve(t, documentWorld(t, func(r inventory.Resource, fact string) inventory.Resource {
				if fact == call.fact {
					return deniedFact(r, fact)
				}
				return r
			}))
			want(url, ourKey, ireland, w.denied, w.deniedStatus)
			_, url = serve(t, documentWorld(t, asItIs), awsstub.Fail(call.action, awsstub.Fault{Status: 500, Code: "InternalError"}))
			want(url, ourKey, ireland, "InternalError", 500)
		})
	}
}

// TestDocumentsThatAreNotThere asks an account that has nothing: a list is empty, a document is missing.
func TestDocumentsThatAreNotThere(t *testing.T) {
	t.Parallel()
	_, url := serve(t, documentWorld(t, asItIs))
	missing := map[string]string{"cloudtrail": "TrailNotFoundException", "kms": "AccessDeniedException"}
	for _, call := range documentCalls() {
		t.Run(call.action, func(t *testing.T) {
			t.Parallel()
			service, operation, _ := strings.Cut(call.action, ":")
			status, code, body := call.ask(t, url, theirKey, ireland)
			switch {
			case operation == "GetParameters":
				if status != 200 || body != `{"Parameters":[],"InvalidParameters":["golden"]}` {
					t.Errorf("got %d %s", status, body)
				}
			case service == "kms" || operation == "GetTrailStatus" || operation == "GetEventSelectors":
				if status != 400 || code != missing[service] {
					t.Errorf("got %d %q", status, code)
				}
			case strings.HasPrefix(operation, "Get") && operation != "GetLifecyclePolicies":
				if status != 404 || code != "ResourceNotFoundException" {
					t.Errorf("got %d %q", status, code)
				}
			default:
				if status != 200 || !strings.HasSuffix(body, `":[]}`) {
					t.Errorf("got %d %s", status, body)
				}
			}
		})
	}
}

// TestRESTRefuses sends what no SDK would.
func TestRESTRefuses(t *testing.T) {
	t.Parallel()
	stub, url := serve(t, nil)
	tests := []struct {
		name string
		call wireCall
		code string
		want int
	}{
		{"a path of another service", wireCall{"dlm:x", "GET", "/rules/x", "", ""}, "UnknownOperationException", 404},
		{"a list by GET", wireCall{"imagebuilder:x", "GET", "/ListImageRecipes", "", ""}, "UnknownOperationException", 404},
		{"no path", wireCall{"rbin:x", "GET", "/", "", ""}, "UnknownOperationException", 404},
		{"no form", wireCall{"dlm:x", "GET", "/policies?a=%zz", "", ""}, "SerializationException", 400},
		{"no JSON", wireCall{"rbin:x", "POST", "/list-rules", "{", ""}, "SerializationException", 400},
		{"no recipe named", wireCall{"imagebuilder:x", "GET", "/GetImageRecipe", "", ""}, "InvalidRequestException", 400},
		{"no type of resource", wireCall{"rbin:x", "POST", "/list-rules", "{}", ""}, "ValidationException", 400},
		{"GET where there is no path", wireCall{"kms:x", "GET", "/", "", ""}, "MethodNotAllowed", 405},
		{"a write", wireCall{"imagebuilder:x", "PUT", "/CreateImageRecipe", "{}", ""}, "OperationNotPermitted", 403},
		{"another write", wireCall{"rbin:x", "DELETE", "/rules/" + ruleID, "", ""}, "OperationNotPermitted", 403},
		{"a write by POST", wireCall{"dlm:x", "POST", "/policies", "{}", ""}, "OperationNotPermitted", 403},
	}
	for _, test := range tests {
		if status, code, body := test.call.ask(t, url, ourKey, ireland); status != test.want || code != test.code {
			t.Errorf("%s: got %d %q (%s), want %d %q", test.name, status, code, body, test.want, test.code)
		}
	}
	var writes []string
	for _, w := range stub.Writes() {
		writes = append(writes, w.Name())
	}
	want := []string{"imagebuilder:PUT /CreateImageRecipe", "rbin:DELETE /rules/" + ruleID, "dlm:POST /policies"}
	if diff := cmp.Diff(want, writes); diff != "" {
		t.Error(diff)
	}
}

// TestNewRefusesDocuments holds that a document is served whole or not at all.
func TestNewRefusesDocuments(t *testing.T) {
	t.Parallel()
	of := func(kind, id, fact string, value any) inventory.Resource {
		return resource(kind, ours, ireland, id, fact, value)
	}
	runRefusals(t, []refusal{
		{"names as on the wire", of(inventory.ImageRecipe, recipeARN, "image_recipe", doc{"arn": recipeARN}),
			"image_recipe.arn: no element name"},
		{"another ARN", of(inventory.ImagePipeline, pipelineARN, "image_pipeline", doc{"Arn": recipeARN}),
			"image_pipeline.Arn"},
		{"tags in a list", of(inventory.ImageRecipe, recipeARN, "image_recipe", doc{"Tags": []doc{}}),
			"image_recipe.Tags: unexpected array"},
		{"a tag that is no text", of(inventory.ImageRecipe, recipeARN, "image_recipe", doc{"Tags": doc{"a": 1}}),
			`image_recipe.Tags["a"]: unexpected number`},
		{"a time in seconds", of(inventory.DLMPolicy, dlmPolicyID, "dlm_policy", doc{"DateCreated": 1.5}),
			"dlm_policy.DateCreated: unexpected number"},
		{"no time", of(inventory.DLMPolicy, dlmPolicyID, "dlm_policy", doc{"DateCreated": "monday"}),
			`dlm_policy.DateCreated: "monday" is no RFC 3339 time`},
		{"another policy", of(inventory.DLMPolicy, dlmPolicyID, "dlm_policy", doc{"PolicyId": "policy-1"}),
			"dlm_policy.PolicyId"},
		{"another rule", of(inventory.RecycleBinRule, ruleID, "recycle_bin_rule", doc{"Identifier": "x"}),
			"recycle_bin_rule.Identifier"},
		{"another trail", of(inventory.Trail, trailARN, "trail", doc{"TrailARN": "x"}), "trail.TrailARN"},
		{"a flag of a trail", of(inventory.Trail, trailARN, "trail_status", doc{"IsLogging": "yes"}),
			"trail_status.IsLogging: unexpected string"},
		{"another parameter", of(inventory.SSMParameter, "golden", "parameter_metadata", doc{"Name": "x"}),
			"parameter_metadata.Name"},
		{"another image parameter", of(inventory.SSMParameter, "golden", "image_parameter", doc{"Name": "x"}),
			"image_parameter.Name"},
		{"unknown fact", of(inventory.Trail, trailARN, "image_recipe", doc{}), `fact "image_recipe" is not served`},
		{"throttled", withStatus(of(inventory.Trail, trailARN, "trail", doc{}), "trail", inventory.Throttled),
			`trail: the status "throttled" cannot be served`},
		{"not visible though it was asked for alone",
			withStatus(of(inventory.Trail, trailARN, "trail_status", doc{}), "trail_status", inventory.NotVisible),
			`trail_status: the status "not_visible" cannot be served`},
	})
	twin := of(inventory.Trail, trailARN, "trail", doc{})
	if _, err := awsstub.New([]inventory.Part{part(ours, ireland, twin, twin)}); err == nil ||
		!strings.Contains(err.Error(), "trail: it is there twice") {
		t.Errorf("got %v", err)
	}
}

// TestTargetNamespace holds that a target may have a namespace before the service's name, and nothing else.
func TestTargetNamespace(t *testing.T) {
	t.Parallel()
	_, url := serve(t, nil)
	for target, want := range map[string]int{
		"CloudTrail_20131101.DescribeTrails": 200, "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.DescribeTrails": 200,
		"XCloudTrail_20131101.DescribeTrails": 400, "CloudTrail_20131101.": 400, "DescribeTrails": 400, "": 400,
	} {
		if status, body := send(t, "POST", url, signature(ourKey, ireland, "cloudtrail"), target, "{}"); status != want {
			t.Errorf("%q: got %d %s, want %d", target, status, body, want)
		}
	}
}
