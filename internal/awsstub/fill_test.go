package awsstub_test

import (
	"fmt"
	"reflect"
	"time"

	"github.com/google/go-cmp/cmp"
)

// filler makes SDK values in which every field is set, each to a value of its own.
type filler struct {
	// n counts the values so far, flags those that are flags.
	n, flags int
	round    int
}

// rounds is how many rounds tell all flags apart: in each, a flag is another bit of its number.
const rounds = 7

// filled returns a fully populated value.
func filled[T any](round int) T {
	var value T
	f := &filler{round: round}
	f.fill("", reflect.ValueOf(&value).Elem())
	return value
}

func (f *filler) fill(name string, v reflect.Value) {
	if v.Type() == reflect.TypeFor[time.Time]() {
		f.n++
		v.Set(reflect.ValueOf(time.Date(2026, 1, 2, 3, 4, 5, f.n*int(time.Millisecond), time.UTC)))
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		f.fill(name, v.Elem())
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		f.fill(name, v.Index(0))
		f.fill(name, v.Index(1))
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		for range 2 {
			f.fillEntry(name, v)
		}
	case reflect.Struct:
		f.fillFields(v)
	default:
		f.fillScalar(name, v)
	}
}

// fillEntry adds one entry to a map; its name is a value, too.
func (f *filler) fillEntry(name string, v reflect.Value) {
	key, member := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
	f.fill(name, key)
	f.fill(name, member)
	v.SetMapIndex(key, member)
}

func (f *filler) fillFields(v reflect.Value) {
	for i := range v.NumField() {
		if field := v.Type().Field(i); field.IsExported() {
			f.fill(field.Name, v.Field(i))
		}
	}
}

func (f *filler) fillScalar(name string, v reflect.Value) {
	f.n++
	switch v.Kind() {
	case reflect.String:
		v.SetString(fmt.Sprintf("%s <%d> & ü\t", name, f.n))
	case reflect.Bool:
		f.flags++
		v.SetBool(f.flags>>f.round&1 == 1)
	case reflect.Int32, reflect.Int64:
		v.SetInt(int64(f.n))
	case reflect.Float64:
		v.SetFloat(float64(f.n) + 0.25)
	default:
		panic("the filler knows no " + v.Type().String())
	}
}

// ignoreMarker leaves out the unexported marker that every SDK struct embeds.
func ignoreMarker() cmp.Option {
	return cmp.FilterPath(func(p cmp.Path) bool {
		field, ok := p.Last().(cmp.StructField)
		return ok && field.Name() == "noSmithyDocumentSerde"
	}, cmp.Ignore())
}
