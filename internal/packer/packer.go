// Package packer reads the file that Packer's manifest post-processor writes: which builds made which AMIs.
//
// https://developer.hashicorp.com/packer/docs/post-processors/manifest describes it. Packer adds to the file at every run and
// names the last one in it. The file is no more than what somebody hands in: its size is bounded, and whatever is not
// understood is an error that names file and line, because an image that is left out is an image that nobody checks.
package packer

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// Manifest is a manifest file.
type Manifest struct {
	// Name is the file's, fit to be printed.
	Name string
	// LastRun is the UUID of the run that wrote last.
	LastRun string
	builds  []Build
}

// Build is one build that made AMIs.
type Build struct {
	// Name is that of the source, or of the builder in a JSON template. It is the builder's type where that has none.
	Name string
	// Type is the builder's, such as "amazon-ebs".
	Type string
	// Run is the UUID of the run that the build was part of.
	Run string
	// Images has one image a region, as long as Packer wrote it.
	Images []Image
	// Template is "template" of the post-processor's custom_data: the file with the build's source. Packer doesn't fill it in.
	Template string
	// Time is when the build ended; zero where the post-processor was told to leave it out.
	Time time.Time
	// Place is file and line, for messages.
	Place string
}

// Image is an AMI and where it is.
type Image struct {
	Region string
	ID     string
}

// All returns the builds of all runs that made AMIs, in the order in which they ended.
func (m Manifest) All() []Build {
	return m.builds[:len(m.builds):len(m.builds)]
}

// Last returns the builds of the last run. It is an error if the manifest doesn't know the last run, or if that made no
// AMI: the builds of other runs are no answer then.
func (m Manifest) Last() ([]Build, error) {
	if m.LastRun == "" {
		return nil, fmt.Errorf(`%s: which run was the last is not said, "last_run_uuid" is empty: take the builds of all runs, `+
			`or build again`, m.Name)
	}
	var last []Build
	for _, build := range m.builds {
		if build.Run == m.LastRun {
			last = append(last, build)
		}
	}
	if len(last) == 0 {
		return nil, fmt.Errorf("%s: no AMI is of the last run, %.80q: take the builds of all runs, or build again", m.Name, m.LastRun)
	}
	return last, nil
}

// Images returns the images of builds, each once, by region and id. A build is recorded twice where a template has the
// post-processor twice.
func Images(builds []Build) []Image {
	var images []Image
	for _, build := range builds {
		images = append(images, build.Images...)
	}
	slices.SortFunc(images, func(a, b Image) int {
		return cmp.Or(cmp.Compare(a.Region, b.Region), cmp.Compare(a.ID, b.ID))
	})
	return slices.Compact(images)
}
