package store

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"iter"

	"github.com/amiscan/amiscan/internal/inventory"
)

// SHA256 returns the hexadecimal SHA-256 of an inventory: of the canonical encoding of its parts, in their order. The
// same parts give the same hash in a directory, in a file, compressed or not, and from saved output in any order of
// files. The manifest is no part of it: it says who asked, not what was found.
func SHA256(parts iter.Seq2[inventory.Part, error]) (string, error) {
	digest := sha256.New()
	for part, err := range parts {
		if err != nil {
			return "", err
		}
		if err := inventory.WritePart(digest, part); err != nil {
			return "", fmt.Errorf("hash inventory: %w", err)
		}
	}
	return hex.EncodeToString(digest.Sum(nil)), nil
}
