# METADATA
# title: Images that a backup service made
# description: >-
#   AWS Backup and Amazon Data Lifecycle Manager (DLM) make, keep and remove their images by their own plans; rules for
#   golden images do not fit them. Tag keys that begin with aws: are reserved, so nobody else can set these.
# scope: package
package amiscan.lib.backups

# made holds for an image that AWS Backup or DLM made and will remove. The name counts too: it outlives a copy, tags
# don't.
made(image) if image.ImageOwnerAlias == "aws-backup-vault"

made(image) if startswith(image.Name, "AwsBackup_")

made(image) if {
	some tag in image.Tags
	some prefix in ["aws:backup:", "aws:dlm:"]
	startswith(tag.Key, prefix)
}
