package store

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
)

// An encoder that has compressed other things, or met a full disk, gives the same bytes as a new one.
func TestEncodersLeaveNoTrace(t *testing.T) {
	t.Parallel()
	texts := []string{"", "a", strings.Repeat("the same ", 1000), manyLines(2000), manyLines(60_000), "a", manyLines(2000)}
	var kept encoders
	for i, text := range texts {
		if err := kept.compress(fullDisk{}, func(w io.Writer) error {
			_, err := io.WriteString(w, text+manyLines(10_000))
			return err
		}); !errors.Is(err, errDiskFull) {
			t.Errorf("text %d: a full disk is %v", i, err)
		}
		if !bytes.Equal(compressedBy(t, &kept, text), compressedBy(t, new(encoders), text)) {
			t.Errorf("text %d: an encoder that was used before gives other bytes", i)
		}
	}
}

func compressedBy(t *testing.T, by *encoders, text string) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := by.compress(&out, func(w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// manyLines are like one another and not the same.
func manyLines(n int) string {
	var text strings.Builder
	for i := range n {
		fmt.Fprintf(&text, `{"ImageId":"ami-%x","Name":"web-%d"}`+"\n", i*i, i%97)
	}
	return text.String()
}

var errDiskFull = errors.New("the disk is full")

// fullDisk takes nothing.
type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errDiskFull }
