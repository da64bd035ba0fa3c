package collect

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
)

// ebsDefaultKMSKey collects what `aws ec2 get-ebs-default-kms-key-id` answers.
func ebsDefaultKMSKey() collector {
	return setting("ebs_default_kms_key", "ec2:GetEbsDefaultKmsKeyId",
		"The key that EBS encrypts with where nobody names one, as `aws ec2 get-ebs-default-kms-key-id` prints it.",
		func(ctx context.Context, u *unit) (*ec2.GetEbsDefaultKmsKeyIdOutput, error) {
			return u.clients.GetEbsDefaultKmsKeyId(ctx, &ec2.GetEbsDefaultKmsKeyIdInput{})
		})
}
