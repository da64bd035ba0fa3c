package awsstub

import "github.com/amiscan/amiscan/internal/inventory"

// historyRosters hold what is asked of one image a call.
func historyRosters() []roster {
	return []roster{
		{action: "ec2:GetImageAncestry", kind: inventory.AMI, fact: "ancestry", isList: true,
			fields: imageAncestryEntryShape, element: "imageAncestryEntrySet", pages: paging{badSize: "InvalidParameterValue"},
			more: []string{"ImageId"}, ofImage: true, otherwise: ancestryOfOne},
		{action: "ec2:GetImageFindings", kind: inventory.AMI, fact: "image_findings", isList: true,
			fields: imageFindingShape, element: "imageFindingSet", pages: pagesOf(1, 1000, 1000),
			more: []string{"ImageId"}, ofImage: true},
	}
}

// ancestryOfOne is the chain of an image of which nothing more is known: it begins with the image itself (EC2 API
// Reference, GetImageAncestry).
func ancestryOfOne(image *record) any {
	entry := map[string]any{"ImageId": image.id}
	for name, from := range map[string]string{
		"CreationDate": "creation-date", "ImageOwnerAlias": "owner-alias", "SourceImageId": "source-image-id",
		"SourceImageRegion": "source-image-region",
	} {
		if value, ok := image.fields[from]; ok {
			entry[name] = value
		}
	}
	return []any{entry}
}

// itemsOf returns the items that a request may ask for: all of the caller's, or those of the one image that it names.
func (s *Stub) itemsOf(t roster, r Request) ([]item, error) {
	there := s.catalog.at(t.action, place{r.Account, r.Region})
	if !t.ofImage {
		return there.all, nil
	}
	id, named := r.Parameters["ImageId"]
	if !named {
		return nil, invalid("MissingParameter", "The request must contain the parameter ImageId")
	}
	if err := checkIDs([]string{id}, "ami-", "InvalidAMIID.Malformed"); err != nil {
		return nil, err
	}
	image := s.catalog.images[r.Region].find(id, r.Account, s.catalog.organizationARNs[r.Account])
	if image == nil {
		return nil, imageNotFound(id)
	}
	if there.byID[id] == nil && t.otherwise != nil {
		return t.readList(inventory.Resource{ID: id}, t.otherwise(image))
	}
	return there.byID[id], nil
}
