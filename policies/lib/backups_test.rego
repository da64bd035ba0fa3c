package amiscan.lib.backups_test

import data.amiscan.lib.backups
import data.amiscan.testing.fixtures

test_made_by_alias if backups.made(object.union(fixtures.image, {"ImageOwnerAlias": "aws-backup-vault"}))

test_made_by_name if {
	backups.made(object.union(fixtures.image, {"Name": "AwsBackup_i-00112233445566778_4f3c"}))
}

test_made_by_backup_tag if backups.made(object.union(fixtures.image, {"Tags": [
	{"Key": "Name", "Value": "web"},
	{"Key": "aws:backup:source-resource", "Value": "instance/i-00112233445566778"},
]}))

test_made_by_dlm_tag if backups.made(object.union(fixtures.image, {"Tags": [{
	"Key": "aws:dlm:lifecycle-policy-id",
	"Value": "policy-0123456789abcdef0",
}]}))

test_not_made_otherwise if not backups.made(fixtures.image)

test_not_made_without_tags_and_name if not backups.made(object.remove(fixtures.image, ["Tags", "Name"]))

test_not_made_by_marketplace_alias if {
	not backups.made(object.union(fixtures.image, {"ImageOwnerAlias": "aws-marketplace"}))
}

test_not_made_by_tags_that_anybody_can_set if not backups.made(object.union(fixtures.image, {"Tags": [
	{"Key": "backup:source-resource", "Value": "x"},
	{"Key": "note", "Value": "aws:dlm:lifecycle-policy-id"},
	{"Key": "x-aws:backup:source-resource", "Value": "x"},
]}))

test_not_made_by_a_name_that_only_contains_it if {
	not backups.made(object.union(fixtures.image, {"Name": "web_AwsBackup_i-00112233445566778"}))
}
