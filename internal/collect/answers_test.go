package collect

import (
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/inventory"
)

// inXML are the services that answer in XML; the others answer in JSON.
var inXML = map[string]bool{"ec2": true, "autoscaling": true, "iam": true}

// noAnswers are bodies that come with status 200 and answer nothing, in whichever protocol.
var noAnswers = map[string]string{
	"nothing": "", "blank": " \n", "page of a proxy": xmlPage, "unclosed page": htmlPage, "null": "null", "list": "[]",
	"text": `"ok"`, "only a prolog": `<?xml version="1.0"?>`, "of another operation": "<DescribeVpcsResponse/>",
	"half an object": `{"a`, "words": "Service OK",
}

// ask makes the call of an operation with a full input.
func ask(t *testing.T, v reflect.Value) error {
	t.Helper()
	input := reflect.New(v.Type().In(1).Elem())
	fill(t, input.Elem(), "a")
	out := v.Call([]reflect.Value{reflect.ValueOf(t.Context()), input})
	err, _ := out[1].Interface().(error)
	return err
}

// eachOperation runs a test for every operation of clients whose server answers with a body.
func eachOperation(t *testing.T, body func(action string) string, do func(t *testing.T, action string, err error)) {
	t.Helper()
	for i, field := range reflect.VisibleFields(reflect.TypeFor[clients]()) {
		if !field.IsExported() || field.Type.Kind() != reflect.Func {
			continue
		}
		action := actionOf(field.Type)
		text := body(action)
		t.Run(field.Name, func(t *testing.T) {
			t.Parallel()
			kind := jsonType
			if strings.HasPrefix(text, "<") {
				kind = xmlType
			}
			c := accountAt(serve(t, 200, kind, text)).clients("eu-west-1")
			do(t, action, ask(t, reflect.ValueOf(c).Field(i)))
		})
	}
}

// Whatever the SDK itself makes of it, no operation takes a foreign body for its answer.
func TestNoOperationTakesNothingForAnAnswer(t *testing.T) {
	t.Parallel()
	for name, body := range noAnswers {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			eachOperation(t, func(string) string { return body }, func(t *testing.T, action string, err error) {
				t.Helper()
				if err == nil || status(err) != inventory.Error {
					t.Errorf("%s is taken for an answer to %s: %v", name, action, err)
				}
			})
		})
	}
}

// emptyAnswer is an answer of the right operation that holds nothing.
func emptyAnswer(action string) string {
	service, name, _ := strings.Cut(action, ":")
	if !inXML[service] {
		return "{}"
	}
	return "<" + name + "Response><" + name + "Result/></" + name + "Response>"
}

// The test above proves nothing if every answer is refused.
func TestEveryOperationTakesItsAnswer(t *testing.T) {
	t.Parallel()
	eachOperation(t, emptyAnswer, func(t *testing.T, action string, err error) {
		t.Helper()
		if err != nil {
			t.Errorf("%s: %v", action, err)
		}
	})
}

// An answer of the right operation that leaves out what was asked for is none: not an empty list where the list itself is
// missing in JSON, not a setting without a value.
func TestAnswersThatHoldNothing(t *testing.T) {
	t.Parallel()
	for _, c := range collectors() {
		service, _, _ := strings.Cut(c.Action, ":")
		if inXML[service] && c.Kind != inventory.Settings {
			continue
		}
		t.Run(c.String(), func(t *testing.T) {
			t.Parallel()
			account := accountAt(serveEach(t, emptyAnswer))
			part, err := account.Unit(t.Context(), "eu-west-1", Request{Facts: closure(t, c.String()), Now: testNow})
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range part.Resources {
				if fact := r.Fact(c.Name); fact.Status == inventory.Known && c.Name != "instance_metadata_defaults" {
					t.Errorf("%s is known: %s", r.ID, fact.Value)
				}
			}
			listing := c.ListedBy == c.FactRef
			if got := part.CoverageOf(c.Kind, c.Name); listing && got.Status != inventory.Error {
				t.Errorf("coverage is %+v", got)
			}
		})
	}
}

func TestListOf(t *testing.T) {
	t.Parallel()
	next := "x"
	if _, _, err := listOf[int](nil, &next); err == nil {
		t.Error("no list passes for one")
	}
	items, token, err := listOf([]int{}, &next)
	if diff := cmp.Diff([]int{}, items); diff != "" || token != &next || err != nil {
		t.Errorf("empty list: %v, %v%s", token, err, diff)
	}
}
