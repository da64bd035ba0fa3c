# METADATA
# title: Image Builder recipe asks for a volume in the clear
# description: >-
#   Judges the recipe's own block device mappings: one that says Encrypted is false, in an account and Region that does
#   not encrypt by default. EC2 cannot take encryption away, so a device whose parent image is encrypted stays encrypted
#   all the same. A mapping that says nothing takes over what the parent image has and is not judged here; neither are
#   devices that the recipe leaves out or keeps on instance store. The images themselves are judged by
#   encryption/ami-mapping-unencrypted.
# scope: package
# schemas:
#   - input: schema.image_recipe
# related_resources:
#   - ref: https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_EbsInstanceBlockDeviceSpecification.html
#   - ref: https://docs.aws.amazon.com/ebs/latest/userguide/encryption-by-default.html
# custom:
#   severity: medium
#   resource: image_recipe
#   remediation: |-
#     A recipe can't be changed: make a new version of it with Encrypted true, and let the pipeline use that:
#     aws imagebuilder create-image-recipe --cli-input-json file://recipe.json
#     aws imagebuilder update-image-pipeline --cli-input-json file://pipeline.json
#     Or let the account encrypt every new volume in the Region:
#     aws ec2 enable-ebs-encryption-by-default
#   controls: []
package amiscan.builder.recipe_unencrypted

violation contains {"msg": msg, "subject": mapping.DeviceName, "evidence": {"Encrypted": false}} if {
	some mapping in input.image_recipe.BlockDeviceMappings
	not left_out(mapping)
	mapping.Ebs.Encrypted == false
	input.ebs_encryption_by_default.EbsEncryptionByDefault == false
	msg := sprintf("the recipe asks for device %s in the clear, and the account does not encrypt by default", [mapping.DeviceName])
}

left_out(mapping) if is_string(mapping.NoDevice)
