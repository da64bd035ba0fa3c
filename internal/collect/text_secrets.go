package collect

import (
	"context"
	"reflect"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/amiscan/amiscan/internal/inventory"
)

// textSecrets collects the secrets in what everybody reads who sees an image: its name, its description and its tags. It
// needs no call of its own.
func textSecrets() collector {
	c := collector{
		FactType: inventory.FactType{
			FactRef: ref(inventory.AMI, "text_secrets"), Scope: inventory.ResourceScope,
			From: []inventory.FactRef{ref(inventory.AMI, "image")}, Action: "ec2:DescribeImages",
			Meaning: "The secrets found in the image's name, description and tags: their kind and the field, never themselves.",
		},
		value: reflect.TypeFor[[]secret](),
	}
	c.collect = func(ctx context.Context, u *unit) error {
		for _, id := range u.ids(inventory.AMI) {
			u.put(c.FactRef, id, u.secretsOfImage(c.FactType, id))
			if err := cancelled(ctx); err != nil {
				return err
			}
		}
		u.cover(c, nil)
		return cancelled(ctx)
	}
	return c
}

func (u *unit) secretsOfImage(c inventory.FactType, id string) inventory.Fact {
	source := u.fact(c.From[0], id)
	var image types.Image
	if !u.value(c.From[0], id, &image) {
		return inventory.Fact{Status: source.Status, Action: c.Action, Code: source.Code}
	}
	found, err := secretsIn(textsOf(image))
	if err != nil {
		return gap(c, err)
	}
	return known(c, found)
}

// textsOf are the texts of an image by field. A tag is one text, since the key often says what the value is. Whoever puts a
// secret into a tag's key finds it under "Tags", for the key is not repeated.
func textsOf(image types.Image) []part {
	parts := []part{
		{name: "Name", text: aws.ToString(image.Name)}, {name: "Description", text: aws.ToString(image.Description)},
	}
	for _, tag := range image.Tags {
		parts = append(parts, part{name: "Tags", text: aws.ToString(tag.Key) + " = " + aws.ToString(tag.Value)})
	}
	return parts
}
