package awsstub_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/inventory"
)

const parameterARN = "arn:aws:ssm:eu-west-1:111122223333:parameter/"

// parameterWorld has two parameters that can be read and one that can't.
func parameterWorld() []inventory.Part {
	parameter := func(name string) inventory.Resource {
		return resource(inventory.SSMParameter, ours, ireland, name, "parameter", doc{"Name": name, "Value": "v"})
	}
	denied := deniedFact(resource(inventory.SSMParameter, ours, ireland, "d"), "parameter")
	return []inventory.Part{part(ours, ireland, parameter("/a/b"), parameter("c"), denied)}
}

// answered is an answer with the named parameters, and with the names that are invalid.
func answered(names []string, invalid ...string) doc {
	found := []doc{}
	for _, name := range names {
		found = append(found, doc{"Name": name, "Value": "v"})
	}
	return doc{"Parameters": found, "InvalidParameters": append([]string{}, invalid...)}
}

// TestParameterByVersion asks as launch templates do, which may name a version behind the name.
func TestParameterByVersion(t *testing.T) {
	t.Parallel()
	parameter := doc{"Name": "/a", "Value": "v", "Version": 3}
	labelled := doc{"Name": "/a", "Value": "w", "Version": 2, "Selector": ":old"}
	_, url := serve(t, []inventory.Part{part(ours, ireland,
		resource(inventory.SSMParameter, ours, ireland, "/a", "parameter", parameter),
		resource(inventory.SSMParameter, ours, ireland, "/a:old", "parameter", labelled))})
	_, answer := send(t, "POST", url, signature(ourKey, ireland, "ssm"), "AmazonSSM.GetParameters",
		`{"Names":["/a","/a:3","/a:old","`+parameterARN+`a:3","/a:2"]}`)
	versioned := doc{"Name": "/a", "Value": "v", "Version": 3, "Selector": ":3"}
	want := doc{"Parameters": []doc{parameter, versioned, labelled, versioned}, "InvalidParameters": []string{"/a:2"}}
	if diff := cmp.Diff(plain(t, want), plain(t, json.RawMessage(answer))); diff != "" {
		t.Error(diff)
	}
}

// TestGetParameters looks at the answers as they are.
func TestGetParameters(t *testing.T) {
	t.Parallel()
	_, url := serve(t, parameterWorld())
	both := []string{"/a/b", "c"}
	size := doc{"__type": "ValidationException", "message": "names must have between 1 and 10 members"}
	tests := []struct {
		name  string
		names []string
		want  doc
	}{
		{"some are there", []string{"/a/b", "x", "c"}, answered(both, "x")},
		{"by ARN", []string{parameterARN + "a/b", parameterARN + "c", parameterARN + "x"},
			answered(both, parameterARN+"x")},
		{"one is denied", []string{"c", "d"}, doc{"__type": "AccessDeniedException",
			"message": "You are not authorized to perform this operation."}},
		{"as many as can be", strings.Split("cxxxxxxxxx", ""), answered([]string{"c"}, strings.Split("xxxxxxxxx", "")...)},
		{"too many", strings.Split("abcdefghijk", ""), size},
		{"none", nil, size},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			body, err := json.Marshal(doc{"Names": test.names, "WithDecryption": false})
			if err != nil {
				t.Fatal(err)
			}
			_, answer := send(t, "POST", url, signature(ourKey, ireland, "ssm"), "AmazonSSM.GetParameters", string(body))
			if diff := cmp.Diff(plain(t, test.want), plain(t, json.RawMessage(answer))); diff != "" {
				t.Error(diff)
			}
		})
	}
}
