package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"crypto/tls"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
)

const (
	// longestSilence is how long a connection may stand still before it is given up.
	longestSilence = time.Minute
	// expectAbove is the size above which S3 is asked before the body is sent: it may be there already.
	expectAbove = 1 << 20
)

// s3 makes the three calls of S3 that an inventory needs, PutObject with a condition, GetObject and ListObjectsV2, upon
// the SDK's credentials, configuration, signatures and back-off, and it does nothing else. It is our own because the
// SDK's client for S3 would add 5.5 MB to a program that has 45 MB to spend.
type s3 struct {
	credentials aws.CredentialsProvider
	signer      *v4.Signer
	retryer     aws.Retryer
	http        *http.Client
	endpoint    endpoint
	bucket      string
	silence     time.Duration
	// now is the time that signatures carry.
	now func() time.Time

	mu     sync.Mutex
	region string
	moved  bool
}

// newS3 makes a client for one bucket. Redirects are not followed: a signature holds for one host.
func newS3(cfg aws.Config, e endpoint, bucket string) *s3 {
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	if sdk, ok := cfg.HTTPClient.(*awshttp.BuildableClient); ok {
		// It has the certificates of AWS_CA_BUNDLE.
		client.Transport = sdk.GetTransport()
	}
	// S3 signs the path as it stands in the request ("Signature calculations for the authorization header", S3 API).
	signer := v4.NewSigner(func(o *v4.SignerOptions) { o.DisableURIPathEscaping = true })
	return &s3{
		credentials: cfg.Credentials, signer: signer, retryer: cfg.Retryer(), http: client, endpoint: e, bucket: bucket,
		region: cfg.Region, silence: longestSilence, now: time.Now,
	}
}

// call is one call of S3.
type call struct {
	operation, method, key string
	query                  url.Values
	header                 map[string]string
	body                   []byte
	// limit bounds the answer's body, in bytes.
	limit int64
}

// answer is a successful answer, read to its end.
type answer struct {
	header http.Header
	length int64
	body   []byte
}

// do makes a call, again where that may help.
func (c *s3) do(ctx context.Context, made call) (answer, error) {
	for attempt := 1; ; attempt++ {
		got, err := c.attempt(ctx, made)
		if c.follow(err) {
			got, err = c.attempt(ctx, made)
		}
		switch {
		case err == nil:
			return got, nil
		case ctx.Err() != nil:
			return answer{}, fmt.Errorf("%s %s: %w", made.operation, c.name(made.key), ctx.Err())
		case attempt >= c.retryer.MaxAttempts() || !c.retryer.IsErrorRetryable(err):
			return answer{}, err
		}
		if err := c.pause(ctx, attempt, err); err != nil {
			return answer{}, fmt.Errorf("%s %s: %w", made.operation, c.name(made.key), err)
		}
	}
}

func (c *s3) pause(ctx context.Context, attempt int, cause error) error {
	delay, err := c.retryer.RetryDelay(attempt, cause)
	if err != nil {
		return err
	}
	timer := time.NewTimer(delay)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// follow reports whether a call should be made again because the bucket is in another region. The region is changed once
// and remembered; S3 names it in a header of its refusals, whatever their code ("HeadBucket", S3 API).
func (c *s3) follow(err error) bool {
	var refused *s3Error
	if !errors.As(err, &refused) || !regionWord.MatchString(refused.elsewhere) || refused.elsewhere == refused.region {
		return false
	}
	switch refused.status {
	case http.StatusMovedPermanently, http.StatusTemporaryRedirect, http.StatusBadRequest, http.StatusForbidden:
	default:
		return false
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.moved {
		c.moved, c.region = true, refused.elsewhere
	}
	return c.region == refused.elsewhere
}

func (c *s3) home() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.region
}

// attempt makes a call once and reads the answer to its end, so that one that breaks off counts as an attempt.
func (c *s3) attempt(ctx context.Context, made call) (answer, error) {
	region := c.home()
	ctx, watch := watched(ctx, c.silence)
	defer watch.stop()
	request, err := c.request(ctx, made, region)
	if err != nil {
		return answer{}, fmt.Errorf("%s %s: %w", made.operation, c.name(made.key), err)
	}
	if request.Body != http.NoBody {
		request.Body = io.NopCloser(watch.over(request.Body))
	}
	response, err := c.http.Do(request)
	if err != nil {
		return answer{}, c.broken(made, region, watch.explain(err))
	}
	defer response.Body.Close() //nolint:errcheck // only read
	good := response.StatusCode == http.StatusOK
	limit := made.limit
	if !good {
		limit = maxRefusal
	}
	body, err := io.ReadAll(bounded(watch.over(response.Body), limit))
	if err != nil {
		return answer{}, c.broken(made, region, watch.explain(err))
	}
	if !good {
		refused := refusal(response, body)
		refused.operation, refused.object, refused.region = made.operation, c.name(made.key), region
		return answer{}, refused
	}
	return answer{response.Header, response.ContentLength, body}, nil
}

// broken says what happened to a call that got no whole answer. What is too large, and a certificate that does not hold,
// are so the next time, too.
func (c *s3) broken(made call, region string, err error) error {
	var address *url.Error
	if errors.As(err, &address) {
		err = address.Err // it would show the whole address, which the name of the object says better
	}
	err = fmt.Errorf("%s %s in %s: %w", made.operation, c.name(made.key), region, err)
	var large tooLargeError
	var certificate *tls.CertificateVerificationError
	if errors.As(err, &large) || errors.As(err, &certificate) {
		return err
	}
	return &sendError{err}
}

// name is how errors call an object or, without a key, the bucket.
func (c *s3) name(key string) string {
	return strings.TrimSuffix(place{bucket: c.bucket}.url(key), "/")
}

// request builds and signs one attempt.
func (c *s3) request(ctx context.Context, made call, region string) (*http.Request, error) {
	address, err := c.endpoint.url(ctx, region, c.bucket, made.key)
	if err != nil {
		return nil, err
	}
	address.RawQuery = made.query.Encode()
	request, err := http.NewRequestWithContext(ctx, made.method, address.String(), bytes.NewReader(made.body))
	if err != nil {
		return nil, err
	}
	for name, value := range made.header {
		request.Header.Set(name, value)
	}
	if err := c.sign(ctx, request, made.body, region); err != nil {
		return nil, err
	}
	// Not signed, since proxies change them. Without the second, net/http would unpack what was never packed.
	request.Header.Set("User-Agent", "amiscan")
	request.Header.Set("Accept-Encoding", "identity")
	if len(made.body) > expectAbove {
		request.Header.Set("Expect", "100-continue")
	}
	return request, nil
}

func (c *s3) sign(ctx context.Context, request *http.Request, body []byte, region string) error {
	credentials, err := c.credentials.Retrieve(ctx)
	if err != nil {
		return fmt.Errorf("get AWS credentials: %w", err)
	}
	sum := sha256.Sum256(body)
	hash := hex.EncodeToString(sum[:])
	request.Header.Set("X-Amz-Content-Sha256", hash)
	return c.signer.SignHTTP(ctx, credentials, request, hash, "s3", region, c.now())
}
