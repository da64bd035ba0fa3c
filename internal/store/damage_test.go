package store

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/amiscan/amiscan/internal/inventory"
)

// damaged returns an inventory whose only part was changed on disk.
func damaged(t *testing.T, change func([]byte) []byte) *Dir {
	t.Helper()
	dir, path := create(t, part("1", "r", strings.Repeat("name ", 100)))
	name := filepath.Join(path, "account=1", "region=r", partName)
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, change(data), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

// packed compresses text as a part is.
func packed(t *testing.T, text string) []byte {
	t.Helper()
	var buffer bytes.Buffer
	err := new(encoders).compress(&buffer, func(w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return buffer.Bytes()
}

func TestDamagedPartsAreErrors(t *testing.T) {
	t.Parallel()
	moved := func([]byte) []byte {
		var buffer bytes.Buffer
		if err := inventory.WritePart(&buffer, part("2", "r", "a")); err != nil {
			t.Error(err)
		}
		return packed(t, buffer.String())
	}
	tests := []struct {
		name   string
		change func([]byte) []byte
		want   string
	}{
		{"truncated", func(b []byte) []byte { return b[:len(b)-5] }, "part.jsonl.zst:1: read: unexpected EOF"},
		{"cut in half", func(b []byte) []byte { return b[:len(b)/2] }, "unexpected EOF"},
		{"empty", func([]byte) []byte { return nil }, "part.jsonl.zst: is empty"},
		{"flipped bit", func(b []byte) []byte { b[len(b)-1] ^= 1; return b }, "CRC check failed"},
		{"trailing", func(b []byte) []byte { return append(b, "x"...) }, "part.jsonl.zst:5: read: "},
		{"second frame", func(b []byte) []byte { return append(b, b...) }, "something follows the end"},
		{"other version", func([]byte) []byte { return packed(t, `{"part":{"schema_version":"9"}}`) }, `reads "1"`},
		{"moved", moved, `part.jsonl.zst: holds the part of account "2", region "r"`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			for _, err := range damaged(t, test.change).Parts(t.Context()) {
				wantError(t, err, test.want)
				wantError(t, err, "account=1")
				wantHint(t, err, "collect into the inventory again")
			}
		})
	}
}

func TestBombsAreErrors(t *testing.T) {
	t.Parallel()
	line := strings.Repeat(" ", 65<<20)
	for _, err := range damaged(t, func([]byte) []byte { return packed(t, line) }).Parts(t.Context()) {
		wantError(t, err, "part.jsonl.zst:1: longer than 64 MiB")
	}
	data, err := decompress(bytes.NewReader(packed(t, line)), 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	defer data.Close()
	n, err := io.Copy(io.Discard, data)
	wantError(t, err, "larger than 1048576 bytes")
	if n > 1<<20 {
		t.Errorf("%d bytes came through", n)
	}
}

func TestDecompressBound(t *testing.T) {
	t.Parallel()
	for _, text := range [][]byte{[]byte("12345"), packed(t, "12345")} {
		for limit, fits := range map[int64]bool{4: false, 5: true, 6: true} {
			data, err := decompress(bytes.NewReader(text), limit)
			if err != nil {
				t.Fatal(err)
			}
			got, err := io.ReadAll(data)
			if (err == nil) != fits || fits && string(got) != "12345" {
				t.Errorf("limit %d: %q, %v", limit, got, err)
			}
			data.Close()
		}
	}
}

func TestDecompressRefusesLargeWindows(t *testing.T) {
	t.Parallel()
	// A frame header that asks for a window of 2 GiB (RFC 8878, 3.1.1.1.2: exponent 21).
	frame := []byte{0x28, 0xb5, 0x2f, 0xfd, 0x00, 21 << 3, 0x01, 0x00, 0x00}
	data, err := decompress(bytes.NewReader(frame), 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	defer data.Close()
	_, err = io.ReadAll(data)
	wantError(t, err, "window size exceeded")
}
