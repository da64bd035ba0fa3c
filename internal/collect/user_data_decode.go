package collect

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
)

// Bounds of what user data may decode to. EC2 takes 16 KB of it before base64; compressed, that may become anything.
const (
	decodedLimit = 1 << 20
	partsLimit   = 200
	nestingLimit = 8
)

// Why user data, or some of it, could not be searched.
var (
	errNotBase64  = errors.New("it is not base64")
	errTooLarge   = fmt.Errorf("decoded, it is longer than %d bytes", decodedLimit)
	errManyParts  = fmt.Errorf("it has more than %d parts", partsLimit)
	errDeep       = fmt.Errorf("its parts are nested more than %d deep", nestingLimit)
	errCompressed = errors.New("its compressed text is damaged")
	errParts      = errors.New("its MIME parts are damaged")
	errNotText    = errors.New("some of it is not text")
)

// decodeUserData decodes user data as EC2 shows it, in base64, and takes it apart as cloud-init would: compressed text
// and MIME parts. It returns the bytes that an instance gets, the texts to search, and why these are not all. What could
// not be taken apart is handed over to be searched as it is.
func decodeUserData(text string) ([]byte, []part, error) {
	content, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return []byte(text), []part{{text: text}}, errNotBase64
	}
	u := unpacker{left: decodedLimit, expansion: decodedLimit}
	u.unpack("", content, 0)
	return content, u.parts, u.err
}

// unpacker takes user data apart within its bounds.
type unpacker struct {
	// left is how many bytes may still be searched, expansion how many may still come out of compressed text.
	left, expansion int
	parts           []part
	err             error
}

// unread keeps the first reason why something could not be searched.
func (u *unpacker) unread(err error) {
	if u.err == nil {
		u.err = err
	}
}

// unpack takes one part apart; name is its place.
func (u *unpacker) unpack(name string, content []byte, depth int) {
	switch {
	case depth > nestingLimit:
		u.unread(errDeep)
		u.add(name, content)
	case bytes.HasPrefix(content, []byte{0x1f, 0x8b}):
		u.unpack(name, u.unzip(content), depth+1)
	case !u.unpackMessage(name, content, depth):
		u.add(name, content)
		u.unpackEmbedded(name, content, depth)
	}
}

// add hands over a text to be searched, as far as the bounds allow.
func (u *unpacker) add(name string, content []byte) {
	if len(u.parts) == partsLimit {
		u.unread(errManyParts)
		return
	}
	if len(content) > u.left {
		u.unread(errTooLarge)
		content = content[:u.left]
	}
	if bytes.ContainsFunc(content, notText) {
		u.unread(errNotText)
	}
	u.left -= len(content)
	u.parts = append(u.parts, part{name: name, text: string(content)})
}

// notText reports a control character that no text holds. Letters of whatever encoding are none.
func notText(r rune) bool {
	return r < ' ' && (r < '\a' || r > '\r') && r != 0x1b
}

// unzip decompresses as far as the bounds allow; of what is damaged it returns the readable beginning.
func (u *unpacker) unzip(content []byte) []byte {
	reader, err := gzip.NewReader(bytes.NewReader(content))
	if err != nil {
		u.unread(errCompressed)
		return nil
	}
	text, err := io.ReadAll(io.LimitReader(reader, int64(u.expansion)+1))
	if err != nil {
		u.unread(errCompressed)
	}
	if len(text) > u.expansion {
		u.unread(errTooLarge)
		text = text[:u.expansion]
	}
	u.expansion -= len(text)
	return text
}

// embedded is compressed text in base64 within a text, as cloud-init's write_files carries it ("gz+b64"): the magic number
// of gzip always begins so.
var embedded = regexp.MustCompile(`H4sI[A-Za-z0-9+/]{12,}={0,2}`)

// unpackEmbedded searches compressed files within a text as parts of their own.
func (u *unpacker) unpackEmbedded(name string, content []byte, depth int) {
	for i, text := range embedded.FindAll(content, partsLimit) {
		file, err := base64.StdEncoding.DecodeString(string(text))
		if err != nil {
			u.unread(errCompressed)
			continue
		}
		u.unpack(within(name, "file", i+1), file, depth+1)
	}
}

// within names the number-th part or file within a part.
func within(name, what string, number int) string {
	if name != "" {
		name += ", "
	}
	return name + what + " " + strconv.Itoa(number)
}
