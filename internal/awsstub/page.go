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
	c, err := s.cut(r, ec2Pages(l.largest, l.unpaged), len(l.items))
	if err != nil {
		return nil, err
	}
	return l.write(c.from, c.to, c.next), nil
}

// paging is how one listing is read page by page.
type paging struct {
	// size and token are the parameters that name the page's size and its token.
	size, token string
	// smallest and largest bound the size, from 1 where smallest is 0; unpaged is the size of a page where the caller
	// asks for none, 0 for all.
	smallest, largest, unpaged int
	// badSize and badToken are the codes of the errors.
	badSize, badToken string
}

// ec2Pages is how EC2's listings are read.
func ec2Pages(largest, unpaged int) paging {
	return paging{size: "MaxResults", token: "NextToken", largest: largest, unpaged: unpaged,
		badSize: "InvalidParameterValue", badToken: "InvalidPaginationToken"}
}

// cutting is one page of a list: the items in [from, to) and the token of the next page, "" after the last one.
type cutting struct {
	from, to int
	next     string
}

// cut returns the page of a list of the given length that a request asks for.
func (s *Stub) cut(r Request, p paging, items int) (cutting, error) {
	size, err := s.size(r, p, items)
	if err != nil {
		return cutting{}, err
	}
	at, err := p.readToken(r, items)
	if err != nil {
		return cutting{}, err
	}
	c := cutting{from: at.offset, to: min(at.offset+size, items)}
	if at.empty < s.emptyPages(r) {
		c.to = at.offset
		c.next = p.write(r, position{at.page + 1, at.offset, at.empty + 1})
	} else if c.to < items {
		c.next = p.write(r, position{at.page + 1, c.to, 0})
	}
	return c, nil
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
func (s *Stub) size(r Request, p paging, items int) (int, error) {
	size := p.unpaged
	if asked, ok := r.Parameters[p.size]; ok {
		n, err := strconv.Atoi(asked)
		if err != nil || n < max(p.smallest, 1) || n > p.largest {
			return 0, invalid(p.badSize, "Value ( "+asked+" ) for parameter "+p.size+" is invalid. "+
				"Expecting a value between "+strconv.Itoa(max(p.smallest, 1))+" and "+strconv.Itoa(p.largest)+".")
		}
		size = n
	}
	if size == 0 {
		size = max(items, 1)
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

// position is which page of a listing it is, from 1, where it begins, and how many empty pages were sent there.
type position struct{ page, offset, empty int }

// digestSize is how much of a request's digest a token holds, in bytes.
const digestSize = 12

// write returns the token of a position. It holds a digest of the request, so that it fits no other one.
func (p paging) write(r Request, next position) string {
	return base64.RawURLEncoding.EncodeToString(fmt.Appendf(p.digest(r), "%d:%d/%d", next.page, next.offset, next.empty))
}

// readToken returns the position that a request asks for. A token that was not given out for this very request is
// refused, whatever it holds.
func (p paging) readToken(r Request, items int) (position, error) {
	text, ok := r.Parameters[p.token]
	if !ok {
		return position{page: 1}, nil
	}
	token, err := base64.RawURLEncoding.DecodeString(text)
	rest, mine := bytes.CutPrefix(token, p.digest(r))
	at := readPosition(string(rest))
	if err != nil || !mine || at.page < 1 || at.offset < 0 || at.offset > items || at.empty < 0 {
		return position{}, invalid(p.badToken, "The pagination token is invalid.")
	}
	return at, nil
}

// readPosition reads what a token holds behind its digest; what is missing there is negative.
func readPosition(text string) position {
	page, rest, _ := strings.Cut(text, ":")
	offset, empty, _ := strings.Cut(rest, "/")
	return position{number(page), number(offset), number(empty)}
}

// tokenPage returns which page of its listing a token leads to, 0 where it is none of ours.
func tokenPage(text string) int {
	token, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || len(token) < digestSize {
		return 0
	}
	return max(readPosition(string(token[digestSize:])).page, 0)
}

// number reads a number of a token; what is none is negative.
func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return -1
	}
	return n
}

// digest identifies a request apart from what may differ between its pages.
func (p paging) digest(r Request) []byte {
	asked := map[string]string{}
	for name, value := range r.Parameters {
		if name != p.token && name != p.size {
			asked[name] = value
		}
	}
	r.Parameters = asked
	text, _ := json.Marshal(r) // strings always marshal, maps in the order of their keys
	sum := sha256.Sum256(text)
	return sum[:digestSize]
}
