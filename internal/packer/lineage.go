package packer

import "strconv"

// Lineage is the name under which the runs of a build are bakes of the same thing: "amazon-ebs.web", as a template refers to
// its source. It is empty for a build without a name of its own: all of them would be one.
func (b Build) Lineage() string {
	if b.Name == "" || b.Name == b.Type {
		return ""
	}
	return b.Type + "." + b.Name
}

// Lineages returns the lineages of all images in the manifests, by image id. Templates tend to use the same few names, such
// as "main". A name that different templates use, or that one run uses for two images of one region, tells no lineage and
// is left out: images of one lineage share their alerts, so that those of one would hide the other's.
func Lineages(manifests ...Manifest) map[string]string {
	uses := usesOf(manifests)
	lineages := map[string]string{}
	for _, manifest := range manifests {
		for _, build := range manifest.builds {
			if uses.ambiguous(build.Lineage()) {
				continue
			}
			for _, image := range build.Images {
				lineages[image.ID] = build.Lineage()
			}
		}
	}
	return lineages
}

// uses are what a lineage's name was used for.
type uses struct {
	// origins are the templates of a name, or where those are not known, the manifests.
	origins map[string]set
	twice   set
}

type set map[string]bool

func (u uses) ambiguous(lineage string) bool {
	return lineage == "" || len(u.origins[lineage]) > 1 || u.twice[lineage]
}

func usesOf(manifests []Manifest) uses {
	u := uses{origins: map[string]set{}, twice: set{}}
	for i, manifest := range manifests {
		u.addOrigins(manifest, i)
		u.addClashes(manifest)
	}
	return u
}

// addOrigins takes a build without a template for one of the template that its name has elsewhere in the manifest: manifests
// go on growing when somebody adds the template to custom_data.
func (u uses) addOrigins(manifest Manifest, number int) {
	templates := map[string]set{}
	for _, build := range manifest.builds {
		name := build.Lineage()
		if templates[name] == nil {
			templates[name] = set{}
		}
		if build.Template != "" {
			templates[name]["template "+build.Template] = true
		}
	}
	for name, origins := range templates {
		if len(origins) == 0 {
			origins["manifest "+strconv.Itoa(number)] = true
		}
		if u.origins[name] == nil {
			u.origins[name] = set{}
		}
		for origin := range origins {
			u.origins[name][origin] = true
		}
	}
}

// addClashes finds names that stand for two images of one run and region.
func (u uses) addClashes(manifest Manifest) {
	type slot struct{ name, run, region string }
	made := map[slot]string{}
	for _, build := range manifest.builds {
		for _, image := range build.Images {
			at := slot{name: build.Lineage(), run: build.Run, region: image.Region}
			if first, again := made[at]; again && first != image.ID {
				u.twice[at.name] = true
			}
			made[at] = image.ID
		}
	}
}
