package awsstub

import (
	"slices"

	"github.com/amiscan/amiscan/internal/inventory"
)

// imageIDs is the list of images that the listings below take. What is named but not listed is no error.
func imageIDs(field string, most int) naming {
	return naming{parameter: "ImageId", field: field, prefix: "ami-", malformed: "InvalidAMIID.Malformed", most: most}
}

// imageRosters are the listings of how images are used.
func imageRosters() []roster {
	return []roster{
		{action: "ec2:DescribeImageReferences", kind: inventory.AMI, fact: "image_references", isList: true,
			idField: "ImageId", fields: imageReferenceShape, element: "imageReferenceSet", pages: pagesOf(5, 1000, 1000),
			names: []naming{imageIDs("ImageId", 10)},
			more: []string{"IncludeAllResourceTypes", "ResourceType.#.ResourceType",
				"ResourceType.#.ResourceTypeOption.#.OptionName", "ResourceType.#.ResourceTypeOption.#.OptionValue.#"},
			check: checkReferences, shows: isReferenceAsked},
		{action: "ec2:DescribeImageUsageReports", kind: inventory.AMI, fact: "usage_reports", isList: true,
			idField: "ImageId", fields: usageReportShape, element: "imageUsageReportSet", pages: pagesOf(1, 1000, 1000),
			names:   []naming{imageIDs("ImageId", 200), {parameter: "ReportId", field: "ReportId", most: 200}},
			filters: map[string]string{"state": "State", "creation-time": "CreationTime"}},
		{action: "ec2:DescribeImageUsageReportEntries", kind: inventory.AMI, fact: "usage_report_entries", isList: true,
			idField: "ImageId", fields: usageReportEntryShape, element: "imageUsageReportEntrySet",
			pages: pagesOf(1, 1000, 1000),
			names: []naming{imageIDs("ImageId", 200), {parameter: "ReportId", field: "ReportId", most: 200}},
			filters: map[string]string{"account-id": "AccountId", "resource-type": "ResourceType",
				"creation-time": "ReportCreationTime"}},
	}
}

// imageUseRosters are the listings of what was made of images.
func imageUseRosters() []roster {
	storeIDs := imageIDs("AmiId", 20)
	storeIDs.alone = true
	return []roster{
		{action: "ec2:DescribeStoreImageTasks", kind: inventory.AMI, fact: "store_tasks", isList: true,
			idField: "AmiId", fields: storeTaskShape, element: "storeImageTaskResultSet", pages: pagesOf(1, 200, 200),
			names: []naming{storeIDs}, filters: map[string]string{"task-state": "StoreTaskState", "bucket": "Bucket"}},
		{action: "ec2:DescribeExportImageTasks", kind: inventory.AMI, fact: "export_tasks", isList: true,
			idField: "ImageId", fields: exportTaskShape, element: "exportImageTaskSet", pages: pagesOf(1, 500, 500),
			names: []naming{{parameter: "ExportImageTaskId", field: "ExportImageTaskId", prefix: "export-ami-",
				malformed: "InvalidExportTaskID.Malformed", missing: "InvalidExportTaskID.NotFound"}},
			filters: map[string]string{"task-state": "Status"}},
		{action: "ec2:DescribeFastLaunchImages", kind: inventory.AMI, fact: "fast_launch",
			idField: "ImageId", fields: fastLaunchShape, element: "fastLaunchImageSet", pages: pagesOf(1, 200, 200),
			names:   []naming{imageIDs("ImageId", 0)},
			filters: map[string]string{"resource-type": "ResourceType", "owner-id": "OwnerId", "state": "State"}},
	}
}

// checkReferences refuses a request that names no images, or no resources to look for references in (EC2 API Reference,
// DescribeImageReferences).
func checkReferences(r Request) error {
	switch {
	case len(r.list("ImageId")) == 0:
		return invalid("MissingParameter", "The request must contain the parameter ImageId")
	case !r.isTrue("IncludeAllResourceTypes") && len(resourceTypes(r)) == 0:
		return invalid("MissingParameter", "Either IncludeAllResourceTypes or ResourceTypes must be specified")
	}
	return nil
}

// isReferenceAsked reports whether a reference is of a type that is asked for.
func isReferenceAsked(r Request, i item) bool {
	return r.isTrue("IncludeAllResourceTypes") || slices.Contains(resourceTypes(r), i.fields["ResourceType"])
}

func resourceTypes(r Request) (types []string) {
	for name, value := range r.Parameters {
		if withoutPositions(name) == "ResourceType.#.ResourceType" {
			types = append(types, value)
		}
	}
	return types
}
