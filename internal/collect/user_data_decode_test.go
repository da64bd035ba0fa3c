package collect

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func inBase64(text string) string { return base64.StdEncoding.EncodeToString([]byte(text)) }

func zipped(t testing.TB, text string) string {
	t.Helper()
	var out bytes.Buffer
	writer := gzip.NewWriter(&out)
	if _, err := writer.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// letter is a multipart message of parts, each a header and a body.
func letter(boundary string, parts ...string) string {
	text := "Content-Type: multipart/mixed; boundary=\"" + boundary + "\"\nMIME-Version: 1.0\n\n"
	for _, p := range parts {
		text += "--" + boundary + "\n" + p + "\n"
	}
	return text + "--" + boundary + "--\n"
}

const script = "#!/bin/sh\necho hello\n"

func TestDecodeUserData(t *testing.T) {
	t.Parallel()
	shell := "Content-Type: text/x-shellscript\n\n" + script
	coded := "Content-Type: text/cloud-config; charset=\"utf-8\"\nContent-Transfer-Encoding: base64\n\n" + inBase64("a: b\n")
	quoted := "Content-Type: text/plain\nContent-Transfer-Encoding: Quoted-Printable\n\na=3Db"
	compressed := "Content-Type: application/octet-stream\nContent-Transfer-Encoding: base64\n\n" + inBase64(zipped(t, "c\n"))
	file := inBase64(zipped(t, "key\n"))
	cut := strings.TrimSuffix(letter("X", shell), "--X--\n")
	bomb := zipped(t, strings.Repeat("a", 4*decodedLimit))
	deep := script
	for i := range 2 * nestingLimit {
		deep = "Content-Type: multipart/mixed; boundary=b" + fmt.Sprint(i) + "\n\n--b" + fmt.Sprint(i) + "\n" + deep +
			"\n--b" + fmt.Sprint(i) + "--\n"
	}
	russian := script
	for range 2 * nestingLimit {
		russian = zipped(t, russian)
	}
	many := letter("X", slicesOf(partsLimit+1, "\nx")...)
	tests := []struct {
		name, content string
		want          []part
		unread        error
	}{
		{"script", script, []part{{"", script}}, nil},
		{"nothing", "", []part{{"", ""}}, nil},
		{"cloud-config", "#cloud-config\nusers:\n- x\n", []part{{"", "#cloud-config\nusers:\n- x\n"}}, nil},
		{"looks like a header", "packages: [a]\nruncmd: [b]\n", []part{{"", "packages: [a]\nruncmd: [b]\n"}}, nil},
		{"Latin-1", "# gr\xfc\xdfe\n", []part{{"", "# gr\xfc\xdfe\n"}}, nil},
		{"compressed", zipped(t, script), []part{{"", script}}, nil},
		{"parts", letter("X", shell, coded, quoted), []part{{"part 1", script}, {"part 2", "a: b\n"}, {"part 3", "a=b"}}, nil},
		{"parts, compressed", zipped(t, letter("X", shell)), []part{{"part 1", script}}, nil},
		{"a compressed part", letter("X", compressed), []part{{"part 1", "c\n"}}, nil},
		{
			"parts within parts", letter("X", shell, letter("Y", shell, shell)),
			[]part{{"part 1", script}, {"part 2, part 1", script}, {"part 2, part 2", script}}, nil,
		},
		{"a part without a header", letter("X", "\n"+script), []part{{"part 1", script}}, nil},
		{"one message", "MIME-Version: 1.0\nContent-Type: text/x-shellscript\n\n" + script, []part{{"", script}}, nil},
		{"from a mailbox", "From nobody Thu Jan  1\n" + letter("X", shell), []part{{"part 1", script}}, nil},
		{
			"compressed file in a cloud-config", "write_files:\n- content: " + file + "\n",
			[]part{{"", "write_files:\n- content: " + file + "\n"}, {"file 1", "key\n"}}, nil,
		},
		{
			"around the parts", strings.Replace(letter("X", shell), "\n\n", "\n\nbefore\n", 1) + "after\n",
			[]part{{"part 1", script}, {"", "before\n\n\nafter"}}, nil,
		},
		{"no end", cut, []part{{"part 1", script}, {"", cut[strings.Index(cut, "--X"):]}}, errParts},
		{"no boundary", strings.Replace(letter("X", shell), "boundary", "bound", 1), nil, errParts},
		{"unreadable type", "Content-Type: ;;\n\n" + script, []part{{"", script}}, errParts},
		{"broken base64 in a part", letter("X", strings.Replace(coded, "YTo", "!!!", 1)), nil, errParts},
		{"broken gzip", zipped(t, script)[:20], nil, errCompressed},
		{"gzip without a body", "\x1f\x8b", []part{{"", ""}}, errCompressed},
		{"broken compressed file", "content: H4sI" + strings.Repeat("A", 40), nil, errCompressed},
		{"bomb", bomb, []part{{"", strings.Repeat("a", decodedLimit)}}, errTooLarge},
		{"bombs in parts", letter("X", "\n"+bomb, "\n"+bomb, shell), nil, errTooLarge},
		{"too long", strings.Repeat("a", decodedLimit+1), []part{{"", strings.Repeat("a", decodedLimit)}}, errTooLarge},
		{"too deep", deep, nil, errDeep},
		{"compressed too often", russian, nil, errDeep},
		{"too many parts", many, nil, errManyParts},
		{"binary", "PK\x03\x04\x00\x00", []part{{"", "PK\x03\x04\x00\x00"}}, errNotText},
		{"UTF-16", "\xff\xfe<\x00p\x00", []part{{"", "\xff\xfe<\x00p\x00"}}, errNotText},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			content, got, err := decodeUserData(inBase64(test.content))
			if string(content) != test.content || !errors.Is(err, test.unread) || (err == nil) != (test.unread == nil) {
				t.Errorf("%d bytes, unread because %v, want %v", len(content), err, test.unread)
			}
			if diff := cmp.Diff(test.want, got, cmp.AllowUnexported(part{})); diff != "" && test.want != nil {
				t.Errorf("parts (-want +got):\n%s", diff)
			}
			withinBounds(t, got)
		})
	}
}

func slicesOf(n int, text string) []string {
	list := make([]string, n)
	for i := range list {
		list[i] = text
	}
	return list
}

func withinBounds(t *testing.T, parts []part) {
	t.Helper()
	total := 0
	for _, p := range parts {
		total += len(p.text)
	}
	if total > decodedLimit || len(parts) > partsLimit {
		t.Errorf("%d parts with %d bytes", len(parts), total)
	}
}

// What cannot be decoded is searched as it is.
func TestUserDataThatIsNotBase64(t *testing.T) {
	t.Parallel()
	content, parts, err := decodeUserData("#!/bin/sh")
	if string(content) != "#!/bin/sh" || len(parts) != 1 || parts[0].text != "#!/bin/sh" || !errors.Is(err, errNotBase64) {
		t.Errorf("got %q, %v, %v", content, parts, err)
	}
}

// FuzzDecodeUserData takes what strangers put into templates.
func FuzzDecodeUserData(f *testing.F) {
	shell := "Content-Type: text/x-shellscript\nContent-Transfer-Encoding: base64\n\n" + inBase64(script)
	f.Add([]byte(script))
	f.Add([]byte(letter("X", shell, letter("Y", shell))))
	f.Add([]byte(zipped(f, letter("X", shell))))
	f.Add([]byte("From x\nContent-Type: multipart/mixed; boundary=\"\"\n\n--\n"))
	f.Add([]byte("Content-TYpe:multipArt/0;BoundArY=\"0\""))
	f.Add([]byte("content: " + inBase64(zipped(f, inBase64(zipped(f, script))))))
	f.Fuzz(func(t *testing.T, content []byte) {
		got, parts, _ := decodeUserData(base64.StdEncoding.EncodeToString(content))
		if !bytes.Equal(got, content) {
			t.Error("the content is another")
		}
		withinBounds(t, parts)
	})
}

// Compressed text within compressed text must not multiply: what comes out of it is bounded on the whole.
func TestExpansionIsBoundedOnTheWhole(t *testing.T) {
	t.Parallel()
	u := unpacker{left: 1000, expansion: 10}
	for range 3 {
		u.unpack("", []byte(zipped(t, "eight by")), 0)
	}
	if len(u.parts) != 3 || u.parts[1].text != "ei" || u.parts[2].text != "" || !errors.Is(u.err, errTooLarge) {
		t.Errorf("parts are %q: %v", u.parts, u.err)
	}
}
