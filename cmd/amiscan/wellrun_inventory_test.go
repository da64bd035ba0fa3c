package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/amiscan/amiscan/internal/inventory"
	"github.com/amiscan/amiscan/internal/schema"
)

// wellRun holds the account: one file a row of what looks wrong in a well-run organization and is not.
const wellRun = "../../testdata/wellrun"

// topic is one such file.
type topic struct {
	// Row names the checks that would raise a false alarm, Shows what is in order.
	Row, Shows string
	// Meets are the policies that must judge something in this file, and be content with it. Later are those that do not
	// exist yet and will meet it.
	Meets, Later []string
	// Opinions are, by policy that is off by default, the resources that it takes exception to all the same.
	Opinions map[string][]string
	// Exempt are, by policy, the resources that it must not judge at all.
	Exempt    map[string][]string
	Resources []described
}

// described is a resource with its facts as the AWS CLI prints them, laid over defaults.json as a JSON merge patch (RFC 7396:
// null takes a field away). A fact that neither tells is one that AWS says does not exist.
type described struct {
	Kind, ID, Account, Region string
	// NotVisible are facts that AWS shows to another account alone.
	NotVisible []string `json:"not_visible"`
	Facts      map[string]any
}

func readTopics(t *testing.T) map[string]topic {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(wellRun, "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	topics := map[string]topic{}
	for _, path := range paths {
		if name := filepath.Base(path); name != "defaults.json" {
			var one topic
			readStrictly(t, path, &one)
			topics[strings.TrimSuffix(name, ".json")] = one
		}
	}
	return topics
}

func readStrictly(t *testing.T, path string, into any) {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	decoder := json.NewDecoder(file)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
}

// wellRunParts are the account's regions, with every listing whole.
func wellRunParts(t *testing.T, topics map[string]topic) []inventory.Part {
	t.Helper()
	var defaults map[string]map[string]any
	readStrictly(t, filepath.Join(wellRun, "defaults.json"), &defaults)
	parts := []inventory.Part{wholePart(scriptAccount, "eu-central-1"), wholePart(scriptAccount, "eu-west-1")}
	for _, one := range topics {
		for _, d := range one.Resources {
			r := d.resource(t, defaults[d.Kind])
			i := slices.IndexFunc(parts, func(p inventory.Part) bool { return p.Region == r.Region })
			parts[i].Resources = append(parts[i].Resources, r)
		}
	}
	return append(parts, wellRunOrganization(t)...)
}

// The other accounts of the well-run organization: the management account, and one that images are shared with.
const (
	wellRunManagement = "999999999999"
	wellRunRecipient  = "222233334444"
)

// wellRunOrganization is the organization around the account: which accounts it has, and their regions, in which there is
// nothing to judge.
func wellRunOrganization(t *testing.T) []inventory.Part {
	t.Helper()
	roll := inventory.Part{Unit: inventory.Unit{Partition: "aws", Account: wellRunManagement, Region: inventory.Global}}
	parts := []inventory.Part{}
	for _, account := range []string{scriptAccount, wellRunRecipient, wellRunManagement} {
		unit := inventory.Unit{Partition: "aws", Account: account, Region: inventory.Global}
		listed, door := inventory.NewResource(inventory.Account, unit, account), inventory.NewResource(inventory.Account, unit, account)
		listed.Facts["account"] = orgFact(t, map[string]any{
			"Id": account, "Arn": "arn:aws:organizations::" + wellRunManagement + ":account/o-a1b2c3d4e5/" + account,
			"Name": "account " + account, "State": "ACTIVE", "Paths": []string{"o-a1b2c3d4e5/r-ab12/"},
		})
		door.Facts["regions"] = orgFact(t, []map[string]any{{"RegionName": "eu-central-1"}, {"RegionName": "eu-west-1"}})
		if account == wellRunManagement {
			listed.Facts["regions"] = door.Facts["regions"]
		} else {
			parts = append(parts, inventory.Part{Unit: unit, Resources: []inventory.Resource{door}, Coverage: wholly(unit, "regions")})
		}
		roll.Resources = append(roll.Resources, listed)
		if account != scriptAccount {
			parts = append(parts, wholePart(account, "eu-central-1"), wholePart(account, "eu-west-1"))
		}
	}
	roll.Coverage = append(wholly(roll.Unit, "account"), wholly(roll.Unit, "regions")...)
	return append(parts, roll)
}

// wholly covers a fact of accounts.
func wholly(unit inventory.Unit, name string) []inventory.Coverage {
	fact, _ := schema.Catalog().Lookup(inventory.FactRef{Kind: inventory.Account, Name: name})
	return []inventory.Coverage{{
		Unit: unit, Kind: fact.Kind, Fact: fact.Name, Action: fact.Action, Status: inventory.Known, Items: 1,
	}}
}

// wholePart covers every fact that can be collected: nothing is left unasked.
func wholePart(account, region string) inventory.Part {
	unit := inventory.Unit{Partition: "aws", Account: account, Region: region}
	part := inventory.Part{Unit: unit, Observed: time.Date(2026, 11, 22, 6, 0, 0, 0, time.UTC)}
	for _, fact := range schema.Catalog() {
		if !fact.Linked && fact.Kind != inventory.Account {
			part.Coverage = append(part.Coverage, inventory.Coverage{
				Unit: unit, Kind: fact.Kind, Fact: fact.Name, Action: fact.Action, Status: inventory.Known,
			})
		}
	}
	return part
}

func (d described) resource(t *testing.T, defaults map[string]any) inventory.Resource {
	t.Helper()
	unit := inventory.Unit{Partition: "aws", Account: scriptAccount, Region: "eu-west-1"}
	if d.Account != "" {
		unit.Account = d.Account
	}
	if d.Region != "" {
		unit.Region = d.Region
	}
	r := inventory.NewResource(d.Kind, unit, d.ID)
	facts, _ := patched(named(defaults, d.ID, unit.Account), d.Facts).(map[string]any)
	for _, fact := range schema.Catalog() {
		if fact.Kind == d.Kind && !fact.Linked {
			r.Facts[fact.Name] = d.fact(t, fact, facts)
		}
	}
	for name := range facts {
		if _, ok := r.Facts[name]; !ok {
			t.Errorf("%s %s: no such fact: %s", d.Kind, d.ID, name)
		}
	}
	return r
}

func (d described) fact(t *testing.T, of inventory.FactType, facts map[string]any) inventory.Fact {
	t.Helper()
	value, told := facts[of.Name]
	switch {
	case slices.Contains(d.NotVisible, of.Name):
		return inventory.Fact{Status: inventory.NotVisible, Action: of.Action}
	case !told:
		return inventory.Fact{Status: inventory.NotFound, Action: of.Action}
	}
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	holdToSchema(t, of.FactRef, text)
	return inventory.Fact{Status: inventory.Known, Value: text}
}

// named fills in the resource's own id and account.
func named(defaults map[string]any, id, account string) any {
	return replaced(defaults, strings.NewReplacer("${id}", id, "${account}", account))
}

func replaced(value any, names *strings.Replacer) any {
	switch value := value.(type) {
	case string:
		return names.Replace(value)
	case []any:
		list := []any{}
		for _, member := range value {
			list = append(list, replaced(member, names))
		}
		return list
	case map[string]any:
		object := map[string]any{}
		for name, member := range value {
			object[name] = replaced(member, names)
		}
		return object
	}
	return value
}

// patched lays one document over another as RFC 7396 has it.
func patched(target, patch any) any {
	over, ok := patch.(map[string]any)
	if !ok {
		return patch
	}
	object, ok := target.(map[string]any)
	if !ok {
		object = map[string]any{}
	}
	for name, value := range over {
		if value == nil {
			delete(object, name)
			continue
		}
		object[name] = patched(object[name], value)
	}
	return object
}
