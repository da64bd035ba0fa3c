package awsstub_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/inventory"
)

// TestParameterOfTwoFacts holds which of the two facts GetParameters answers: the one that is known.
func TestParameterOfTwoFacts(t *testing.T) {
	t.Parallel()
	parameter := func(name string, facts ...any) inventory.Resource {
		return resource(inventory.SSMParameter, ours, ireland, name, facts...)
	}
	value := func(name, value string) doc { return doc{"Name": name, "Value": value, "Version": 2} }
	_, url := serve(t, []inventory.Part{part(ours, ireland,
		parameter("template", "parameter", value("template", "a")),
		parameter("image", "image_parameter", value("image", "b")),
		parameter("both", "parameter", value("both", "c"), "image_parameter", value("both", "d")),
		deniedFact(parameter("one", "image_parameter", value("one", "e")), "parameter"),
		withStatus(parameter("gone", "image_parameter", value("gone", "f")), "parameter", inventory.NotFound),
		deniedFact(withStatus(parameter("denied"), "image_parameter", inventory.NotFound), "parameter"),
		parameter("listed", "parameter_metadata", doc{"Name": "listed"}))})
	tests := map[string]string{
		`"template"`: "a", `"image"`: "b", `"both"`: "c", `"one"`: "e", `"gone"`: "f", `"image:2"`: "b",
		`"denied"`: "AccessDeniedException", `"listed"`: "",
	}
	for name, want := range tests {
		_, answer := send(t, "POST", url, signature(ourKey, ireland, "ssm"), "AmazonSSM.GetParameters", `{"Names":[`+name+`]}`)
		var got struct {
			Parameters []struct{ Value string }
			Code       string `json:"__type"`
		}
		if err := json.Unmarshal([]byte(answer), &got); err != nil {
			t.Fatal(err)
		}
		found := got.Code
		for _, p := range got.Parameters {
			found += p.Value
		}
		if diff := cmp.Diff(want, found); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}
