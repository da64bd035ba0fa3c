package main

import (
	"flag"
	"fmt"
	"io"
	"maps"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/amiscan/amiscan/internal/awsstub"
	"github.com/amiscan/amiscan/internal/inventory"
)

// The account and the region that the stub's saved output belongs to where a script says nothing else.
const (
	scriptAccount = "111122223333"
	scriptRegion  = "eu-west-1"
)

// serverKey finds a script's stub.
type serverKey struct{}

// served is the stub that a script talks to; another stub command replaces it.
type served struct {
	stub *awsstub.Stub
	gate *gatekeeper
}

// stubCommand serves saved output on a free loopback port: stub [FLAG]... FILE... The next programs find it, with dummy
// keys, through their environment.
func stubCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg {
		ts.Fatalf("usage: stub [FLAG]... FILE...")
	}
	asked, err := parseStub(args)
	ts.Check(err)
	parts, err := asked.parts(ts)
	ts.Check(err)
	stub, err := awsstub.New(parts, asked.options...)
	ts.Check(err)
	gate := newGatekeeper(stub, asked.hold)
	server := httptest.NewServer(gate)
	ts.Defer(server.Close)
	ts.Defer(server.CloseClientConnections)
	*ts.Value(serverKey{}).(*served) = served{stub, gate}
	for name, value := range map[string]string{
		"AWS_ENDPOINT_URL": server.URL, "AWS_ACCESS_KEY_ID": "dummy", "AWS_SECRET_ACCESS_KEY": "dummy",
		"AWS_MAX_ATTEMPTS": "1",
	} {
		ts.Setenv(name, value)
	}
}

// asked is what a stub command says.
type asked struct {
	account, region, hold string
	mirrors               []string
	options               []awsstub.Option
	files                 []string
}

func parseStub(args []string) (*asked, error) {
	a := &asked{}
	flags := flag.NewFlagSet("stub", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.StringVar(&a.account, "account", scriptAccount, "")
	flags.StringVar(&a.region, "region", scriptRegion, "")
	flags.StringVar(&a.hold, "hold", "", "never answer ACTION")
	flags.Func("mirror", "the same in REGION, too", func(v string) error { a.mirrors = append(a.mirrors, v); return nil })
	for name, option := range stubFlags() {
		flags.Func(name, "", func(value string) error {
			key, rest, _ := strings.Cut(value, "=")
			a.options = append(a.options, option(key, rest))
			return nil
		})
	}
	err := flags.Parse(args)
	a.files = flags.Args()
	return a, err
}

// stubFlags are the stub's faults, each from KEY[=VALUE].
func stubFlags() map[string]func(key, value string) awsstub.Option {
	return map[string]func(string, string) awsstub.Option{
		"deny": func(action, id string) awsstub.Option {
			if id == "" {
				return awsstub.Deny(action)
			}
			return awsstub.Deny(action, id)
		},
		"fail": func(action, code string) awsstub.Option {
			return awsstub.Fail(action, awsstub.Fault{Status: 400, Code: code})
		},
		"html": func(action, _ string) awsstub.Option {
			return awsstub.Fail(action, awsstub.Fault{Status: 500, Body: "<html><h1>Internal Server Error</h1></html>"})
		},
		"cut":      func(action, _ string) awsstub.Option { return awsstub.Fail(action, awsstub.Fault{Truncate: true}) },
		"late":     func(id, n string) awsstub.Option { return awsstub.AppearAfter(id, len(n)) },
		"disabled": func(region, _ string) awsstub.Option { return awsstub.DisableRegion(region) },
		"key": func(key, account string) awsstub.Option {
			return awsstub.Credentials(map[string]string{key: account})
		},
	}
}

// parts reads the files and mirrors what they hold in further regions.
func (a *asked) parts(ts *testscript.TestScript) ([]inventory.Part, error) {
	var inputs []inventory.Input
	for _, name := range a.expand(ts) {
		file, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		ts.Defer(func() { _ = file.Close() }) // only read
		inputs = append(inputs, inventory.Input{Name: name, Data: file})
	}
	options := inventory.ImportOptions{Account: a.account, Region: a.region, Partition: "aws"}
	parts, _, err := inventory.Load(inputs, options)
	if len(parts) == 0 {
		parts = []inventory.Part{{Unit: inventory.Unit{Partition: "aws", Account: a.account, Region: a.region}}}
	}
	whole := slices.Clone(parts)
	for _, region := range a.mirrors {
		for _, part := range whole {
			parts = append(parts, mirrored(part, region))
		}
	}
	return parts, err
}

// expand puts what a directory holds in its place.
func (a *asked) expand(ts *testscript.TestScript) []string {
	var names []string
	for _, name := range a.files {
		name = ts.MkAbs(name)
		within, err := filepath.Glob(filepath.Join(name, "*.json"))
		ts.Check(err)
		if len(within) == 0 {
			within = []string{name}
		}
		names = append(names, within...)
	}
	return names
}

// mirrored is the part as if it stood in another region.
func mirrored(part inventory.Part, region string) inventory.Part {
	part.Region = region
	part.Resources = slices.Clone(part.Resources)
	for i, r := range part.Resources {
		unit := r.Unit
		unit.Region = region
		part.Resources[i] = inventory.NewResource(r.Kind, unit, r.ID)
		part.Resources[i].Facts = r.Facts
	}
	return part
}

// callsCommand writes calls.txt: how often the stub was asked for what, and in sum without STS. It fails if anything was
// asked that writes.
func callsCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 0 {
		ts.Fatalf("usage: calls")
	}
	stub := ts.Value(serverKey{}).(*served).stub
	for _, request := range stub.Writes() {
		ts.Fatalf("amiscan asked for %s, which writes", request.Name())
	}
	calls, total := stub.Calls(), 0
	var text strings.Builder
	for _, name := range slices.Sorted(maps.Keys(calls)) {
		fmt.Fprintf(&text, "%s %d\n", name, calls[name])
		total += calls[name]
	}
	fmt.Fprintf(&text, "total %d\n", total)
	ts.Logf("calls:\n%s", text.String())
	ts.Check(os.WriteFile(ts.MkAbs("calls.txt"), []byte(text.String()), 0o600))
}
