package collect

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
)

// serialConsoleAccess collects what `aws ec2 get-serial-console-access-status` answers.
func serialConsoleAccess() collector {
	return setting("serial_console_access", "ec2:GetSerialConsoleAccessStatus",
		"Whether the serial console of instances can be used, as `aws ec2 get-serial-console-access-status` prints it.",
		func(ctx context.Context, u *unit) (*ec2.GetSerialConsoleAccessStatusOutput, error) {
			return u.clients.GetSerialConsoleAccessStatus(ctx, &ec2.GetSerialConsoleAccessStatusInput{})
		})
}
