package config

import (
	"reflect"
	"strings"
)

// keysOf are the keys that a document may have, at any depth: one of them is what an unknown key was meant to be.
func keysOf(document any) []string {
	var keys []string
	collectKeys(reflect.TypeOf(document), &keys)
	return keys
}

func collectKeys(t reflect.Type, keys *[]string) {
	if t.Kind() == reflect.Slice || t.Kind() == reflect.Map {
		collectKeys(t.Elem(), keys)
	}
	if t.Kind() != reflect.Struct {
		return
	}
	for i := range t.NumField() {
		tag, ok := t.Field(i).Tag.Lookup("yaml")
		if !ok {
			continue
		}
		if name, _, _ := strings.Cut(tag, ","); name != "" {
			*keys = append(*keys, name)
		}
		collectKeys(t.Field(i).Type, keys)
	}
}
