package collect

import (
	"reflect"

	"github.com/amiscan/amiscan/internal/inventory"
)

// Schema is a JSON Schema in plain JSON types.
type Schema = map[string]any

// Schemas returns the schema of every collected fact's value. Objects are closed, so that a misspelt field in a policy is
// a compile error.
func Schemas() map[inventory.FactRef]Schema {
	schemas := map[inventory.FactRef]Schema{}
	for _, c := range everyFact() {
		schemas[c.FactRef] = schemaOf(c.value)
	}
	return schemas
}

func schemaOf(t reflect.Type) Schema {
	if t == timeType {
		return Schema{"type": "string", "format": "date-time"}
	}
	switch t.Kind() {
	case reflect.Pointer:
		return schemaOf(t.Elem())
	case reflect.Slice:
		return Schema{"type": "array", "items": schemaOf(t.Elem())}
	case reflect.Map:
		// Its keys are nobody's to know: tags, condition keys.
		return Schema{"type": "object", "additionalProperties": schemaOf(t.Elem())}
	case reflect.Struct:
		return structSchema(t)
	case reflect.String:
		return Schema{"type": "string"}
	case reflect.Bool:
		return Schema{"type": "boolean"}
	case reflect.Float32, reflect.Float64:
		return Schema{"type": "number"}
	default:
		return Schema{"type": "integer"}
	}
}

func structSchema(t reflect.Type) Schema {
	properties := Schema{}
	for _, field := range fields(t) {
		properties[field.Name] = schemaOf(field.Type)
	}
	return Schema{"type": "object", "properties": properties, "additionalProperties": false}
}
