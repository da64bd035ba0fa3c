package store

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
)

const (
	// maxPage bounds one page of a listing, in bytes: a thousand keys of a kilobyte each, in XML.
	maxPage = 16 << 20
	// maxPages bounds a listing; ten million objects are no inventory.
	maxPages = 10_000
)

// object is one line of a listing.
type object struct {
	Key  string
	Size int64
}

// page is one page of a listing.
type page struct {
	objects []object
	// next asks for what follows; empty on the last page.
	next string
}

// list visits the objects below a prefix, most of them at a time, until visit says that it has seen enough.
func (c *s3) list(ctx context.Context, prefix string, most int, visit func(object) bool) error {
	token := ""
	for range maxPages {
		p, err := c.page(ctx, prefix, token, most)
		if err != nil {
			return err
		}
		for _, o := range p.objects {
			if !visit(o) {
				return nil
			}
		}
		if p.next == "" {
			return nil
		}
		if p.next == token {
			return fmt.Errorf("ListObjectsV2 %s: the listing goes round in circles", c.name(prefix))
		}
		token = p.next
	}
	return fmt.Errorf("ListObjectsV2 %s: more than %d pages", c.name(prefix), maxPages)
}

func (c *s3) page(ctx context.Context, prefix, token string, most int) (page, error) {
	query := url.Values{"list-type": {"2"}, "prefix": {prefix}, "max-keys": {strconv.Itoa(most)}}
	if token != "" {
		query.Set("continuation-token", token)
	}
	got, err := c.do(ctx, call{operation: "ListObjectsV2", method: http.MethodGet, query: query, limit: maxPage})
	if err != nil {
		return page{}, err
	}
	p, err := readPage(got.body, prefix)
	if err != nil {
		return page{}, fmt.Errorf("ListObjectsV2 %s: %w", c.name(prefix), err)
	}
	return p, nil
}

// readPage reads one page. It believes only what answers the question and is whole: the page of a proxy must not read as
// "there are no parts".
func readPage(data []byte, prefix string) (page, error) {
	var document struct {
		XMLName               xml.Name `xml:"ListBucketResult"`
		Prefix                *string
		IsTruncated           string
		NextContinuationToken string
		KeyCount              *int
		Contents              []object
	}
	if err := xml.Unmarshal(data, &document); err != nil {
		return page{}, fmt.Errorf("read listing: %w", err)
	}
	switch count := document.KeyCount; {
	case document.Prefix == nil || *document.Prefix != prefix:
		return page{}, errors.New("the listing is of another prefix")
	case count == nil || *count != len(document.Contents):
		return page{}, errors.New("the listing does not hold as many keys as it says")
	case document.IsTruncated == "false":
		return page{objects: document.Contents}, checkObjects(document.Contents)
	case document.IsTruncated != "true":
		return page{}, errors.New("the listing does not say whether it goes on")
	case document.NextContinuationToken == "":
		return page{}, errors.New("the listing goes on but does not say where")
	}
	return page{document.Contents, document.NextContinuationToken}, checkObjects(document.Contents)
}

func checkObjects(objects []object) error {
	for _, o := range objects {
		if o.Key == "" || o.Size < 0 {
			return fmt.Errorf("the listing holds the key %.80q of %d bytes", o.Key, o.Size)
		}
	}
	return nil
}
