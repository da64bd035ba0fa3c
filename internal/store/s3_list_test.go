package store

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const listing = `<?xml version="1.0" encoding="UTF-8"?>` + "\n" +
	`<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>b</Name><Prefix>p/</Prefix><KeyCount>2</KeyCount>` +
	`<MaxKeys>2</MaxKeys><IsTruncated>true</IsTruncated><NextContinuationToken>1u/+=</NextContinuationToken>` +
	`<Contents><Key>p/a &amp; b</Key><Size>17</Size><ETag>&quot;e&quot;</ETag><Owner><ID>x</ID></Owner></Contents>` +
	`<Contents><Key>p/c</Key><Size>0</Size></Contents></ListBucketResult>`

func TestReadPage(t *testing.T) {
	t.Parallel()
	got, err := readPage([]byte(listing), "p/")
	if err != nil {
		t.Fatal(err)
	}
	want := page{[]object{{"p/a & b", 17}, {"p/c", 0}}, "1u/+="}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(page{})); diff != "" {
		t.Errorf("page (-want +got):\n%s", diff)
	}
	last := strings.NewReplacer("true", "false", "<NextContinuationToken>1u/+=</NextContinuationToken>", "").Replace(listing)
	if got, err := readPage([]byte(last), "p/"); err != nil || got.next != "" || len(got.objects) != 2 {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestReadPageRefuses(t *testing.T) {
	t.Parallel()
	for old, test := range map[string]struct{ new, want string }{
		"ListBucketResult":                  {"ListAllMyBucketsResult", "read listing: "},
		"<Prefix>p/</Prefix>":               {"<Prefix>q/</Prefix>", "another prefix"},
		"<KeyCount>2</KeyCount>":            {"<KeyCount>3</KeyCount>", "as many keys"},
		"<MaxKeys>2</MaxKeys>":              {"<Contents><Key>p/d</Key></Contents>", "as many keys"},
		"<IsTruncated>true</IsTruncated>":   {"", "whether it goes on"},
		">true<":                            {">yes<", "whether it goes on"},
		"1u/+=":                             {"", "does not say where"},
		"<Size>17</Size>":                   {"<Size>-1</Size>", "-1 bytes"},
		"<Key>p/c</Key>":                    {"", `the key ""`},
		"<Size>0</Size>":                    {"<Size>many</Size>", "read listing: "},
		"</Contents></ListBucketResult>":    {"", "read listing: "},
		"<Prefix>p/</Prefix><KeyCount>2</K": {"<Prefix>p/</Prefix><K>2</K", "read listing: "},
	} {
		data := strings.ReplaceAll(listing, old, test.new)
		if data == listing {
			t.Fatalf("%q stands nowhere", old)
		}
		_, err := readPage([]byte(data), "p/")
		wantError(t, err, test.want)
	}
	for _, data := range []string{"", "<html></html>", "{}", "\x00"} {
		if _, err := readPage([]byte(data), ""); err == nil {
			t.Errorf("%q is a listing", data)
		}
	}
}

func TestListingsEnd(t *testing.T) {
	t.Parallel()
	pageOf := func(token string) string {
		return `<ListBucketResult><Prefix>p</Prefix><KeyCount>0</KeyCount><IsTruncated>true</IsTruncated>` +
			`<NextContinuationToken>` + token + `</NextContinuationToken></ListBucketResult>`
	}
	tests := []struct {
		name  string
		token func(n int) string
		want  string
	}{
		{"circle", func(int) string { return "same" }, "goes round in circles"},
		{"endless", func(n int) string { return fmt.Sprint(n) }, "more than 10000 pages"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			f := startFake(t)
			n := 0
			f.answering("ListObjectsV2", -1, func(w http.ResponseWriter, _ *http.Request) {
				n++
				_, _ = w.Write([]byte(pageOf(test.token(n))))
			})
			err := f.client().list(t.Context(), "p", 1, func(object) bool { return true })
			wantError(t, err, test.want)
		})
	}
}

// A listing that is believed is whole: as many keys as it says, and a way on if it says that it goes on.
func FuzzReadPage(f *testing.F) {
	f.Add([]byte(listing))
	f.Add([]byte(strings.Replace(listing, "true", "false", 1)))
	f.Add([]byte(`<ListBucketResult><Prefix>p/</Prefix><KeyCount>0</KeyCount><IsTruncated>false</IsTruncated></ListBucketResult>`))
	f.Add([]byte("<html>"))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := readPage(data, "p/")
		if err != nil {
			return
		}
		if n := strings.Count(string(data), "Contents"); len(p.objects) > n {
			t.Errorf("%d objects out of %d", len(p.objects), n)
		}
		for _, o := range p.objects {
			if o.Key == "" || o.Size < 0 {
				t.Errorf("object %+v", o)
			}
		}
	})
}
