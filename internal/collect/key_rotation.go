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
	return perResource(inventory.FactType{
		FactRef: ref(inventory.KMSKey, "key_rotation"), Scope: inventory.ResourceScope,
		From: []inventory.FactRef{keyFact}, ByName: true, Action: "kms:GetKeyRotationStatus",
		Meaning: "Whether and how often the key is rotated, as `aws kms get-key-rotation-status` prints it.",
	}, func(ctx context.Context, u *unit, id string) (*kms.GetKeyRotationStatusOutput, error) {
		return u.clients.GetKeyRotationStatus(ctx, &kms.GetKeyRotationStatusInput{KeyId: aws.String(id)})
	})
}
