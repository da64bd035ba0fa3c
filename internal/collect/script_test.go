package collect

import (
	"reflect"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// answer is what an operation of a test says to a call: an output, a pointer to the SDK's type, or an error.
type answer any

// scripted makes an operation, by its name, answer call after call as told, and keep the inputs. A call beyond the last
// answer fails the test.
func scripted(t *testing.T, c *clients, name string, answers ...answer) *inputs {
	t.Helper()
	field := reflect.ValueOf(c).Elem().FieldByName(name)
	if !field.IsValid() {
		t.Fatalf("no operation %s", name)
	}
	kept := &inputs{}
	field.Set(reflect.MakeFunc(field.Type(), func(args []reflect.Value) []reflect.Value {
		number := kept.add(args[1].Elem().Interface())
		if number >= len(answers) {
			t.Errorf("%s was called %d times", name, number+1)
			number = len(answers) - 1
		}
		return answered(field.Type(), answers[number])
	}))
	return kept
}

// answering makes an operation, by its name, answer every call by its input.
func answering(t *testing.T, c *clients, name string, do func(input any) answer) *inputs {
	t.Helper()
	field := reflect.ValueOf(c).Elem().FieldByName(name)
	kept := &inputs{}
	field.Set(reflect.MakeFunc(field.Type(), func(args []reflect.Value) []reflect.Value {
		input := args[1].Elem().Interface()
		kept.add(input)
		return answered(field.Type(), do(input))
	}))
	return kept
}

func answered(operation reflect.Type, a answer) []reflect.Value {
	var none error
	out, err := reflect.Zero(operation.Out(0)), reflect.ValueOf(&none).Elem()
	if failed, ok := a.(error); ok {
		return []reflect.Value{out, reflect.ValueOf(&failed).Elem()}
	}
	return []reflect.Value{reflect.ValueOf(a), err}
}

// inputs are what an operation was asked.
type inputs struct {
	mu  sync.Mutex
	all []any
}

func (i *inputs) add(input any) int {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.all = append(i.all, input)
	return len(i.all) - 1
}

// are compares the inputs with those wanted, in order.
func (i *inputs) are(t *testing.T, want ...any) {
	t.Helper()
	i.mu.Lock()
	defer i.mu.Unlock()
	if diff := cmp.Diff(want, i.all, ignoreSDK); diff != "" {
		t.Errorf("inputs (-want +got):\n%s", diff)
	}
}

// with returns a copy of an SDK value, a struct, with a field set.
func with(value any, field string, to any) any {
	changed := reflect.New(reflect.TypeOf(value)).Elem()
	changed.Set(reflect.ValueOf(value))
	changed.FieldByName(field).Set(reflect.ValueOf(to))
	return changed.Interface()
}

// onPage returns a copy of an output with the token of a further page.
func onPage(a answer, token *string) answer {
	changed := reflect.New(reflect.TypeOf(a).Elem())
	changed.Elem().Set(reflect.ValueOf(a).Elem())
	changed.Elem().FieldByName("NextToken").Set(reflect.ValueOf(token))
	return changed.Interface()
}
