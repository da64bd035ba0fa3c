package awsstub_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/imagebuilder"
	"github.com/aws/aws-sdk-go-v2/service/rbin"
	rbintypes "github.com/aws/aws-sdk-go-v2/service/rbin/types"
	"github.com/aws/aws-sdk-go-v2/service/ssm"
	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/awsstub"
	"github.com/amiscan/amiscan/internal/inventory"
)

// choiceWorld has several of each kind that a request can choose from.
func choiceWorld() []inventory.Part {
	of := func(kind, id string, facts ...any) inventory.Resource {
		return resource(kind, ours, ireland, id, facts...)
	}
	recipe := func(owner, name, parent string) inventory.Resource {
		arn := "arn:aws:imagebuilder:eu-west-1:" + owner + ":image-recipe/" + name + "/1.0.0"
		return of(inventory.ImageRecipe, arn, "image_recipe_summary", doc{"Arn": arn, "Name": name, "ParentImage": parent})
	}
	trail := func(account, region, name string) inventory.Resource {
		arn := "arn:aws:cloudtrail:" + region + ":" + account + ":trail/" + name
		return of(inventory.Trail, arn, "trail", doc{"TrailARN": arn, "Name": name, "HomeRegion": region},
			"trail_status", doc{"IsLogging": true})
	}
	rule := func(id, kind, lock string) inventory.Resource {
		return of(inventory.RecycleBinRule, id, "recycle_bin_rule_summary", doc{"Identifier": id, "LockState": lock},
			"recycle_bin_rule", doc{"Identifier": id, "ResourceType": kind})
	}
	parameter := func(name, kind string) inventory.Resource {
		return of(inventory.SSMParameter, name, "parameter_metadata", doc{"Name": name, "DataType": kind, "Type": "String"})
	}
	return []inventory.Part{part(ours, ireland,
		recipe(ours, "web", "ami-1"), recipe(ours, "db", "ami-2"), recipe(theirs, "shared", "ami-1"), recipe("aws", "al", ""),
		trail(ours, ireland, "here"), trail(ours, "us-east-1", "shadow"), trail(theirs, ireland, "organization"),
		rule("r-image", "EC2_IMAGE", "locked"), rule("r-snapshot", "EBS_SNAPSHOT", "unlocked"),
		deniedFact(of(inventory.RecycleBinRule, "r-unknown", "recycle_bin_rule_summary", doc{"Identifier": "r-unknown"}),
			"recycle_bin_rule"),
		withStatus(of(inventory.RecycleBinRule, "r-unseen"), "recycle_bin_rule_summary", inventory.NotVisible),
		of(inventory.DLMPolicy, "policy-1", "dlm_policy_summary", doc{"PolicyId": "policy-1", "State": "ENABLED"}),
		of(inventory.DLMPolicy, "policy-2", "dlm_policy_summary", doc{"PolicyId": "policy-2", "State": "ERROR"}),
		parameter("/image", "aws:ec2:image"), parameter("/text", "text"),
		of(inventory.SSMParameter, "/old", "parameter_metadata", doc{"Name": "/old"}),
	)}
}

// TestDocumentsAreChosen asks for some of what there is.
func TestDocumentsAreChosen(t *testing.T) {
	t.Parallel()
	_, url := serve(t, choiceWorld())
	post, get := http.MethodPost, http.MethodGet
	recipes := func(body string) wireCall {
		return wireCall{"imagebuilder:ListImageRecipes", post, "/ListImageRecipes", body, "name"}
	}
	trails := func(body string) wireCall { return wireCall{"cloudtrail:DescribeTrails", post, "", body, "Name"} }
	rules := func(body string) wireCall { return wireCall{"rbin:ListRules", post, "/list-rules", body, "Identifier"} }
	policies := func(query string) wireCall {
		return wireCall{"dlm:GetLifecyclePolicies", get, "/policies" + query, "", "PolicyId"}
	}
	parameters := func(body string) wireCall { return wireCall{"ssm:DescribeParameters", post, "", body, "Name"} }
	tests := []struct {
		name string
		call wireCall
		want []string
		code string
	}{
		{"own recipes unasked", recipes(`{}`), []string{"db", "web"}, ""},
		{"own recipes", recipes(`{"owner":"Self"}`), []string{"db", "web"}, ""},
		{"others' recipes", recipes(`{"owner":"Shared"}`), []string{"shared"}, ""},
		{"Amazon's recipes", recipes(`{"owner":"Amazon"}`), []string{"al"}, ""},
		{"third parties' recipes", recipes(`{"owner":"ThirdParty"}`), nil, ""},
		{"nobody's recipes", recipes(`{"owner":"self"}`), nil, "InvalidRequestException"},
		{"recipes by parent", recipes(`{"filters":[{"name":"parentImage","values":["ami-1","ami-9"]}]}`), []string{"web"}, ""},
		{"recipes by two filters", recipes(`{"filters":[{"name":"parentImage","values":["ami-1"]},` +
			`{"name":"name","values":["db"]}]}`), nil, ""},
		{"recipes by what they lack", recipes(`{"filters":[{"name":"platform","values":[""]}]}`), nil, ""},
		{"recipes by no filter", recipes(`{"filters":[{"name":"colour","values":["red"]}]}`), nil, "InvalidRequestException"},

		{"all trails", trails(`{}`), []string{"here", "organization", "shadow"}, ""},
		{"trails whose home is here", trails(`{"includeShadowTrails":false}`), []string{"here"}, ""},
		{"trail by name", trails(`{"trailNameList":["here","shadow","none"]}`), []string{"here"}, ""},
		{"trail by ARN", trails(`{"trailNameList":["arn:aws:cloudtrail:us-east-1:111122223333:trail/shadow"]}`),
			[]string{"shadow"}, ""},

		{"rules of images", rules(`{"ResourceType":"EC2_IMAGE"}`), []string{"r-image", "r-unknown"}, ""},
		{"rules of snapshots", rules(`{"ResourceType":"EBS_SNAPSHOT"}`), []string{"r-snapshot", "r-unknown"}, ""},
		{"locked rules", rules(`{"ResourceType":"EC2_IMAGE","LockState":"locked"}`), []string{"r-image"}, ""},
		{"rules of teapots", rules(`{"ResourceType":"TEAPOT"}`), nil, "ValidationException"},
		{"rules by tag", rules(`{"ResourceType":"EC2_IMAGE","ResourceTags":[{"ResourceTagKey":"a"}]}`), nil,
			"ValidationException"},

		{"all policies", policies(""), []string{"policy-1", "policy-2"}, ""},
		{"policies by state", policies("?state=ERROR"), []string{"policy-2"}, ""},
		{"policies by id", policies("?policyIds=policy-1&policyIds=policy-2"), []string{"policy-1", "policy-2"}, ""},
		{"one policy by id", policies("?policyIds=policy-2"), []string{"policy-2"}, ""},
		{"policy that is not there", policies("?policyIds=policy-1&policyIds=policy-3"), nil, "ResourceNotFoundException"},
		{"policies by type", policies("?resourceTypes=INSTANCE"), nil, "InvalidRequestException"},

		{"all parameters", parameters(`{}`), []string{"/image", "/old", "/text"}, ""},
		{"parameters that hold an image", parameters(`{"ParameterFilters":[{"Key":"DataType","Option":"Equals",` +
			`"Values":["aws:ec2:image"]}]}`), []string{"/image"}, ""},
		{"parameters by two filters", parameters(`{"ParameterFilters":[{"Key":"Type","Values":["String"]},` +
			`{"Key":"Name","Values":["/text","/old"]}]}`), []string{"/text"}, ""},
		{"parameters by no filter", parameters(`{"ParameterFilters":[{"Key":"Colour","Values":["a"]}]}`), nil,
			"InvalidFilterKey"},
		{"parameters by another option", parameters(`{"ParameterFilters":[{"Key":"Name","Option":"Contains",` +
			`"Values":["a"]}]}`), nil, "InvalidFilterOption"},
		{"parameters by nothing", parameters(`{"ParameterFilters":[{"Key":"Name"}]}`), nil, "InvalidFilterValue"},
		{"parameters by the old filters", parameters(`{"Filters":[{"Key":"Name","Values":["a"]}]}`), nil,
			"ValidationException"},
		{"shared parameters", parameters(`{"Shared":true}`), nil, "ValidationException"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			status, code, body := test.call.ask(t, url, ourKey, ireland)
			if code != test.code || (code == "") != (status == 200) {
				t.Fatalf("got %d %q (%s), want %q", status, code, body, test.code)
			}
			if diff := cmp.Diff(test.want, namesIn(t, body, test.call.fact)); code == "" && diff != "" {
				t.Error(diff)
			}
		})
	}
}

// namesIn returns a field of every member of the one list in an answer.
func namesIn(t *testing.T, body, field string) (names []string) {
	t.Helper()
	for _, list := range plain(t, json.RawMessage(body)).(doc) {
		members, _ := list.([]any)
		for _, member := range members {
			names = append(names, member.(doc)[field].(string))
		}
	}
	return names
}

// TestTrailByName tells of a trail by its name only where its home is.
func TestTrailByName(t *testing.T) {
	t.Parallel()
	_, url := serve(t, choiceWorld())
	for name, want := range map[string]int{
		"here": 200, "shadow": 400, "arn:aws:cloudtrail:us-east-1:111122223333:trail/shadow": 200, "none": 400, "": 400,
	} {
		call := wireCall{"cloudtrail:GetTrailStatus", http.MethodPost, "", `{"Name":"` + name + `"}`, ""}
		if status, _, body := call.ask(t, url, ourKey, ireland); status != want {
			t.Errorf("%q: got %d %s, want %d", name, status, body, want)
		}
	}
}

// manyOf makes resources with one fact, whose ids are numbered from 0.
func manyOf(n int, kind, fact, idField, prefix string) []inventory.Part {
	var resources []inventory.Resource
	for i := range n {
		id := fmt.Sprintf("%s%04d", prefix, i)
		resources = append(resources, resource(kind, ours, ireland, id, fact, doc{idField: id}))
	}
	return []inventory.Part{part(ours, ireland, resources...)}
}

// TestDocumentsComeInPages reads listings to their end with the SDKs' own paginators.
func TestDocumentsComeInPages(t *testing.T) {
	t.Parallel()
	recipes := manyOf(52, inventory.ImageRecipe, "image_recipe_summary", "Arn",
		"arn:aws:imagebuilder:eu-west-1:111122223333:image-recipe/r")
	rules := manyOf(3, inventory.RecycleBinRule, "recycle_bin_rule_summary", "Identifier", "r")
	parameters := manyOf(21, inventory.SSMParameter, "parameter_metadata", "Name", "/p")
	tests := []struct {
		name    string
		parts   []inventory.Part
		sizes   func(*testing.T, string) []int
		options []awsstub.Option
		want    []int
	}{
		{"recipes", recipes, recipePages(nil), nil, []int{25, 25, 2}},
		{"many recipes a page", recipes, recipePages(ptr(int32(100))), nil, []int{52}},
		{"few recipes a page", recipes, recipePages(nil), []awsstub.Option{awsstub.PageSize(20)}, []int{20, 20, 12}},
		{"empty pages of recipes", recipes, recipePages(ptr(int32(40))),
			[]awsstub.Option{awsstub.EmptyPages("imagebuilder:ListImageRecipes", 1)}, []int{0, 40, 0, 12}},
		{"rules", rules, rulePages(nil), nil, []int{3}},
		{"few rules a page", rules, rulePages(ptr(int32(2))), nil, []int{2, 1}},
		{"empty pages of rules", rules, rulePages(nil), []awsstub.Option{awsstub.EmptyPages("rbin:ListRules", 1)}, []int{0, 3}},
		{"parameters", parameters, parameterPages(nil), nil, []int{10, 10, 1}},
		{"many parameters a page", parameters, parameterPages(ptr(int32(50))), nil, []int{21}},
		{"empty pages of parameters", parameters, parameterPages(ptr(int32(50))),
			[]awsstub.Option{awsstub.EmptyPages("ssm:DescribeParameters", 2)}, []int{0, 0, 21}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, url := serve(t, test.parts, test.options...)
			if diff := cmp.Diff(test.want, test.sizes(t, url)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func recipePages(size *int32) func(*testing.T, string) []int {
	return func(t *testing.T, url string) (sizes []int) {
		t.Helper()
		pages := imagebuilder.NewListImageRecipesPaginator(imagebuilder.NewFromConfig(config(url, ourKey, ireland)),
			&imagebuilder.ListImageRecipesInput{MaxResults: size})
		for pages.HasMorePages() {
			page, err := pages.NextPage(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			sizes = append(sizes, len(page.ImageRecipeSummaryList))
		}
		return sizes
	}
}

func rulePages(size *int32) func(*testing.T, string) []int {
	return func(t *testing.T, url string) (sizes []int) {
		t.Helper()
		pages := rbin.NewListRulesPaginator(rbin.NewFromConfig(config(url, ourKey, ireland)),
			&rbin.ListRulesInput{ResourceType: rbintypes.ResourceTypeEbsSnapshot, MaxResults: size})
		for pages.HasMorePages() {
			page, err := pages.NextPage(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			sizes = append(sizes, len(page.Rules))
		}
		return sizes
	}
}

func parameterPages(size *int32) func(*testing.T, string) []int {
	return func(t *testing.T, url string) (sizes []int) {
		t.Helper()
		pages := ssm.NewDescribeParametersPaginator(ssm.NewFromConfig(config(url, ourKey, ireland)),
			&ssm.DescribeParametersInput{MaxResults: size})
		for pages.HasMorePages() {
			page, err := pages.NextPage(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			sizes = append(sizes, len(page.Parameters))
		}
		return sizes
	}
}

// TestDocumentPagesAreRefused asks for pages that there cannot be.
func TestDocumentPagesAreRefused(t *testing.T) {
	t.Parallel()
	_, url := serve(t, choiceWorld())
	for _, test := range []struct {
		call          wireCall
		size, token   string
		largest       int
		badSize, code string
	}{
		{wireCall{"imagebuilder:ListImageRecipes", "POST", "/ListImageRecipes", "", ""}, "maxResults", "nextToken", 100,
			"InvalidRequestException", "InvalidPaginationTokenException"},
		{wireCall{"rbin:ListRules", "POST", "/list-rules", `"ResourceType":"EC2_IMAGE",`, ""}, "MaxResults", "NextToken", 1000,
			"ValidationException", "ValidationException"},
		{wireCall{"ssm:DescribeParameters", "POST", "", "", ""}, "MaxResults", "NextToken", 50,
			"ValidationException", "InvalidNextToken"},
	} {
		head := test.call.body
		for body, want := range map[string]string{
			fmt.Sprintf(`{%s%q:%d}`, head, test.size, test.largest):   "",
			fmt.Sprintf(`{%s%q:%d}`, head, test.size, test.largest+1): test.badSize,
			fmt.Sprintf(`{%s%q:0}`, head, test.size):                  test.badSize,
			fmt.Sprintf(`{%s%q:"AAAA"}`, head, test.token):            test.code,
		} {
			call := test.call
			call.body = body
			if _, code, answer := call.ask(t, url, ourKey, ireland); code != want {
				t.Errorf("%s %s: got %q (%s), want %q", call.action, body, code, answer, want)
			}
		}
	}
}

// TestExpiredTokensOfDocuments makes the token of a further page fail, whatever it is called.
func TestExpiredTokensOfDocuments(t *testing.T) {
	t.Parallel()
	const action = "imagebuilder:ListImageRecipes"
	_, url := serve(t, choiceWorld(), awsstub.Fail(action, awsstub.Fault{Code: "InvalidPaginationTokenException", ForPages: true}))
	call := wireCall{action, http.MethodPost, "/ListImageRecipes", `{"maxResults":1}`, ""}
	status, _, body := call.ask(t, url, ourKey, ireland)
	var page struct{ NextToken string }
	if err := json.Unmarshal([]byte(body), &page); err != nil || status != 200 || page.NextToken == "" {
		t.Fatalf("got %d %s, %v", status, body, err)
	}
	call.body = strings.Replace(call.body, "{", `{"nextToken":"`+page.NextToken+`",`, 1)
	if _, code, _ := call.ask(t, url, ourKey, ireland); code != "InvalidPaginationTokenException" {
		t.Errorf("got %q", code)
	}
}

// TestDeniedDocumentDeniesItsListing holds that a listing with a member that may not be seen is denied, filtered or not.
func TestDeniedDocumentDeniesItsListing(t *testing.T) {
	t.Parallel()
	_, url := serve(t, []inventory.Part{part(ours, ireland,
		deniedFact(resource(inventory.SSMParameter, ours, ireland, "/denied"), "parameter_metadata"))})
	for _, body := range []string{`{}`, `{"ParameterFilters":[{"Key":"DataType","Values":["aws:ec2:image"]}]}`} {
		call := wireCall{"ssm:DescribeParameters", http.MethodPost, "", body, ""}
		if status, code, _ := call.ask(t, url, ourKey, ireland); status != 400 || code != "AccessDeniedException" {
			t.Errorf("%s: got %d %q", body, status, code)
		}
	}
}
