// Package inventory holds the nouns of collected state: units, resources, facts with a status, and coverage. It knows
// their JSON and how saved AWS CLI output turns into them. It imports no AWS SDK, OPA, SARIF or command line.
package inventory

import (
	"cmp"
	"encoding/json"
	"slices"
	"time"
)

// SchemaVersion is the version of the documents that this package writes; others are refused.
const SchemaVersion = "1"

// Global is the pseudo-region of what an account has beside its regions: which they are and, in the management account,
// the organization's accounts. It is no region of AWS.
const Global = "global"

// The kinds of resource.
const (
	Account                     = "account"
	AMI                         = "ami"
	AutoScalingGroup            = "auto_scaling_group"
	ContainerRecipe             = "container_recipe"
	DistributionConfiguration   = "distribution_configuration"
	DLMPolicy                   = "dlm_policy"
	EC2Fleet                    = "ec2_fleet"
	ForeignImage                = "foreign_image"
	ForeignSnapshot             = "foreign_snapshot"
	ImageLifecyclePolicy        = "image_lifecycle_policy"
	ImagePipeline               = "image_pipeline"
	ImageRecipe                 = "image_recipe"
	InfrastructureConfiguration = "infrastructure_configuration"
	Instance                    = "instance"
	InstanceProfile             = "instance_profile"
	InstanceType                = "instance_type"
	KeyPair                     = "key_pair"
	KMSAlias                    = "kms_alias"
	KMSKey                      = "kms_key"
	LaunchConfiguration         = "launch_configuration"
	LaunchTemplate              = "launch_template"
	RecycleBinRule              = "recycle_bin_rule"
	RecycledImage               = "recycled_image"
	RecycledSnapshot            = "recycled_snapshot"
	SecurityGroup               = "security_group"
	Settings                    = "settings"
	Snapshot                    = "snapshot"
	SpotFleet                   = "spot_fleet"
	SSMParameter                = "ssm_parameter"
	Subnet                      = "subnet"
	Trail                       = "trail"
)

// Kinds returns the kinds of resource, sorted.
func Kinds() []string {
	return []string{
		Account, AMI, AutoScalingGroup, ContainerRecipe, DistributionConfiguration, DLMPolicy, EC2Fleet, ForeignImage, ForeignSnapshot,
		ImageLifecyclePolicy, ImagePipeline, ImageRecipe, InfrastructureConfiguration, Instance, InstanceProfile, InstanceType,
		KeyPair, KMSAlias, KMSKey, LaunchConfiguration, LaunchTemplate, RecycleBinRule, RecycledImage, RecycledSnapshot,
		SecurityGroup, Settings, Snapshot, SpotFleet, SSMParameter, Subnet, Trail,
	}
}

// Launcher is the class of kinds that launch images: what a policy names that judges all of them alike.
const Launcher = "launcher"

// KindsOf returns the kinds that a class stands for, in the order of their names; any other kind stands for itself.
func KindsOf(class string) []string {
	if class == Launcher {
		return []string{AutoScalingGroup, EC2Fleet, LaunchConfiguration, LaunchTemplate, SpotFleet}
	}
	return []string{class}
}

// Unit is one account in one region: the grain of collecting, throttling, resuming and sharding.
type Unit struct {
	Partition string `json:"partition"`
	Account   string `json:"account"`
	Region    string `json:"region"`
}

// Compare orders units by account, then region: the order of every report.
func (u Unit) Compare(v Unit) int {
	return cmp.Or(cmp.Compare(u.Account, v.Account), cmp.Compare(u.Region, v.Region), cmp.Compare(u.Partition, v.Partition))
}

// Fact is one collected aspect of a resource.
type Fact struct {
	Status Status `json:"status"`
	// Value is the fact in the shape in which the AWS CLI prints it; only a known fact has one, except for a
	// linked list that is partly known.
	Value json.RawMessage `json:"value,omitempty"`
	// Derived marks a fact that follows from a documented rule without a call.
	Derived bool `json:"derived,omitempty"`
	// Action is the IAM action that reads the fact, such as "ec2:DescribeImages"; set on every gap.
	Action string `json:"action,omitempty"`
	// Code is AWS's error code, where there was one.
	Code string `json:"code,omitempty"`
	// Gaps are what is missing from a linked fact. A fact of one's own has none: its own status says it.
	Gaps []Gap `json:"gaps,omitempty"`
}

// Gap is one thing that a linked fact lacks.
type Gap struct {
	Fact   string `json:"fact"`
	Status Status `json:"status"`
	Action string `json:"action,omitempty"`
	Code   string `json:"code,omitempty"`
	Unit
}

// Resource is one AMI, snapshot, key, launch template, ... or one unit's settings, with its facts by name.
type Resource struct {
	Kind string `json:"kind"`
	// Partition, Account (the owner's), Region and ID are its identity, together with Kind.
	Unit
	ID    string          `json:"id"`
	ARN   string          `json:"arn"`
	Facts map[string]Fact `json:"facts"`
}

// Compare orders resources by unit, kind and id.
func (r Resource) Compare(s Resource) int {
	return cmp.Or(r.Unit.Compare(s.Unit), cmp.Compare(r.Kind, s.Kind), cmp.Compare(r.ID, s.ID))
}

// Fact returns the named fact. A fact that is not there was never asked for: it is not_collected, never known.
func (r Resource) Fact(name string) Fact {
	if fact, ok := r.Facts[name]; ok && fact.Status.IsValid() {
		return fact
	}
	return Fact{Status: NotCollected}
}

// What narrows a listing on purpose.
const (
	// NarrowedToImages: single images were asked for.
	NarrowedToImages = "images"
	// NarrowedByImport: saved command-line output, which may be filtered.
	NarrowedByImport = "import"
)

// Coverage says of one fact in one unit how far it was collected.
type Coverage struct {
	Unit
	// Fact is the name of the fact and Kind the kind of resource that has it.
	Fact string `json:"fact"`
	Kind string `json:"kind"`
	// Action is the IAM action that the fact needs.
	Action string `json:"action"`
	// Status is the worst status that the fact has in the unit. For a fact that lists a kind, anything but an answer
	// means that resources of that kind may be missing.
	Status Status `json:"status"`
	Code   string `json:"code,omitempty"`
	// Items counts the resources that have the fact as an answer, Missing those that lack it.
	Items   int `json:"items"`
	Missing int `json:"missing,omitempty"`
	// Narrowed says that the listing was answered but not meant to be whole: NarrowedToImages or NarrowedByImport. Nothing
	// is concluded from absence in it.
	Narrowed string `json:"narrowed,omitempty"`
}

// Compare orders coverage by unit, kind and fact.
func (c Coverage) Compare(d Coverage) int {
	return cmp.Or(c.Unit.Compare(d.Unit), cmp.Compare(c.Kind, d.Kind), cmp.Compare(c.Fact, d.Fact))
}

// Part is everything that was collected from one unit.
type Part struct {
	Unit
	// Observed is when collecting the unit began, in UTC: the observation time of all its facts.
	Observed  time.Time
	Resources []Resource
	Coverage  []Coverage
}

// Sort puts resources and coverage into their one order, so that equal states give equal bytes.
func (p *Part) Sort() {
	slices.SortFunc(p.Resources, Resource.Compare)
	slices.SortFunc(p.Coverage, Coverage.Compare)
}

// CoverageOf returns how far a fact of a kind was collected in this part; one that was never asked for is
// not_collected.
func (p Part) CoverageOf(kind, fact string) Coverage {
	for _, c := range p.Coverage {
		if c.Kind == kind && c.Fact == fact {
			return c
		}
	}
	return Coverage{Unit: p.Unit, Kind: kind, Fact: fact, Status: NotCollected}
}

// Manifest says who asked for what; it is written once, at the start.
type Manifest struct {
	SchemaVersion string `json:"schema_version"`
	// Tool is "amiscan VERSION"; for imported output it is "aws-cli".
	Tool string `json:"tool"`
	// Caller is the account whose credentials were used; empty for imported output.
	Caller string `json:"caller,omitempty"`
	// Organization is the id of the organization whose accounts were asked for; Accounts are those asked for by id, and
	// Filters what else chose among them, such as "ou=ou-…" and "skip-account=…". Role is the name of the role that was
	// assumed in them.
	Organization string   `json:"organization,omitempty"`
	Accounts     []string `json:"accounts,omitempty"`
	Filters      []string `json:"filters,omitempty"`
	Role         string   `json:"role,omitempty"`
	// Regions are the regions asked for; EnabledRegions counts those that the account has, 0 where nobody asked.
	Regions []string `json:"regions,omitempty"`
	// AllRegions says that Regions are all that there were: whatever else an account has enabled was asked for, too.
	AllRegions     bool `json:"all_regions,omitempty"`
	EnabledRegions int  `json:"enabled_regions,omitempty"`
	// Images are the single images asked for; empty for whole units.
	Images []string `json:"images,omitempty"`
	// Facts are the facts asked for, as "kind.fact", sorted.
	Facts []string `json:"facts,omitempty"`
	// Started is when the run began, in UTC.
	Started time.Time `json:"started"`
	// Joined are the manifests of several inventories that are judged together; it is written nowhere.
	Joined []Manifest `json:"-"`
}

// OverOrganization reports whether the accounts of an organization were asked for, by one of those that were joined.
func (m Manifest) OverOrganization() bool {
	return m.Organization != "" || slices.ContainsFunc(m.Joined, Manifest.OverOrganization)
}
