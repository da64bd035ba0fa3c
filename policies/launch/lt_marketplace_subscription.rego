# METADATA
# title: Launch of a Marketplace AMI that the account may not be subscribed to
# description: >-
#   EC2 refuses an image with a product code of AWS Marketplace to an account that has not subscribed to the product, and no
#   API of EC2 shows the subscription. So each launch of such an available image is undecided, unless the param lists the
#   products that were subscribed to: then those pass and others fail. Copies carry the product code too.
# scope: package
# schemas:
#   - input: schema.launcher
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RunInstances.html
#   - ref: https://docs.aws.amazon.com/marketplace/latest/buyerguide/buyer-server-products.html
# custom:
#   severity: medium
#   resource: launcher
#   remediation: |-
#     Try it without launching anything; OptInRequired is the answer where the account is not subscribed:
#     aws ec2 run-instances --dry-run --image-id IMAGE_ID --instance-type INSTANCE_TYPE
#     Then subscribe to the product in AWS Marketplace, in every account that launches it, and list it in amiscan.yaml.
#   controls: []
#   params:
#     - name: marketplace_products
#       type: list
#       default: []
#       meaning: product codes of AWS Marketplace that the accounts have subscribed to; empty where that is not known
package amiscan.launch.lt_marketplace_subscription

import data.amiscan.lib.boot

violation contains boot.at(code, boot.finding(boot.common(launch), problem, {"ImageId": image.ImageId, "ProductCodeId": code})) if {
	some launch in input.launches
	some image in input.images
	boot.uses(launch, image)
	some code in products(image)
	not open(code)
	not code in data.params.marketplace_products
	problem := sprintf("image %s is the Marketplace product %s, which nobody is known to have subscribed to", [image.ImageId, code])
}

undecided contains boot.doubt(boot.common(launch), question) if {
	some launch in input.launches
	some image in input.images
	boot.uses(launch, image)
	some code in products(image)
	open(code)
	question := sprintf(
		"image %s is the Marketplace product %s: the launch fails where this account is not subscribed",
		[image.ImageId, code],
	)
}

products(image) := {object.get(code, "ProductCodeId", "without a code") |
	some code in image.ProductCodes
	object.get(code, "ProductCodeType", "marketplace") == "marketplace"
}

open("without a code")

open(_) if count(data.params.marketplace_products) == 0
