package link_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/inventory"
	"github.com/amiscan/amiscan/internal/link"
)

const (
	management = "999999999999"
	sibling    = "444455556666"
	cousin     = "555566667777"
	stranger   = "888888888888"
	ownOrg     = "arn:aws:organizations::999999999999:organization/o-a1b2c3d4e5"
	otherOrg   = "arn:aws:organizations::777777777777:organization/o-f6g7h8i9j0"
	childOU    = "arn:aws:organizations::999999999999:ou/o-a1b2c3d4e5/ou-root-child000"
	topOU      = "arn:aws:organizations::999999999999:ou/o-a1b2c3d4e5/ou-root-top00000"
)

// at is a unit of another account.
func at(account, region string) inventory.Unit {
	return inventory.Unit{Partition: "aws", Account: account, Region: region}
}

// global is an account's own part, without anything in it.
func global(account string) *part { return &part{inventory.Part{Unit: at(account, inventory.Global)}} }

// pathless stands for the path of an account whose listing has none.
const pathless = "-"

// lists adds an account to the listing of the organization; the path goes on from the root.
func (p *part) lists(account, state, path string) *part {
	paths := fmt.Sprintf(`,"Paths":["o-a1b2c3d4e5/r-root/%s"]`, path)
	if path == pathless {
		paths = ""
	}
	return p.put(inventory.Account, account, "account", fmt.Sprintf(
		`{"Id":%q,"Arn":"arn:aws:organizations::999999999999:account/o-a1b2c3d4e5/%s","Name":"name of %s","State":%q%s}`,
		account, account, account, state, paths))
}

// door says which regions the account has, or that it could not be entered.
func (p *part) door(status inventory.Status, code string, regions ...string) *part {
	var all []string
	for _, region := range regions {
		all = append(all, fmt.Sprintf(`{"RegionName":%q}`, region))
	}
	action := "sts:AssumeRole"
	if p.put(inventory.Account, p.Account, "regions", "["+strings.Join(all, ",")+"]"); status != inventory.Known {
		p.put(inventory.Account, p.Account, "regions", status)
	}
	p.Coverage = append(p.Coverage, inventory.Coverage{
		Unit: p.Unit, Kind: inventory.Account, Fact: "regions", Status: status, Action: action, Code: code,
	})
	return p
}

// listing is the management account's part: an organization of the owner, a sibling in the top OU, a cousin in the one
// below it, and an account that is suspended.
func listing(status inventory.Status) *part {
	p := global(management).lists(unit.Account, "ACTIVE", "").lists(management, "ACTIVE", "").
		lists(sibling, "ACTIVE", "ou-root-top00000/").lists(cousin, "ACTIVE", "ou-root-top00000/ou-root-child000/").
		lists("666666666666", "SUSPENDED", "ou-root-gone0000/")
	p.Coverage = append(p.Coverage, inventory.Coverage{
		Unit: p.Unit, Kind: inventory.Account, Fact: "account", Status: status, Action: "organizations:ListAccounts",
	})
	return p
}

// sharedWith is the owner's unit with one image that is shared.
func sharedWith(permissions string) *part {
	return whole().image("ami-1").put(inventory.AMI, "ami-1", "launch_permissions", "["+permissions+"]").
		put(inventory.Settings, settingsID, "organization", `{"Id":"o-a1b2c3d4e5","MasterAccountId":"999999999999"}`)
}

func withAccount(id string) string { return fmt.Sprintf(`{"UserId":%q}`, id) }
func withOrg(arn string) string    { return fmt.Sprintf(`{"OrganizationArn":%q}`, arn) }
func withOU(arn string) string     { return fmt.Sprintf(`{"OrganizationalUnitArn":%q}`, arn) }

// worldOf has seen these parts.
func worldOf(parts ...*part) link.World {
	world := link.NewWorld(nil, catalog())
	for _, p := range parts {
		world.See(p.Part)
	}
	return world
}

// gapAt is a gap in another unit.
func gapAt(u inventory.Unit, fact string, status inventory.Status, action, code string) inventory.Gap {
	return inventory.Gap{Fact: fact, Status: status, Action: action, Code: code, Unit: u}
}

const (
	seesInstances = "ec2:DescribeInstanceImageMetadata"
	launchOf      = `[{"account":"444455556666","kind":"launch_template","id":"lt-1","name":"web","edge":"default",` +
		`"subject":"1","version":1,"template_id":"lt-1","default":true,"latest":true}]`
)

type elsewhereTest struct {
	name   string
	own    *part
	others []*part
	status inventory.Status
	value  string
	gaps   []inventory.Gap
}

func runElsewhereTests(t *testing.T, fact string, tests []elsewhereTest) {
	t.Helper()
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got := test.own.factIn(t, worldOf(append(test.others, test.own)...), inventory.AMI, "ami-1", fact)
			want := inventory.Fact{Status: test.status, Value: []byte(test.value), Gaps: test.gaps}
			if diff := cmp.Diff(want, got, textual); diff != "" {
				t.Errorf("%s (-want +got):\n%s", fact, diff)
			}
		})
	}
}

func TestReferencesElsewhere(t *testing.T) {
	t.Parallel()
	ireland := at(sibling, "eu-west-1")
	using := func() *part { return wholeAt(ireland).template("lt-1", "ami-1") }
	unread := gapAt(ireland, "template_versions", inventory.NotCollected, seesTemplates, "")
	unlisted := using().covered(inventory.LaunchTemplate, inventory.Denied, "")
	runElsewhereTests(t, "references_elsewhere", []elsewhereTest{
		{"shared with nobody", sharedWith(""), nil, inventory.Known, "[]", nil},
		{"an account that launches it", sharedWith(withAccount(sibling)), []*part{using()}, inventory.Known, launchOf, nil},
		{"an account that launches another", sharedWith(withAccount(sibling)),
			[]*part{wholeAt(ireland).template("lt-1", "ami-2")}, inventory.Known, "[]", nil},
		{"another region's image of the same id", sharedWith(withAccount(sibling)),
			[]*part{wholeAt(at(sibling, "us-east-1")).template("lt-1", "ami-1"), wholeAt(ireland)}, inventory.Known, "[]", nil},
		{"no longer shared, and still launched", sharedWith(""), []*part{using()}, inventory.Known, launchOf, nil},
		{"through a parameter of the other account", sharedWith(withAccount(sibling)), []*part{wholeAt(ireland).
			template("lt-1", "resolve:ssm:/golden/web").parameter("/golden/web", "ami-1")}, inventory.Known,
			strings.Replace(launchOf, `"latest":true`, `"latest":true,"parameter":"/golden/web"`, 1), nil},
		{"an account that is not in the inventory", sharedWith(withAccount(sibling)), nil, inventory.NotCollected, "[]",
			[]inventory.Gap{unread}},
		{"a launcher listing that was denied", sharedWith(withAccount(sibling)), []*part{unlisted}, inventory.Denied, launchOf,
			[]inventory.Gap{gapAt(ireland, "template_versions", inventory.Denied, seesTemplates, "Code")}},
		{"a listing that was narrowed", sharedWith(withAccount(sibling)),
			[]*part{wholeAt(ireland).covered(inventory.EC2Fleet, inventory.Known, inventory.NarrowedByImport)}, inventory.NotCollected,
			"[]", []inventory.Gap{gapAt(ireland, "fleet", inventory.NotCollected, "ec2:DescribeFleets", "")}},
		{"a template and a parameter that were not read: one gap a fact", sharedWith(withAccount(sibling)), []*part{wholeAt(ireland).
			template("lt-1", "resolve:ssm:a", "resolve:ssm:b").parameter("a", inventory.NotVisible).parameter("b", inventory.Denied)},
			inventory.Denied, "[]", []inventory.Gap{gapAt(ireland, "parameter", inventory.Denied, "ssm:GetParameters", "Code")}},
		{"permissions that are not known", sharedWith("").put(inventory.AMI, "ami-1", "launch_permissions", inventory.Denied), nil,
			inventory.Denied, "[]",
			[]inventory.Gap{gap("launch_permissions", inventory.Denied, "ec2:DescribeImageAttribute", "Code")}},
		{"shared with the owner itself, whose own launchers are not known", sharedWith(withAccount(unit.Account)).
			covered(inventory.LaunchTemplate, inventory.Denied, ""), nil, inventory.Known, "[]", nil},
		{"public", sharedWith(`{"Group":"all"}`), []*part{using()}, inventory.NotVisible, launchOf,
			[]inventory.Gap{gap("launch_permissions", inventory.NotVisible, "", "")}},
	})
}

func TestDoorsElsewhere(t *testing.T) {
	t.Parallel()
	ireland, door := at(sibling, "eu-west-1"), at(sibling, inventory.Global)
	shared := func() *part { return sharedWith(withAccount(sibling)) }
	runElsewhereTests(t, "references_elsewhere", []elsewhereTest{
		{"refused", shared(), []*part{global(sibling).door(inventory.Denied, "AccessDenied")}, inventory.Denied, "[]",
			[]inventory.Gap{gapAt(door, "regions", inventory.Denied, "sts:AssumeRole", "AccessDenied")}},
		{"suspended", shared(), []*part{global(sibling).door(inventory.NotVisible, "SUSPENDED")}, inventory.NotVisible, "[]",
			[]inventory.Gap{gapAt(door, "regions", inventory.NotVisible, "sts:AssumeRole", "SUSPENDED")}},
		{"open, the region not read", shared(), []*part{global(sibling).door(inventory.Known, "", "eu-west-1", "us-east-1")},
			inventory.NotCollected, "[]", []inventory.Gap{gapAt(ireland, "template_versions", inventory.NotCollected, seesTemplates, "")}},
		{"open, the region not enabled", shared(), []*part{global(sibling).door(inventory.Known, "", "eu-west-10", "us-east-1")},
			inventory.NotVisible, "[]", []inventory.Gap{gapAt(ireland, "template_versions", inventory.NotVisible, seesTemplates, "")}},
		{"open and read", shared(), []*part{global(sibling).door(inventory.Known, "", "eu-west-1"), wholeAt(ireland)},
			inventory.Known, "[]", nil},
		{"never tried, listed as suspended", sharedWith(withAccount("666666666666")), []*part{listing(inventory.Known)},
			inventory.NotVisible, "[]",
			[]inventory.Gap{gapAt(at("666666666666", "eu-west-1"), "template_versions", inventory.NotVisible, seesTemplates, "SUSPENDED")}},
		{"never tried, listed", shared(), []*part{listing(inventory.Known)}, inventory.NotCollected, "[]",
			[]inventory.Gap{gapAt(ireland, "template_versions", inventory.NotCollected, seesTemplates, "")}},
		{"a stranger's", sharedWith(withAccount(stranger)), []*part{listing(inventory.Known)}, inventory.NotVisible, "[]",
			[]inventory.Gap{gapAt(at(stranger, "eu-west-1"), "template_versions", inventory.NotVisible, seesTemplates, "")}},
		{"perhaps a stranger's", sharedWith(withAccount(stranger)), []*part{listing(inventory.Throttled)}, inventory.NotCollected, "[]",
			[]inventory.Gap{gapAt(at(stranger, "eu-west-1"), "template_versions", inventory.NotCollected, seesTemplates, "")}},
		{"an OU of two, one of them not read", sharedWith(withOU(topOU)), []*part{listing(inventory.Known), wholeAt(ireland)},
			inventory.NotCollected, "[]",
			[]inventory.Gap{gapAt(at(cousin, "eu-west-1"), "template_versions", inventory.NotCollected, seesTemplates, "")}},
		{"an OU whose accounts were read", sharedWith(withOU(topOU)), []*part{
			listing(inventory.Known), wholeAt(ireland), wholeAt(at(cousin, "eu-west-1")),
		}, inventory.Known, "[]", nil},
		{"an organization that nobody listed", sharedWith(withOrg(ownOrg)), []*part{wholeAt(ireland)}, inventory.NotCollected, "[]",
			[]inventory.Gap{gapAt(at(management, inventory.Global), "account", inventory.NotCollected, "organizations:ListAccounts", "")}},
	})
}

func TestInstancesElsewhere(t *testing.T) {
	t.Parallel()
	ireland := at(sibling, "eu-west-1")
	instance := func(owner string) *part {
		return wholeAt(ireland).put(inventory.Instance, "i-1", "instance_image", fmt.Sprintf(`{"InstanceId":"i-1",`+
			`"LaunchTime":"2026-11-01T00:00:00Z","State":{"Name":"running","Code":16},"ImageMetadata":{"ImageId":"ami-1",%s}}`, owner))
	}
	const one = `[{"account":"444455556666","InstanceId":"i-1","LaunchTime":"2026-11-01T00:00:00Z","State":{"Name":"running"}}]`
	runElsewhereTests(t, "instances_elsewhere", []elsewhereTest{
		{"one", sharedWith(withAccount(sibling)), []*part{instance(`"OwnerId":"111122223333"`)}, inventory.Known, one, nil},
		{"of Amazon's image", sharedWith(withAccount(sibling)), []*part{instance(`"ImageOwnerAlias":"amazon"`)}, inventory.Known, "[]",
			nil},
		{"of an image of its own that is gone", sharedWith(withAccount(sibling)), []*part{instance(`"OwnerId":"444455556666"`)},
			inventory.Known, "[]", nil},
		{"instances denied, launchers not", sharedWith(withAccount(sibling)),
			[]*part{wholeAt(ireland).covered(inventory.Instance, inventory.Denied, "")}, inventory.Denied, "[]",
			[]inventory.Gap{gapAt(ireland, "instance_image", inventory.Denied, seesInstances, "Code")}},
		{"not read", sharedWith(withAccount(sibling)), nil, inventory.NotCollected, "[]",
			[]inventory.Gap{gapAt(ireland, "instance_image", inventory.NotCollected, seesInstances, "")}},
	})
	runElsewhereTests(t, "image_parameters_elsewhere", []elsewhereTest{
		{"one", sharedWith(withAccount(sibling)), []*part{wholeAt(ireland).put(inventory.SSMParameter, "/golden", "image_parameter",
			`{"Name":"/golden","Value":"ami-1"}`)}, inventory.Known, `[{"account":"444455556666","Name":"/golden"}]`, nil},
		{"a value that nobody read", sharedWith(withAccount(sibling)), []*part{wholeAt(ireland).put(inventory.SSMParameter, "/golden",
			"parameter_metadata", `{"Name":"/golden"}`)}, inventory.NotCollected, "[]",
			[]inventory.Gap{gapAt(ireland, "image_parameter", inventory.NotCollected, "ssm:GetParameters", "")}},
	})
}

// What nobody asked for was not seen, whatever the unit holds.
func TestAspectThatWasNotWanted(t *testing.T) {
	t.Parallel()
	own := sharedWith(withAccount(sibling))
	world := link.NewWorld([]inventory.FactRef{{Kind: inventory.AMI, Name: "instances_elsewhere"}}, catalog())
	world.See(wholeAt(at(sibling, "eu-west-1")).Part)
	got := own.factIn(t, world, inventory.AMI, "ami-1", "references_elsewhere")
	if got.Status != inventory.NotCollected {
		t.Errorf("references_elsewhere is %+v", got)
	}
	if got := own.factIn(t, world, inventory.AMI, "ami-1", "instances_elsewhere"); got.Status != inventory.Known {
		t.Errorf("instances_elsewhere is %+v", got)
	}
}
