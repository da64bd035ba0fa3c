package collect

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	astypes "github.com/aws/aws-sdk-go-v2/service/autoscaling/types"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	ibtypes "github.com/aws/aws-sdk-go-v2/service/imagebuilder/types"
	kmstypes "github.com/aws/aws-sdk-go-v2/service/kms/types"
	orgtypes "github.com/aws/aws-sdk-go-v2/service/organizations/types"
	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

const hidden = "KEEP-ME-OUT"

// keptOut are the paths of what must not enter an inventory, told by AWS's names and not by the table that withholds them.
var keptOut = regexp.MustCompile(`\.(UserData|UserDataOverride|MasterAccountEmail|PublicKey|DockerfileTemplateData|` +
	`Parameters\.Value)$`)

// fill gives every field of an SDK value something, all the way down; what must be withheld gets the hidden mark.
func fill(t *testing.T, v reflect.Value, path string) {
	t.Helper()
	if v.Type() == timeType {
		v.Set(reflect.ValueOf(time.Date(2026, 1, 2, 3, 4, 5, 0, time.FixedZone("", 3600))))
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(t, v.Elem(), path)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range v.Len() {
			fill(t, v.Index(i), path)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if field := v.Type().Field(i); field.IsExported() && field.Name != "ResultMetadata" {
				fill(t, v.Field(i), path+"."+field.Name)
			}
		}
	case reflect.String:
		v.SetString("x<&>\u0001\n" + path)
		if keptOut.MatchString(path) {
			v.SetString(hidden)
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		for _, key := range []string{"a", "b"} {
			value := reflect.New(v.Type().Elem()).Elem()
			fill(t, value, path+"."+key)
			v.SetMapIndex(reflect.ValueOf(key).Convert(v.Type().Key()), value)
		}
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int32, reflect.Int64:
		v.SetInt(7)
	case reflect.Float64, reflect.Float32:
		v.SetFloat(0.5)
	default:
		t.Fatalf("%s: no way to write a %s", path, v.Type())
	}
}

// Whatever AWS may send stands in a fact's own schema, comes back as it was, and leaks nothing that is withheld.
func TestFullValues(t *testing.T) {
	t.Parallel()
	schemas := Schemas()
	for _, c := range everyFact() {
		t.Run(c.String(), func(t *testing.T) {
			t.Parallel()
			value := reflect.New(c.value).Elem()
			fill(t, value, c.value.Name())
			text, err := encode(value.Interface())
			if err != nil {
				t.Fatal(err)
			}
			if bytes.Contains(text, []byte(hidden)) {
				t.Errorf("something withheld is in %s", text)
			}
			validate(t, schemas[c.FactRef], text)
			again := reflect.New(c.value)
			if err := json.Unmarshal(text, again.Interface()); err != nil {
				t.Fatalf("it can't be read again: %v", err)
			}
			twice, err := encode(again.Interface())
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(text), string(twice)); diff != "" {
				t.Errorf("it comes back otherwise (-was +is):\n%s", diff)
			}
		})
	}
}

func validate(t *testing.T, schema Schema, text []byte) {
	t.Helper()
	plainSchema, err := json.Marshal(schema)
	if err != nil {
		t.Fatal(err)
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(plainSchema))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	if err := compiler.AddResource("fact.json", document); err != nil {
		t.Fatal(err)
	}
	compiled, err := compiler.Compile("fact.json")
	if err != nil {
		t.Fatal(err)
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if err := compiled.Validate(value); err != nil {
		t.Error(err)
	}
}

// The test of withheld fields sees nothing if the SDK renames them.
func TestWithheldFieldsExist(t *testing.T) {
	t.Parallel()
	known := map[string]bool{}
	for _, typ := range []reflect.Type{
		reflect.TypeFor[types.ResponseLaunchTemplateData](), reflect.TypeFor[types.SpotFleetLaunchSpecification](),
		reflect.TypeFor[types.KeyPairInfo](), reflect.TypeFor[astypes.LaunchConfiguration](),
		reflect.TypeFor[ibtypes.AdditionalInstanceConfiguration](), reflect.TypeFor[ibtypes.ComponentParameter](),
		reflect.TypeFor[ibtypes.WorkflowParameter](), reflect.TypeFor[orgtypes.Organization](), reflect.TypeFor[orgtypes.Account](),
	} {
		for field := range typ.Fields() {
			known[typ.Name()+"."+field.Name] = true
		}
	}
	for _, name := range withheld {
		if !known[name] {
			t.Errorf("%s does not exist", name)
		}
	}
}

func TestEncode(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 1, 2, 3, 4, 5, 678e6, time.FixedZone("", 2*3600))
	tests := []struct {
		name  string
		value any
		want  string
	}{
		{"absent fields are dropped", types.Image{ImageId: aws.String("i")}, `{"ImageId":"i"}`},
		{"empty text is kept", types.Image{Description: aws.String("")}, `{"Description":""}`},
		{"empty enumeration is dropped", types.Image{State: ""}, `{}`},
		{"false is kept", types.Image{Public: aws.Bool(false)}, `{"Public":false}`},
		{"false without pointer is kept", kmstypes.KeyMetadata{}, `{"Enabled":false}`},
		{"zero is kept", types.EbsBlockDevice{VolumeSize: aws.Int32(0)}, `{"VolumeSize":0}`},
		{"empty list is kept", types.Image{Tags: []types.Tag{}}, `{"Tags":[]}`},
		{"absent list is dropped", types.Image{Tags: nil}, `{}`},
		{"empty list at the top", []types.LaunchPermission{}, `[]`},
		{"times in UTC", types.Snapshot{StartTime: &at}, `{"StartTime":"2026-01-02T01:04:05.678Z"}`},
		{"nothing", (*kmstypes.KeyMetadata)(nil), `null`},
		{"a bare value", true, `true`},
		{"control characters", types.Image{Name: aws.String("a\x00\x1b\n\xff")}, `{"Name":"a\u0000\u001b\n\ufffd"}`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got, err := encode(test.value)
			if err != nil {
				t.Fatal(err)
			}
			if !json.Valid(got) || string(got) != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

func TestWhatCannotBeEncodedIsAnError(t *testing.T) {
	t.Parallel()
	c := images().FactType
	wantFact(t, known(c, func() {}), "error", "Unencodable", "")
	wantFact(t, known(c, (*kmstypes.KeyMetadata)(nil)), "error", "EmptyAnswer", "")
}

// FuzzEncode takes names from strangers.
func FuzzEncode(f *testing.F) {
	f.Add("web-2026", "ünï\x00code\xff")
	f.Fuzz(func(t *testing.T, name, tag string) {
		text, err := encode(types.Image{Name: &name, Tags: []types.Tag{{Key: &tag}}})
		if err != nil || !json.Valid(text) || strings.ContainsFunc(string(text), func(r rune) bool { return r < ' ' }) {
			t.Error(fmt.Sprintf("%q", text), err)
		}
	})
}
