package awsstub

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// listing is a list that a caller reads page by page.
type listing struct {
	// element is the XML element of the list.
	element string
	// largest is the largest MaxResults; unpaged is the size of a page where the caller asks for none, 0 for all.
	largest, unpaged int
	items            [][]byte
}

// page writes the page that a request asks for, and the token of the next one.
func (s *Stub) page(r Request, l listing) ([]byte, error) {
	size, err := s.size(r, l)
	if err != nil {
		return nil, err
	}
	at, err := readToken(r, len(l.items))
	if err != nil {
		return nil, err
	}
	var next string
	end := min(at.offset+size, len(l.items))
	if at.empty < s.emptyPages(r) {
		end = at.offset
		next = token(r, position{at.offset, at.empty + 1})
	} else if end < len(l.items) {
		next = token(r, position{end, 0})
	}
	return l.write(at.offset, end, next), nil
}

func (l listing) write(from, to int, next string) []byte {
	var out bytes.Buffer
	out.WriteString("<" + l.element + ">")
	for _, item := range l.items[from:to] {
		out.Write(item)
	}
	out.WriteString("</" + l.element + ">")
	if next != "" {
		writeText(&out, "nextToken", next)
	}
	return out.Bytes()
}

// size returns how many items the page may have.
func (s *Stub) size(r Request, l listing) (int, error) {
	size := l.unpaged
	if asked, ok := r.Parameters["MaxResults"]; ok {
		n, err := strconv.Atoi(asked)
		if err != nil || n < 1 || n > l.largest {
			return 0, invalid("InvalidParameterValue", "Value ( "+asked+" ) for parameter maxResults is invalid. "+
				"Expecting a value between 1 and "+strconv.Itoa(l.largest)+".")
		}
		size = n
	}
	if size == 0 {
		size = max(len(l.items), 1)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.behaviour.pageSize > 0 {
		size = min(size, s.behaviour.pageSize)
	}
	return size, nil
}

func (s *Stub) emptyPages(r Request) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.behaviour.emptyPages[r.Name()]
}

// position is where a page begins, and how many empty pages were sent there.
type position struct{ offset, empty int }

// digestSize is how much of a request's digest a token holds, in bytes.
const digestSize = 12

// token returns the token of a position. It holds a digest of the request, so that it fits no other one.
func token(r Request, next position) string {
	return base64.RawURLEncoding.EncodeToString(fmt.Appendf(digest(r), "%d/%d", next.offset, next.empty))
}

// readToken returns the position that a request asks for. A token that was not given out for this very request is
// refused, whatever it holds.
func readToken(r Request, items int) (position, error) {
	text, ok := r.Parameters["NextToken"]
	if !ok {
		return position{}, nil
	}
	token, err := base64.RawURLEncoding.DecodeString(text)
	rest, mine := bytes.CutPrefix(token, digest(r))
	offset, empty, found := strings.Cut(string(rest), "/")
	at, empties := number(offset), number(empty)
	if err != nil || !mine || !found || at < 0 || at > items || empties < 0 {
		return position{}, badToken()
	}
	return position{at, empties}, nil
}

// number reads a number of a token; what is none is negative.
func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return -1
	}
	return n
}

func badToken() error { return invalid("InvalidPaginationToken", "The pagination token is invalid.") }

// digest identifies a request apart from what may differ between its pages.
func digest(r Request) []byte {
	asked := map[string]string{}
	for name, value := range r.Parameters {
		if name != "NextToken" && name != "MaxResults" {
			asked[name] = value
		}
	}
	r.Parameters = asked
	text, _ := json.Marshal(r) // strings always marshal, maps in the order of their keys
	sum := sha256.Sum256(text)
	return sum[:digestSize]
}
