package store

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"strings"
)

// The header that keeps an object's checksum.
const checksumHeader = "X-Amz-Checksum-Sha256"

// put writes an object that is not there; where it is, the error matches fs.ErrExist. S3 refuses bytes that do not match
// their checksum, and what came in truncated with them.
func (c *s3) put(ctx context.Context, key string, data []byte) error {
	sum := checksum(data)
	got, err := c.do(ctx, call{
		operation: "PutObject", method: http.MethodPut, key: key, body: data, limit: maxRefusal,
		header: map[string]string{
			"If-None-Match": "*", "Content-Type": "application/octet-stream",
			checksumHeader: sum, "X-Amz-Sdk-Checksum-Algorithm": "SHA256",
		},
	})
	if err != nil {
		return c.putRefused(key, err)
	}
	// Every PutObject is answered with an ETag: what has none may come from a proxy, and nothing be stored.
	if got.header.Get("Etag") == "" {
		return fmt.Errorf("PutObject %s: the answer has no ETag: it is not from S3", c.name(key))
	}
	if stored := got.header.Get(checksumHeader); stored != "" && stored != sum {
		return fmt.Errorf("PutObject %s: the answer has the checksum of other bytes", c.name(key))
	}
	return nil
}

// putRefused tells that somebody was first from a bucket that knows no conditions. There is no way around the latter: a
// put without the condition could replace what another process wrote.
func (c *s3) putRefused(key string, err error) error {
	var refused *s3Error
	if !errors.As(err, &refused) {
		return err
	}
	switch {
	case refused.status == http.StatusPreconditionFailed:
		return fmt.Errorf("PutObject %s: %w", c.name(key), fs.ErrExist)
	case refused.status == http.StatusNotImplemented, refused.code == "NotImplemented":
		return c.unconditional(fmt.Errorf("refuses conditional puts: %w", err))
	}
	return err
}

func (c *s3) unconditional(err error) error {
	return &hintedError{
		fmt.Errorf("bucket %q %w", c.bucket, err), "parts are only ever put with If-None-Match: * so that none is replaced: " +
			"take a bucket of Amazon S3, or a server that knows the header",
	}
}

// get reads an object whole; where it is not there, the error matches fs.ErrNotExist.
func (c *s3) get(ctx context.Context, key string, limit int64) ([]byte, error) {
	got, err := c.do(ctx, call{
		operation: "GetObject", method: http.MethodGet, key: key, limit: limit,
		header: map[string]string{"X-Amz-Checksum-Mode": "ENABLED"},
	})
	var refused *s3Error
	if errors.As(err, &refused) && refused.code == "NoSuchKey" {
		return nil, fmt.Errorf("%w: %w", err, fs.ErrNotExist)
	}
	if err != nil {
		return nil, err
	}
	if why := damage(got); why != "" {
		return nil, fmt.Errorf("GetObject %s: %s", c.name(key), why)
	}
	return got.body, nil
}

// damage says why an answer can't be the object; empty for what is sound. An object that was put in several requests has a
// checksum of checksums, "…-3", which says nothing of the whole; its compressed bytes have one of their own.
func damage(got answer) string {
	sum := got.header.Get(checksumHeader)
	switch {
	case got.header.Get("Etag") == "":
		return "the answer has no ETag: it is not from S3"
	case sum != "" && !strings.Contains(sum, "-"):
		if sum != checksum(got.body) {
			return "the bytes do not match their checksum"
		}
	case got.length < 0:
		return "the answer says neither its length nor its checksum"
	}
	return ""
}

func checksum(data []byte) string {
	sum := sha256.Sum256(data)
	return base64.StdEncoding.EncodeToString(sum[:])
}
