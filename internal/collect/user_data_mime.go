package collect

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/textproto"
	"regexp"
	"slices"
	"strings"
)

// messageStart is how a message begins: with a header, perhaps after the line of a mailbox. A script or a cloud-config
// begins otherwise, also one that writes messages.
var messageStart = regexp.MustCompile(`^\s*(From [^\n]*\n)?[A-Za-z][A-Za-z0-9-]*:`)

// unpackMessage takes a MIME message apart; it reports false for what is none.
func (u *unpacker) unpackMessage(name string, content []byte, depth int) bool {
	start := messageStart.FindSubmatchIndex(content)
	if start == nil {
		return false
	}
	if start[3] > 0 {
		content = content[start[3]:]
	}
	reader := bufio.NewReader(bytes.NewReader(bytes.TrimLeft(content, " \t\r\n")))
	header, err := textproto.NewReader(reader).ReadMIMEHeader()
	if err != nil && !errors.Is(err, io.EOF) || header.Get("Content-Type") == "" {
		return false
	}
	u.unpackEntity(name, header, reader, depth)
	return true
}

// unpackEntity takes the body below a header apart: parts, or one text in some encoding.
func (u *unpacker) unpackEntity(name string, header textproto.MIMEHeader, from io.Reader, depth int) {
	body, err := io.ReadAll(transferred(header, from))
	if err != nil {
		u.unread(errParts)
	}
	kind, parameters, err := mime.ParseMediaType(cmp.Or(header.Get("Content-Type"), "text/plain"))
	switch {
	case err != nil:
		u.unread(errParts)
		u.add(name, body)
	case strings.HasPrefix(kind, "multipart/"):
		u.unpackParts(name, body, parameters["boundary"], depth)
	default:
		u.unpack(name, body, depth+1)
	}
}

// transferred undoes the transfer encoding of a body.
func transferred(header textproto.MIMEHeader, body io.Reader) io.Reader {
	switch strings.ToLower(strings.TrimSpace(header.Get("Content-Transfer-Encoding"))) {
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, body)
	case "quoted-printable":
		return quotedprintable.NewReader(body)
	}
	return body
}

// unpackParts takes the parts of a multipart body apart. Where they end too early the body is searched as it is as well:
// cloud-init's parser takes more than this one.
func (u *unpacker) unpackParts(name string, body []byte, boundary string, depth int) {
	reader := multipart.NewReader(bytes.NewReader(body), boundary)
	for number := 1; ; number++ {
		p, err := reader.NextRawPart()
		switch {
		// Wrapped, it would be the end of a body without the end of its parts.
		case err == io.EOF:
			u.unpackAround(name, body, boundary)
			return
		case err != nil:
			u.unread(errParts)
			u.add(name, body)
			return
		case depth >= nestingLimit:
			u.unread(errDeep)
			u.add(name, body)
			return
		case len(u.parts) >= partsLimit:
			u.unread(errManyParts)
			return
		}
		u.unpackEntity(within(name, "part", number), p.Header, p, depth+1)
	}
}

// unpackAround searches what stands before the first and after the last part: nobody runs it, and everybody reads it.
func (u *unpacker) unpackAround(name string, body []byte, boundary string) {
	before, _, _ := bytes.Cut(body, []byte("--"+boundary))
	after := body
	if end := bytes.LastIndex(body, []byte("--"+boundary+"--")); end >= 0 {
		after = body[end+len(boundary)+4:]
	}
	if around := bytes.TrimSpace(slices.Concat(before, []byte("\n"), after)); len(around) > 0 {
		u.add(name, around)
	}
}
