package link

import (
	"encoding/json"

	"github.com/amiscan/amiscan/internal/inventory"
)

var (
	instanceFact       = ref(inventory.Instance, "instance_image")
	imageParameterFact = ref(inventory.SSMParameter, "image_parameter")
	metadataFact       = ref(inventory.SSMParameter, "parameter_metadata")
)

// imageInstances joins the instances that were launched from an image.
func imageInstances() linked {
	return ofImages("instances", "The instances of this account and region that were launched from the image.",
		instanceFact, nil, func(ix *index) **byImage { return &ix.instances }, (*index).indexInstances)
}

// ofImages joins what belongs to an image, from an index that is made when the first image asks for it.
func ofImages(
	name, meaning string, item inventory.FactRef, besides []inventory.FactRef,
	kept func(*index) **byImage, made func(*index) *byImage,
) linked {
	return linked{
		FactType: inventory.FactType{
			FactRef: ref(inventory.AMI, name), Linked: true, Scope: inventory.UnitScope, From: append(besides, item), Meaning: meaning,
		},
		schema: listOf(item),
		build: func(ix *index, r inventory.Resource) inventory.Fact {
			all := kept(ix)
			if *all == nil {
				*all = made(ix)
			}
			return (*all).of(r)
		},
	}
}

// indexInstances walks the instances once.
func (ix *index) indexInstances() *byImage {
	all := &byImage{list: list{unit: ix.part.Unit}, to: map[string][]json.RawMessage{}}
	all.need(instanceFact.Name, ix.absence(instanceFact))
	for _, fact := range ix.over(inventory.Instance, instanceFact.Name) {
		var view struct {
			ImageMetadata struct {
				ImageID string `json:"ImageId"`
			}
		}
		fact = ix.read(instanceFact, fact, &view)
		all.need(instanceFact.Name, fact)
		all.add(view.ImageMetadata.ImageID, fact)
	}
	return all
}

// imageParameters joins the account's own parameters of the data type aws:ec2:image that hold an image.
func imageParameters() linked {
	return ofImages("image_parameters", "The account's own SSM parameters of the data type aws:ec2:image that hold the image.",
		imageParameterFact, []inventory.FactRef{metadataFact}, func(ix *index) **byImage { return &ix.parameters },
		(*index).indexParameters)
}

// indexParameters walks the parameters once.
func (ix *index) indexParameters() *byImage {
	all := &byImage{list: list{unit: ix.part.Unit}, to: map[string][]json.RawMessage{}}
	all.need(metadataFact.Name, ix.absence(metadataFact))
	for _, fact := range ix.overParameters() {
		all.need(imageParameterFact.Name, ix.withAction(imageParameterFact, fact))
		all.add(parameterValue(fact), fact)
	}
	return all
}

// overParameters returns the values of the parameters that hold an image by their data type; a value that nobody read is
// no answer.
func (ix *index) overParameters() []inventory.Fact {
	var facts []inventory.Fact
	for _, r := range ix.part.Resources {
		_, read := r.Facts[imageParameterFact.Name]
		if r.Kind == inventory.SSMParameter && (read || r.Fact(metadataFact.Name).Status == inventory.Known) {
			facts = append(facts, r.Fact(imageParameterFact.Name))
		}
	}
	return facts
}

// byImage holds what belongs to images, by their ids, and what is missing to know all of it.
type byImage struct {
	list
	to map[string][]json.RawMessage
}

func (b *byImage) add(image string, fact inventory.Fact) {
	if fact.Status == inventory.Known && image != "" {
		b.to[image] = append(b.to[image], fact.Value)
	}
}

// of is the part that belongs to one image. The gaps are those of the unit that was read.
func (b *byImage) of(r inventory.Resource) inventory.Fact {
	l := &list{unit: b.unit, values: b.to[r.ID], gaps: b.gaps}
	return l.fact()
}

// parameterImages joins the image that a parameter holds.
func parameterImages() linked {
	return linked{
		FactType: inventory.FactType{
			FactRef: ref(inventory.SSMParameter, "images"), Linked: true, Scope: inventory.UnitScope,
			From:    []inventory.FactRef{imageParameterFact, imageFact, foreignFact},
			Meaning: "The image that the parameter holds, as far as the account can see it; an empty list where it does not resolve.",
		},
		schema: listOf(imageFact),
		build: func(ix *index, r inventory.Resource) inventory.Fact {
			l := &list{unit: r.Unit}
			fact := r.Fact(imageParameterFact.Name)
			l.need(imageParameterFact.Name, ix.withAction(imageParameterFact, fact))
			if id := parameterValue(fact); id != "" {
				if image := ix.imageNamed(id); image.Status != inventory.NotVisible {
					l.add("image", image)
				}
			}
			return l.fact()
		},
	}
}

// over returns a fact of every resource of a kind that has it, in the order of their ids.
func (ix *index) over(kind, name string) []inventory.Fact {
	var facts []inventory.Fact
	for _, r := range ix.part.Resources {
		if fact, ok := r.Facts[name]; ok && r.Kind == kind {
			facts = append(facts, fact)
		}
	}
	return facts
}

var audiencesFact = ref(inventory.KMSKey, "image_audiences")

// keyAudiences joins to whom the images under a key are open: what the key may rightly be open to as well.
func keyAudiences() linked {
	permissions := ref(inventory.AMI, "launch_permissions")
	return linked{
		FactType: inventory.FactType{
			FactRef: audiencesFact, Linked: true, Scope: inventory.UnitScope,
			From:    []inventory.FactRef{keyFact, snapshotFact, imageFact, permissions},
			Meaning: "The images with snapshots under the key, and to whom each is open.",
		},
		schema: audienceSchema,
		build: func(ix *index, r inventory.Resource) inventory.Fact {
			l := &list{unit: r.Unit}
			l.need(imageFact.Name, ix.absence(imageFact))
			l.need(snapshotFact.Name, ix.absence(snapshotFact))
			for _, image := range ix.imagesUnder(r.ID, l) {
				l.add(permissions.Name, ix.audienceOf(image))
			}
			return l.fact()
		},
	}
}

// imagesUnder are the own images that map a snapshot under the key, in the order of their ids.
func (ix *index) imagesUnder(arn string, l *list) []string {
	if ix.underKey == nil {
		ix.underKey = ix.indexKeys()
	}
	l.gaps = append(l.gaps, ix.underKey.gaps...)
	return ix.underKey.images[arn]
}
