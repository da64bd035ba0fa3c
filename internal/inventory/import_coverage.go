package inventory

// importable is one fact that saved output can carry.
type importable struct{ kind, fact, action string }

// importables are all of them; a kind that is present gets a coverage record for each of its facts.
func importables() []importable {
	return []importable{
		{AMI, "image", "ec2:DescribeImages"},
		{AMI, "launch_permissions", "ec2:DescribeImageAttribute"},
		{ForeignImage, "image", "ec2:DescribeImages"},
		{Snapshot, "snapshot", "ec2:DescribeSnapshots"},
		{Snapshot, "snapshot_permissions", "ec2:DescribeSnapshotAttribute"},
		{Snapshot, "snapshot_public", "ec2:DescribeSnapshotAttribute"},
		{ForeignSnapshot, "snapshot", "ec2:DescribeSnapshots"},
		{KMSKey, "key", "kms:DescribeKey"},
		{LaunchTemplate, "template_versions", "ec2:DescribeLaunchTemplateVersions"},
		{SSMParameter, "parameter", "ssm:GetParameters"},
		{AutoScalingGroup, "group", "autoscaling:DescribeAutoScalingGroups"},
		{LaunchConfiguration, "launch_configuration", "autoscaling:DescribeLaunchConfigurations"},
		{EC2Fleet, "fleet", "ec2:DescribeFleets"},
		{SpotFleet, "spot_fleet", "ec2:DescribeSpotFleetRequests"},
		{InstanceType, "instance_type", "ec2:DescribeInstanceTypes"},
		{Instance, "instance_image", "ec2:DescribeInstanceImageMetadata"},
	}
}

// importCoverage says how far each fact of the kinds in a part is there. All of it is narrowed: saved output may be
// filtered, so nothing is concluded from absence.
func importCoverage(part *Part, empty map[FactRef]bool) []Coverage {
	var records []Coverage
	for _, i := range importables() {
		record := Coverage{
			Unit: part.Unit, Kind: i.kind, Fact: i.fact, Action: i.action, Status: Known, Narrowed: NarrowedByImport,
		}
		for _, resource := range part.Resources {
			if resource.Kind == i.kind {
				record.count(resource.Fact(i.fact))
			}
		}
		if record.Items+record.Missing > 0 || empty[FactRef{Kind: i.kind, Name: i.fact}] {
			records = append(records, record)
		}
	}
	return records
}

func (c *Coverage) count(fact Fact) {
	c.Status = Worst(c.Status, fact.Status)
	if fact.Status.IsAnswer() {
		c.Items++
	} else {
		c.Missing++
	}
}
