package store

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/klauspost/compress/zstd"
)

const (
	// maxPart bounds one decompressed part or file, in bytes; the largest unit seen in practice has 200 MB.
	maxPart = 1 << 30
	// window bounds how far back compressed data may point, in bytes, and with it the memory of both sides.
	window = 8 << 20
)

// compress writes one zstd frame. A single worker makes the bytes the same on every machine.
func compress(w io.Writer, write func(io.Writer) error) error {
	encoder, err := zstd.NewWriter(w, zstd.WithEncoderConcurrency(1), zstd.WithLowerEncoderMem(true),
		zstd.WithWindowSize(window))
	if err != nil {
		return err
	}
	if err := write(encoder); err != nil {
		return errors.Join(err, encoder.Close())
	}
	return encoder.Close()
}

// decompress reads what zstd wrote and everything else as it is, told apart by the first bytes. More than limit bytes
// are an error, so that a small file can't fill the memory.
func decompress(r io.Reader, limit int64) (io.ReadCloser, error) {
	buffered := bufio.NewReader(r)
	// A file shorter than the magic number is no compressed one; whoever reads it says what is wrong.
	magic, _ := buffered.Peek(4)
	if !bytes.Equal(magic, []byte{0x28, 0xb5, 0x2f, 0xfd}) {
		return io.NopCloser(bounded(buffered, limit)), nil
	}
	decoder, err := zstd.NewReader(buffered, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true),
		zstd.WithDecoderMaxWindow(window))
	if err != nil {
		return nil, err
	}
	return boundedCloser{bounded(decoder, limit), decoder}, nil
}

// boundedCloser gives the decoder's memory back.
type boundedCloser struct {
	io.Reader
	decoder *zstd.Decoder
}

func (b boundedCloser) Close() error {
	b.decoder.Close()
	return nil
}

// boundedReader is an io.LimitReader that says so when it cuts.
type boundedReader struct {
	reader io.Reader
	left   int64
	limit  int64
}

func bounded(r io.Reader, limit int64) io.Reader {
	return &boundedReader{reader: r, left: limit, limit: limit}
}

// Read asks for one byte more than is left, which tells a full file from one that goes on.
func (b *boundedReader) Read(p []byte) (int, error) {
	if int64(len(p)) > b.left+1 {
		p = p[:b.left+1]
	}
	n, err := b.reader.Read(p)
	if b.left -= int64(n); b.left < 0 {
		return 0, fmt.Errorf("larger than %d bytes", b.limit)
	}
	return n, err
}

// readCompressed opens one part and hands its bytes to a reader of the inventory's package.
func readCompressed[T any](path string, limit int64, read func(io.Reader, string) (T, error)) (T, error) {
	var nothing T
	file, err := os.Open(path)
	if err != nil {
		return nothing, fmt.Errorf("read part: %w", err)
	}
	defer file.Close() //nolint:errcheck // only read
	data, err := decompress(file, limit)
	if err != nil {
		return nothing, fmt.Errorf("read part %s: %w", path, err)
	}
	defer data.Close() //nolint:errcheck // only read
	return read(data, path)
}
