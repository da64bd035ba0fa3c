package store

import (
	"context"
	"fmt"
	"net/url"
	"regexp"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/aws/smithy-go/encoding/httpbinding"
)

// regionWord is what a region's name looks like; it becomes part of a host name.
var regionWord = regexp.MustCompile(`^[a-z]{2,8}(-[a-z]{2,12}){1,3}-[0-9]{1,2}$`)

// endpoint says where S3 answers.
type endpoint struct {
	// custom is an address that is set by the configuration, which takes buckets as the first word of the path.
	custom          *url.URL
	fips, dualStack bool
}

// url is the address of a key, or of the bucket itself, in a region.
func (e endpoint) url(ctx context.Context, region, bucket, key string) (*url.URL, error) {
	if e.custom != nil {
		address := *e.custom
		return below(&address, bucket+"/"+key), nil
	}
	host, err := e.host(ctx, region)
	if err != nil {
		return nil, err
	}
	address := &url.URL{Scheme: "https", Host: host}
	if strings.Contains(bucket, ".") {
		// The certificate of *.s3.… holds for one more label only ("Virtual hosting of buckets", S3 User Guide).
		return below(address, bucket+"/"+key), nil
	}
	address.Host = bucket + "." + host
	return below(address, key), nil
}

// below adds a path. It is escaped here, as S3 signs it, since net/url leaves some characters as they are.
func below(address *url.URL, path string) *url.URL {
	base := strings.TrimSuffix(address.Path, "/")
	address.Path = base + "/" + path
	address.RawPath = httpbinding.EscapePath(address.Path, false)
	return address
}

// host is S3's name in a region ("Amazon S3 endpoints and quotas", AWS General Reference).
func (e endpoint) host(ctx context.Context, region string) (string, error) {
	suffix, err := suffixOf(ctx, region)
	if err != nil {
		return "", err
	}
	if e.fips && strings.HasSuffix(suffix, ".cn") {
		return "", fmt.Errorf("S3 in %s has no FIPS endpoint", region)
	}
	name := "s3"
	if e.fips {
		name += "-fips"
	}
	if e.dualStack {
		name += ".dualstack"
	}
	return name + "." + region + "." + suffix, nil
}

// suffixOf is where the DNS names of the region's partition end. The SDK keeps the table of partitions to itself; what it
// says of STS, whose names are made alike, shows it.
func suffixOf(ctx context.Context, region string) (string, error) {
	if !regionWord.MatchString(region) {
		return "", fmt.Errorf("%.80q is no region with buckets", region)
	}
	found, err := sts.NewDefaultEndpointResolverV2().ResolveEndpoint(ctx, sts.EndpointParameters{Region: &region})
	if err != nil {
		return "", fmt.Errorf("find the endpoint of S3 in %s: %w", region, err)
	}
	suffix, ok := strings.CutPrefix(found.URI.Host, "sts."+region+".")
	if !ok {
		return "", fmt.Errorf("the endpoint of S3 in region %s is not known: set AWS_ENDPOINT_URL_S3", region)
	}
	return suffix, nil
}
