package finding

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
)

// Fingerprint is a lower-case hexadecimal SHA-256 that identifies a finding or an alert.
type Fingerprint string

// The version tags are part of what is hashed. Changing what goes into a key means changing its tag, because every
// baseline and every open alert hangs on it.
const (
	fingerprintVersion = "amiscan/fingerprint/1"
	alertKeyVersion    = "amiscan/alert/1"
)

// NewFingerprint identifies a finding in a report, a baseline and a diff: policy, identity of the resource and subject.
// A new image is a new finding, so that nothing new hides behind an old acceptance. It holds no date and no message.
func NewFingerprint(policy string, r Resource, subject string) Fingerprint {
	return hash(fingerprintVersion, policy, r.Kind, r.Partition, r.Account, r.Region, r.ID, subject)
}

// NewAlertKey identifies an alert over re-bakes: the lineage stands in place of the image, and lineage and device name
// in place of an image's snapshot. It falls back to the resource's id where no lineage is known.
func NewAlertKey(policy string, r Resource, subject string) Fingerprint {
	thing := r.ID
	if r.Lineage != "" {
		thing = r.Lineage
	}
	return hash(alertKeyVersion, policy, r.Kind, r.Partition, r.Account, r.Region, thing, r.Device, subject)
}

// hash writes each part behind its length: without it, "ab"+"c" and "a"+"bc" would be one key.
func hash(parts ...string) Fingerprint {
	digest := sha256.New()
	for _, part := range parts {
		var length [8]byte
		binary.BigEndian.PutUint64(length[:], uint64(len(part)))
		digest.Write(length[:])
		digest.Write([]byte(part))
	}
	return Fingerprint(hex.EncodeToString(digest.Sum(nil)))
}
