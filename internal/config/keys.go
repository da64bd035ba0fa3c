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
	switch t.Kind() {
	case reflect.Slice, reflect.Map:
		collectKeys(t.Elem(), keys)
	case reflect.Struct:
		for i := range t.NumField() {
			field := t.Field(i)
			if tag, ok := field.Tag.Lookup("yaml"); ok {
				if name, _, _ := strings.Cut(tag, ","); name != "" {
					*keys = append(*keys, name)
				}
				collectKeys(field.Type, keys)
			}
		}
	}
}
