package collect

import (
	"cmp"
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
		FactType: ofImage("text_secrets", "ec2:DescribeImages",
			"The secrets found in the image's name, description and tags: their kind and the field, never themselves."),
		value: reflect.TypeFor[[]secret](),
	}
	c.collect = func(ctx context.Context, u *unit) error {
		for _, id := range u.ids(inventory.AMI) {
			u.put(c.FactRef, id, u.secretsOfImage(ctx, c.FactType, id))
			if err := cancelled(ctx); err != nil {
				return err
			}
		}
		u.cover(c, nil)
		return cancelled(ctx)
	}
	return c
}

func (u *unit) secretsOfImage(ctx context.Context, c inventory.FactType, id string) inventory.Fact {
	source := u.fact(c.From[0], id)
	var image types.Image
	if !u.value(c.From[0], id, &image) {
		return inventory.Fact{Status: source.Status, Action: c.Action, Code: source.Code}
	}
	found, err := secretsIn(ctx, []part{
		{name: "Name", text: aws.ToString(image.Name)}, {name: "Description", text: aws.ToString(image.Description)},
	})
	for _, tag := range image.Tags {
		inTag, failed := secretsInTag(ctx, aws.ToString(tag.Key), aws.ToString(tag.Value))
		found, err = append(found, inTag...), cmp.Or(err, failed)
	}
	if err != nil {
		return gap(c, err)
	}
	return known(c, ordered(found))
}

// secretsInTag searches a tag as one text, since its key often says what its value is. The place is "Tags" and the key,
// which is not repeated where the secret stands in the key itself.
func secretsInTag(ctx context.Context, key, value string) ([]secret, error) {
	found, err := secretsIn(ctx, []part{{name: "Tags", text: key + " = " + value}})
	if err != nil || len(found) == 0 {
		return nil, err
	}
	inKey, err := secretsIn(ctx, []part{{text: key}})
	for i := range found {
		if len(inKey) == 0 {
			found[i].Part = "Tags." + key
		}
	}
	return found, err
}
