package packer

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

var (
	imageID = regexp.MustCompile(`^ami-[0-9a-f]{8,17}$`)
	region  = regexp.MustCompile(`^[a-z]+(-[a-z]+)+-[0-9]+$`)
	// imageInside finds an AMI in text of another form.
	imageInside = regexp.MustCompile(`(^|[^0-9A-Za-z-])ami-[0-9a-f]{8}`)
)

// makesImages tells builders that always make AMIs. Others may, too: amazon-import turns what any builder made into one.
func makesImages(builder string) bool {
	return slices.Contains([]string{"amazon-ebs", "amazon-ebssurrogate", "amazon-chroot", "amazon-instance"}, builder)
}

// images reads the id of an artifact: "eu-west-1:ami-0123456789abcdef0,us-east-1:ami-…" for AMIs. Other artifacts have ids
// of their own kind and no images: the digest of a container image, "eu-west-1:vol-…", nothing at all.
//
// A builder of AMIs whose artifact is none made an AMI all the same; its post-processors have put another artifact in the
// place of it, such as a Vagrant box. That is an error, and so is a list of which only a part is understood.
func images(builder, artifact string) ([]Image, error) {
	if !makesImages(builder) && !imageInside.MatchString(artifact) {
		return nil, nil
	}
	var images []Image
	for part := range strings.SplitSeq(artifact, ",") {
		where, id, _ := strings.Cut(strings.TrimSpace(part), ":")
		if !region.MatchString(where) || !imageID.MatchString(id) {
			return nil, fmt.Errorf("artifact_id %.80q of %.40q is not of the form region:ami-id: "+
				"record the AMI before other post-processors replace it", part, builder)
		}
		images = append(images, Image{Region: where, ID: id})
	}
	return images, nil
}

// sightings are the builds by the ids of their images.
type sightings map[string]sighting

type sighting struct {
	region string
	build  Build
}

// add refuses an image that two builds claim, or that is in two regions: neither is Packer's work, and it would be left to
// chance under which name and where the image is looked at.
func (s sightings) add(build Build) error {
	for _, image := range build.Images {
		first, again := s[image.ID]
		if !again {
			s[image.ID] = sighting{region: image.Region, build: build}
			continue
		}
		if first.region != image.Region {
			return fmt.Errorf("%s: %s is in %s, and in %s at %s", build.Place, image.ID, image.Region, first.region, first.build.Place)
		}
		if first.build.Name != build.Name || first.build.Type != build.Type {
			return fmt.Errorf("%s: %s is of build %.80q, and of build %.80q at %s", build.Place, image.ID, build.Name,
				first.build.Name, first.build.Place)
		}
	}
	return nil
}
