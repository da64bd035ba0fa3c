# METADATA
# title: EBS snapshot is public
# description: >-
#   Judges whether the snapshot's create-volume permission names the group all, so that every AWS account can make a
#   volume of it and read it. EC2 refuses this for encrypted snapshots. Block public access for snapshots leaves such a
#   permission in place: block-new-sharing does not touch it, block-all-sharing only hides it and it counts again once
#   the setting is relaxed. So the setting is not looked at here. Shares with single accounts are not judged here.
# scope: package
# schemas:
#   - input: schema.snapshot
# related_resources:
#   - ref: https://docs.aws.amazon.com/ebs/latest/userguide/ebs-modifying-snapshot-permissions.html
#   - ref: https://docs.aws.amazon.com/ebs/latest/userguide/block-public-access-snapshots.html
# custom:
#   severity: critical
#   resource: snapshot
#   remediation: |-
#     Withdraw the permission:
#     aws ec2 modify-snapshot-attribute --snapshot-id SNAPSHOT_ID --create-volume-permission "Remove=[{Group=all}]"
#     Then refuse public sharing in the Region:
#     aws ec2 enable-snapshot-block-public-access --state block-all-sharing
#     Treat what the snapshot holds as known to others.
#   controls:
#     - FSBP/EC2.1
#     - Config/ebs-snapshot-public-restorable-check
#     - CIS-Compute-1.0.0/2.2.2
#     - NIST-800-53-r5/AC-3
#     - NIST-800-53-r5/AC-3(7)
#     - NIST-800-53-r5/AC-4
#     - NIST-800-53-r5/AC-4(21)
#     - NIST-800-53-r5/AC-6
#     - NIST-800-53-r5/AC-21
#     - NIST-800-53-r5/SC-7
#     - NIST-800-53-r5/SC-7(3)
#     - NIST-800-53-r5/SC-7(4)
#     - NIST-800-53-r5/SC-7(9)
#     - NIST-800-53-r5/SC-7(11)
#     - NIST-800-53-r5/SC-7(16)
#     - NIST-800-53-r5/SC-7(20)
#     - NIST-800-53-r5/SC-7(21)
#     - PCI-DSS-4.0/3.5.1.3
#     - PCI-DSS-4.0/10.3.2
#     - PCI-DSS-4.0/A1.1.2
#     - PCI-DSS-4.0/A3.4.1
package amiscan.sharing.snapshot_public

violation contains {"msg": msg, "evidence": {"Group": "all"}} if {
	input.snapshot_public == true
	msg := "every AWS account may make a volume of this snapshot and read it"
}
