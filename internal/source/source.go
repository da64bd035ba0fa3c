// Package source finds the place in a checkout where a resource is made, so that a finding can stand on the line that has to
// be changed: a line of a Packer template, as a rule.
//
// It looks in this order: a rule of the configuration, a tag of the resource, a Packer manifest. Tags and manifests are
// strangers' text: what they name has to be a regular file of the checkout, and only its lines are counted.
package source

import (
	"fmt"
	"slices"
	"sync"

	"github.com/amiscan/amiscan/internal/finding"
	"github.com/amiscan/amiscan/internal/glob"
	"github.com/amiscan/amiscan/internal/packer"
)

// DefaultTag is the tag that names a resource's source, as a path in the checkout: "packer/web.pkr.hcl#L12".
const DefaultTag = "amiscan:source"

// Rule says which file makes the resources that it matches.
type Rule struct {
	// Name is a glob over the names of a resource; empty matches all.
	Name string
	// Tags have to be on the resource, all of them, with these values.
	Tags map[string]string
	// File is relative to the checkout.
	File string
	// Anchor is text in the line that is meant; empty means the first line.
	Anchor string
	// Place is file and line of the rule, for messages.
	Place string
}

// Options are where else to look. The zero value has the default tag alone.
type Options struct {
	// Tag takes the place of DefaultTag; empty leaves that.
	Tag string
	// Builds are those of Packer manifests.
	Builds []packer.Build
	// ConfigFile is the configuration as named by the user.
	ConfigFile string
}

// Finder finds sources. Several goroutines may use it at once.
type Finder struct {
	checkout checkout
	rules    []placedRule
	tag      string
	images   map[string]*finding.Source
	last     *finding.Source

	mutex sync.Mutex
	// tagged are the files that tags name, by path.
	tagged map[string]taggedFile
	// warnings are on rules, refused on what strangers wrote.
	warnings map[string]bool
	refused  map[string]bool
}

// placedRule is a rule and what it points at.
type placedRule struct {
	Rule
	source *finding.Source
}

// New returns the finder for a checkout, a directory. A rule whose file is missing, outside the checkout or behind a link is an
// error; a text that isn't found in it is a warning, because editing a template must not break the build.
func New(root string, rules []Rule, options Options) (*Finder, error) {
	f := &Finder{
		checkout: checkout{root: root}, tag: options.Tag,
		tagged: map[string]taggedFile{}, warnings: map[string]bool{}, refused: map[string]bool{},
	}
	if f.tag == "" {
		f.tag = DefaultTag
	}
	if err := f.checkout.check(); err != nil {
		return nil, err
	}
	files := files{checkout: f.checkout, known: map[string]contents{}}
	for _, rule := range rules {
		if err := f.addRule(rule, files); err != nil {
			return nil, err
		}
	}
	f.images = f.fromBuilds(options.Builds, files)
	f.last = f.checkout.configuration(options.ConfigFile)
	return f, nil
}

func (f *Finder) addRule(rule Rule, files files) error {
	path, text, err := files.read(rule.File)
	if err != nil {
		return fmt.Errorf("%s: source file %.200q %w", rule.Place, rule.File, err)
	}
	line, found := lineOf(text, rule.Anchor)
	if !found {
		warning := fmt.Sprintf("%s: the anchor %.80q was not found in %.200q: line 1 stands for it", rule.Place, rule.Anchor, path)
		f.warnings[warning] = true
	}
	f.rules = append(f.rules, placedRule{Rule: rule, source: &finding.Source{Path: path, Line: line}})
	return nil
}

// Find returns the source of a resource, or of the image that it is a part of; nil if none is known.
func (f *Finder) Find(r finding.Resource) *finding.Source {
	for _, rule := range f.rules {
		if rule.matches(r.Labels) {
			return own(rule.source)
		}
	}
	if source := f.fromTag(r.Labels.Tags[f.tag]); source != nil {
		return own(source)
	}
	return own(f.images[r.Labels.Image])
}

// Configuration is the first line of the configuration file, which stands for what has no source; nil if that is not in the
// checkout.
func (f *Finder) Configuration() *finding.Source { return own(f.last) }

// own returns a copy, so that no caller changes what others are given.
func own(source *finding.Source) *finding.Source {
	if source == nil {
		return nil
	}
	copied := *source
	return &copied
}

func (r Rule) matches(labels finding.Labels) bool {
	for key, value := range r.Tags {
		if got, found := labels.Tags[key]; !found || got != value {
			return false
		}
	}
	// "*" is for everything, what has no name included.
	everything := glob.Match(r.Name, "")
	return everything || slices.ContainsFunc(labels.Names, func(name string) bool { return glob.Match(r.Name, name) })
}
