package collect

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
)

// ebsEncryptionByDefault collects what `aws ec2 get-ebs-encryption-by-default` answers.
func ebsEncryptionByDefault() collector {
	return setting("ebs_encryption_by_default", "ec2:GetEbsEncryptionByDefault",
		"Whether new EBS volumes and snapshot copies are encrypted by default, as `aws ec2 get-ebs-encryption-by-default` prints it.",
		func(ctx context.Context, u *unit) (*ec2.GetEbsEncryptionByDefaultOutput, error) {
			return u.clients.GetEbsEncryptionByDefault(ctx, &ec2.GetEbsEncryptionByDefaultInput{})
		})
}
