package collect

import (
	"bufio"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"

	"github.com/aws/aws-sdk-go-v2/aws"
	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// answerLimit bounds the bytes of one answer: a page of a thousand images has about two megabytes.
const answerLimit = 64 << 20

// headLimit bounds the search for the root element of an answer.
const headLimit = 4096

// errTooLong is what an answer beyond answerLimit is cut off with.
var errTooLong = fmt.Errorf("the answer is longer than %d bytes", answerLimit)

// genuineXML refuses answers in XML, of EC2 and of the services that speak the query protocol, that are not what was asked
// for. The SDK skips every element that it does not know and takes an empty body for an empty answer, so the page of a
// proxy would read as "there are no images".
func genuineXML(stack *middleware.Stack) error { return addCheck(stack, checkRoot) }

// genuineJSON refuses answers in JSON that are no object: the SDK takes an empty body, and null, for an empty answer.
func genuineJSON(stack *middleware.Stack) error { return addCheck(stack, checkObject) }

// addCheck looks at the beginning of every good answer before the SDK does.
func addCheck(stack *middleware.Stack, check func(ctx context.Context, start []byte) error) error {
	return stack.Deserialize.Add(middleware.DeserializeMiddlewareFunc("amiscan:genuine", func(
		ctx context.Context, in middleware.DeserializeInput, next middleware.DeserializeHandler,
	) (middleware.DeserializeOutput, middleware.Metadata, error) {
		out, metadata, err := next.HandleDeserialize(ctx, in)
		response, ok := out.RawResponse.(*smithyhttp.Response)
		if err != nil || !ok || response.StatusCode < 200 || response.StatusCode > 299 {
			return out, metadata, err
		}
		head := bufio.NewReaderSize(response.Body, headLimit)
		response.Body = body{Reader: head, Closer: response.Body}
		// A short answer is given in full, together with why it ends. One that is cut off can be asked for again.
		start, err := head.Peek(headLimit)
		if err != nil && !errors.Is(err, io.EOF) {
			return out, metadata, fmt.Errorf("read the answer to %s: %w", awsmiddleware.GetOperationName(ctx), err)
		}
		return out, metadata, check(ctx, start)
	}), middleware.After)
}

func checkRoot(ctx context.Context, start []byte) error {
	if want := awsmiddleware.GetOperationName(ctx) + "Response"; rootName(start) != want {
		return fmt.Errorf("the answer is no %s", want)
	}
	return nil
}

func checkObject(ctx context.Context, start []byte) error {
	if !bytes.HasPrefix(bytes.TrimLeft(start, " \t\r\n"), []byte("{")) {
		return fmt.Errorf("the answer to %s is no JSON object", awsmiddleware.GetOperationName(ctx))
	}
	return nil
}

// rootName returns the name of the first element of an XML document; empty for what is none.
func rootName(start []byte) string {
	decoder := xml.NewDecoder(bytes.NewReader(start))
	for {
		token, err := decoder.RawToken()
		if err != nil {
			return ""
		}
		if element, ok := token.(xml.StartElement); ok {
			return element.Name.Local
		}
	}
}

// bounded is an HTTP client whose answers end at answerLimit.
type bounded struct{ aws.HTTPClient }

// Do sends a request; reading more of its answer than answerLimit is an error.
//
// The request's body goes out as a plain reader: smithy-go closes it as soon as the head of the answer is there, and the
// closed body's WriteTo then says io.EOF, which net/http takes for a broken connection and cuts the answer off.
func (b bounded) Do(request *http.Request) (*http.Response, error) {
	if request.Body != nil {
		request.Body = struct{ io.ReadCloser }{request.Body}
	}
	response, err := b.HTTPClient.Do(request)
	if response != nil && response.Body != nil {
		limited := &limitedReader{from: response.Body, left: answerLimit}
		response.Body = body{Reader: limited, Closer: response.Body}
	}
	return response, err
}

// body is the body of an answer that is read through something.
type body struct {
	io.Reader
	io.Closer
}

// limitedReader ends in an error, not in an end of file: what is cut off must not pass for whole.
type limitedReader struct {
	from io.Reader
	left int
}

// Read reads up to the limit.
func (l *limitedReader) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	if l.left == 0 {
		return 0, l.end()
	}
	n, err := l.from.Read(p[:min(len(p), l.left)])
	l.left -= n
	return n, err
}

// end tells an answer of exactly the limit from a longer one.
func (l *limitedReader) end() error {
	n, err := l.from.Read(make([]byte, 1))
	switch {
	case n > 0:
		return errTooLong
	case err == nil:
		return errors.New("the answer neither ends nor goes on")
	}
	return err
}
