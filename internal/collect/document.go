package collect

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"time"
)

// withheld are the fields that never enter an inventory. User data and the values of parameters may hold secrets; the mail
// addresses of an organization's accounts are nobody's business here.
var withheld = []string{
	"ResponseLaunchTemplateData.UserData", "LaunchConfiguration.UserData", "SpotFleetLaunchSpecification.UserData",
	"AdditionalInstanceConfiguration.UserDataOverride", "ComponentParameter.Value", "WorkflowParameter.Value",
	"KeyPairInfo.PublicKey", "Organization.MasterAccountEmail", "Account.Email",
}

// timeType is printed as RFC 3339 in UTC.
var timeType = reflect.TypeFor[time.Time]()

// encode writes an SDK value in the shape in which the AWS CLI prints it: AWS's own field names, absent fields left out,
// times in RFC 3339 UTC.
func encode(value any) (json.RawMessage, error) {
	text, err := json.Marshal(plain(reflect.ValueOf(value)))
	if err != nil {
		return nil, fmt.Errorf("encode %T: %w", value, err)
	}
	return text, nil
}

// plain turns an SDK value into maps, lists and scalars; nil stands for what AWS did not send.
func plain(v reflect.Value) any {
	switch {
	case !v.IsValid():
		return nil
	case v.Type() == timeType:
		return v.Interface().(time.Time).UTC().Format(time.RFC3339Nano)
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return nil
		}
		return plain(v.Elem())
	case reflect.Struct:
		return plainStruct(v)
	case reflect.Slice:
		return plainList(v)
	case reflect.Map:
		return plainMap(v)
	case reflect.String:
		return v.String()
	default:
		return v.Interface()
	}
}

func plainStruct(v reflect.Value) map[string]any {
	object := map[string]any{}
	for _, field := range fields(v.Type()) {
		value := plain(v.FieldByIndex(field.Index))
		// An empty enumeration is how the SDK says that AWS sent none.
		if value == nil || value == "" && field.Type.Kind() == reflect.String {
			continue
		}
		object[field.Name] = value
	}
	return object
}

func plainMap(v reflect.Value) any {
	if v.IsNil() {
		return nil
	}
	object := map[string]any{}
	for _, key := range v.MapKeys() {
		object[key.String()] = plain(v.MapIndex(key))
	}
	return object
}

func plainList(v reflect.Value) any {
	if v.IsNil() {
		return nil
	}
	list := make([]any, v.Len())
	for i := range list {
		list[i] = plain(v.Index(i))
	}
	return list
}

// fields are the fields of an SDK struct that belong to the document.
func fields(t reflect.Type) []reflect.StructField {
	var all []reflect.StructField
	for i := range t.NumField() {
		field := t.Field(i)
		if field.IsExported() && field.Name != "ResultMetadata" && !slices.Contains(withheld, t.Name()+"."+field.Name) {
			all = append(all, field)
		}
	}
	return all
}
