package store

import (
	"bufio"
	"bytes"
	"cmp"
	"fmt"
	"io"
	"sync"

	"github.com/klauspost/compress/zstd"

	"github.com/amiscan/amiscan/internal/inventory"
)

const (
	// maxPart bounds one decompressed part or file, in bytes; the largest unit seen in practice has 200 MB.
	maxPart = 1 << 30
	// window bounds how far back compressed data may point, in bytes, and with it the memory of both sides.
	window = 8 << 20
)

// encoders compress, and are kept for the next part: to make one takes several times longer than it takes to compress a small
// part. The bytes are the same. The zero value is ready, and safe for concurrent use.
type encoders struct{ idle sync.Pool }

// compress writes one zstd frame.
func (e *encoders) compress(w io.Writer, write func(io.Writer) error) error {
	encoder, err := e.encoder(w)
	if err != nil {
		return err
	}
	err = write(encoder)
	// After an error, closing only says it again.
	err = cmp.Or(err, encoder.Close())
	encoder.Reset(nil) // lets go of w
	e.idle.Put(encoder)
	return err
}

// encoder returns one that writes to w. A single worker makes the bytes the same on every machine.
func (e *encoders) encoder(w io.Writer) (*zstd.Encoder, error) {
	if encoder, ok := e.idle.Get().(*zstd.Encoder); ok {
		encoder.Reset(w)
		return encoder, nil
	}
	return zstd.NewWriter(w, zstd.WithEncoderConcurrency(1), zstd.WithLowerEncoderMem(true), zstd.WithWindowSize(window))
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
		return 0, tooLargeError(b.limit)
	}
	return n, err
}

// tooLargeError names the bound that something exceeds, in bytes.
type tooLargeError int64

func (e tooLargeError) Error() string { return fmt.Sprintf("larger than %d bytes", int64(e)) }

// readPart reads one part and holds it against the place that it stands in: a part that was moved is another's.
func readPart(r io.Reader, unit inventory.Unit, name string) (inventory.Part, error) {
	data, err := decompress(r, maxPart)
	if err != nil {
		return inventory.Part{}, fmt.Errorf("read part %s: %w", name, err)
	}
	defer data.Close() //nolint:errcheck // only read
	part, err := inventory.ReadPart(data, name)
	if err != nil {
		return inventory.Part{}, &hintedError{err, partHint}
	}
	if part.Account != unit.Account || part.Region != unit.Region {
		err := fmt.Errorf("%s: holds the part of account %.80q, region %.80q", name, part.Account, part.Region)
		return inventory.Part{}, &hintedError{err, partHint}
	}
	return part, nil
}

// partHint says how to go on with a damaged part.
const partHint = "take it away and collect into the inventory again: what is there is not read anew"
