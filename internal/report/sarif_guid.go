package report

import (
	"crypto/sha1" //nolint:gosec // RFC 9562 makes version 5 from SHA-1; nothing is kept secret by it
	"encoding/hex"
)

// urlNamespace is the namespace of URLs (RFC 9562, section 6.6).
const urlNamespace = "\x6b\xa7\xb8\x11\x9d\xad\x11\xd1\x80\xb4\x00\xc0\x4f\xd4\x30\xc8"

// projectURL is the namespace of amiscan's own GUIDs. Changing it changes them all.
const projectURL = "https://github.com/amiscan/amiscan"

// guidOf names a thing by its kind and id: the same thing has the same GUID in every report.
func guidOf(kind, id string) string {
	guid := uuid5(string(uuid5(urlNamespace, projectURL)), kind+"/"+id)
	text := hex.EncodeToString(guid)
	return text[:8] + "-" + text[8:12] + "-" + text[12:16] + "-" + text[16:20] + "-" + text[20:]
}

// uuid5 is a version 5 UUID (RFC 9562, section 5.5).
func uuid5(namespace, name string) []byte {
	digest := sha1.Sum([]byte(namespace + name)) //nolint:gosec // RFC 9562 makes version 5 from SHA-1
	guid := digest[:16]
	guid[6] = guid[6]&0x0f | 0x50
	guid[8] = guid[8]&0x3f | 0x80
	return guid
}
