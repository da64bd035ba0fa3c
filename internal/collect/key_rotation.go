package collect

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/kms"

	"github.com/amiscan/amiscan/internal/inventory"
)

// keyRotations collects whether the collected keys are rotated. KMS refuses the question for keys that cannot be rotated
// by themselves: asymmetric, HMAC, imported material, custom key stores (GetKeyRotationStatus).
func keyRotations() collector {
	return ofKeys[kms.GetKeyRotationStatusOutput](inventory.FactType{
		FactRef: ref(inventory.KMSKey, "key_rotation"), Action: "kms:GetKeyRotationStatus",
		Meaning: "Whether and how often the key is rotated, as `aws kms get-key-rotation-status` prints it.",
	}, nil, func(*unit) keyReader { return readKeyRotation })
}

func readKeyRotation(ctx context.Context, u *unit, t inventory.FactType, id string) inventory.Fact {
	return u.ask(ctx, t, func(ctx context.Context) (any, error) {
		return u.clients.GetKeyRotationStatus(ctx, &kms.GetKeyRotationStatusInput{KeyId: aws.String(id)})
	})
}
