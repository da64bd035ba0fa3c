package collect

import (
	"context"
	"net"
	"net/http"

	"github.com/amiscan/amiscan/internal/inventory"
	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/credentials"
)

// AccountOver is an account as Connect returns it, with our own client, retries and rates, whose calls take the connections
// that dial makes.
func AccountOver(id string, dial func(ctx context.Context, network, address string) (net.Conn, error)) *Account {
	client := httpClient().(*awshttp.BuildableClient).WithTransportOptions(func(t *http.Transport) { t.DialContext = dial })
	return &Account{
		ID: id, Partition: "aws", Region: "eu-west-1", organization: newOnce[string, inventory.Fact](), pace: NewPace(Pacing{}),
		config: aws.Config{
			Region: "eu-west-1", BaseEndpoint: aws.String("http://stub.test"), HTTPClient: bounded{client}, Retryer: retryer(0),
			Credentials: credentials.NewStaticCredentialsProvider("AKIDEXAMPLE", "secret", ""),
		},
	}
}
