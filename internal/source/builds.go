package source

import (
	"fmt"
	"regexp"

	"github.com/amiscan/amiscan/internal/finding"
	"github.com/amiscan/amiscan/internal/packer"
)

// fromBuilds returns the sources of the images that Packer made, by image id. A build without a template has none.
func (f *Finder) fromBuilds(builds []packer.Build, files files) map[string]*finding.Source {
	sources := map[string]*finding.Source{}
	known := map[[3]string]*finding.Source{}
	for _, build := range builds {
		if build.Template == "" {
			continue
		}
		key := [3]string{build.Template, build.Type, build.Name}
		source, found := known[key]
		if !found {
			source = f.fromTemplate(build, files)
			known[key] = source
		}
		for _, image := range build.Images {
			if sources[image.ID] == nil && source != nil {
				sources[image.ID] = source
			}
		}
	}
	return sources
}

// fromTemplate finds the source block of a build. JSON templates have none: their first line stands for all of it.
func (f *Finder) fromTemplate(build packer.Build, files files) *finding.Source {
	name, text, err := files.read(build.Template)
	if err != nil {
		f.refused[fmt.Sprintf("%s: template %.200q %s: it is ignored", build.Place, build.Template, err)] = true
		return nil
	}
	return &finding.Source{Path: name, Line: blockLine(text, build)}
}

// sourceBlock is `source "amazon-ebs" "web" {`, with nothing but blanks before it. HCL needs no quotes around plain words.
// https://developer.hashicorp.com/packer/docs/templates/hcl_templates/blocks/source
var sourceBlock = regexp.MustCompile(`(?m)^[ \t]*source[ \t]+"?([^"\s{]+)"?[ \t]+"?([^"\s{]+)"?[ \t]*\{`)

// blockLine returns the line of a build's source block, or 1.
func blockLine(text []byte, build packer.Build) int {
	for _, at := range sourceBlock.FindAllSubmatchIndex(text, -1) {
		if string(text[at[2]:at[3]]) == build.Type && string(text[at[4]:at[5]]) == build.Name {
			return lineAt(text[:at[2]])
		}
	}
	return 1
}
