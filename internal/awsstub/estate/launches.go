package estate

import (
	"fmt"
	"strings"

	"github.com/amiscan/amiscan/internal/inventory"
)

// parameter is the SSM parameter that names an account's current base image.
const parameter = "/images/base"

// addWorkload adds an ordinary account's images and what launches them.
func (b *builder) addWorkload(images int) {
	b.addImages(images, b.addKeys())
	b.addNetwork()
	b.addTypes()
	b.addParameter()
	b.addProfile()
	templates := min(1+images/4, 200)
	for n := range templates {
		b.addTemplate(n, images)
	}
	for n := range b.dice.IntN(6) {
		b.addInstance(n, images)
	}
}

// image is what a launch names: an own image, a golden one or the parameter.
func (b *builder) image(images int) string {
	switch draw := b.dice.IntN(10); {
	case draw < 5:
		return b.imageID(b.dice.IntN(images))
	case draw < 8:
		return b.golden(b.region, b.dice.IntN(lineages), b.dice.IntN(bakesOfLineage))
	}
	return "resolve:ssm:" + parameter
}

// addTemplate adds a launch template with two versions and, for every other one, a group that launches it.
func (b *builder) addTemplate(n, images int) {
	id, name := b.id("lt-", b.account, b.region, n), fmt.Sprintf("%s-%d", b.teamOf(b.account), n)
	version := func(number int) doc {
		return doc{"LaunchTemplateId": id, "LaunchTemplateName": name, "VersionNumber": number, "DefaultVersion": number == 2,
			"CreateTime": "2026-0" + fmt.Sprint(7+number) + "-01T09:00:00Z", "CreatedBy": b.roleARN("deploy"),
			"LaunchTemplateData": doc{"ImageId": b.image(images), "InstanceType": pick(b.dice, instanceTypes()...),
				"MetadataOptions":  doc{"HttpTokens": pick(b.dice, "required", "required", "optional")},
				"SecurityGroupIds": []string{b.id("sg-", b.account, b.region, 0)}, "IamInstanceProfile": doc{"Name": profile}}}
	}
	b.add(inventory.LaunchTemplate, id, facts{"template_versions": []doc{version(1), version(2)}})
	if n%2 == 0 {
		b.addGroup(name, id)
	}
}

func (b *builder) addGroup(name, template string) {
	b.add(inventory.AutoScalingGroup, name, facts{"group": doc{
		"AutoScalingGroupName": name, "MinSize": 1, "MaxSize": 6, "DesiredCapacity": 2, "DefaultCooldown": 300,
		"AutoScalingGroupARN": "arn:aws:autoscaling:" + b.part.Region + ":" + b.part.Account + ":autoScalingGroup:" +
			b.uuid("group "+name, b.account, b.region) + ":autoScalingGroupName/" + name,
		"LaunchTemplate":    doc{"LaunchTemplateId": template, "Version": pick(b.dice, "$Default", "$Latest", "1")},
		"AvailabilityZones": []string{b.part.Region + "a", b.part.Region + "b"}, "HealthCheckType": "EC2",
		"HealthCheckGracePeriod": 0, "CreatedTime": "2026-01-10T09:00:00Z", "NewInstancesProtectedFromScaleIn": false,
		"VPCZoneIdentifier": strings.Join([]string{b.subnet(0), b.subnet(1)}, ","), "TerminationPolicies": []string{"Default"},
		"ServiceLinkedRoleARN": b.roleARN("aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling"),
	}})
}

func (b *builder) roleARN(name string) string {
	return "arn:aws:iam::" + b.part.Account + ":role/" + name
}

// addInstance adds an instance, of which EC2 tells the image that it was launched from.
func (b *builder) addInstance(n, images int) {
	id := b.id("i-", b.account, b.region, n)
	number := b.dice.IntN(images)
	b.add(inventory.Instance, id, facts{"instance_image": doc{"InstanceId": id, "InstanceType": instanceTypes()[0],
		"LaunchTime": "2026-11-10T09:00:00Z", "AvailabilityZone": b.part.Region + "a", "OwnerId": b.part.Account,
		"State":         doc{"Code": 16, "Name": "running"},
		"ImageMetadata": doc{"ImageId": b.imageID(number), "OwnerId": b.part.Account, "State": "available", "IsPublic": false}}})
}

// addParameter adds the parameter, with a golden image in it.
func (b *builder) addParameter() {
	arn := "arn:aws:ssm:" + b.part.Region + ":" + b.part.Account + ":parameter" + parameter
	b.add(inventory.SSMParameter, parameter, facts{
		"parameter_metadata": doc{"Name": parameter, "ARN": arn, "Type": "String", "DataType": "aws:ec2:image", "Tier": "Standard",
			"Version": 3, "LastModifiedDate": "2026-11-02T09:00:00Z"},
		"image_parameter": doc{"Name": parameter, "ARN": arn, "Type": "String", "DataType": "aws:ec2:image", "Version": 3,
			"LastModifiedDate": "2026-11-02T09:00:00Z", "Value": b.golden(b.region, 0, 0)}})
}
