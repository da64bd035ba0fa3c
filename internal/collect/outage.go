package collect

import (
	"errors"
	"slices"
	"sync"

	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
)

// outageCalls is how many calls of an action must fail in a row, each with all its attempts, before it counts as out. A
// network that drops packets takes minutes for each, and a region may hold ten thousand images.
const outageCalls = 4

// expiredCodes mean that the session ended while the run went on.
var expiredCodes = []string{"RequestExpired", "ExpiredToken", "ExpiredTokenException"}

// outages remembers which actions of a unit have ceased to be answered.
type outages struct {
	mu    sync.Mutex
	rows  map[string]int
	cause map[string]error
}

func newOutages() *outages { return &outages{rows: map[string]int{}, cause: map[string]error{}} }

// over returns the error of the last call when an action counts as out.
func (o *outages) over(action string) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.rows[action] < outageCalls {
		return nil
	}
	return o.cause[action]
}

// isExpired reports whether an error says that the session has ended.
func isExpired(err error) bool { return slices.Contains(expiredCodes, ErrorCode(err)) }

// note counts what a call ended with: any answer but that of an ended session begins a new row.
func (o *outages) note(action string, err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if !hopeless(err) {
		o.rows[action] = 0
		return
	}
	o.rows[action]++
	o.cause[action] = err
}

// hopeless reports whether the next call can be expected to end in the same way: nobody answers, or the session is
// over.
func hopeless(err error) bool {
	if code := ErrorCode(err); code != "" {
		return slices.Contains(expiredCodes, code)
	}
	// Where nobody answered, the SDK puts an empty response in the answer's place.
	var response *awshttp.ResponseError
	return err != nil && (!errors.As(err, &response) || response.HTTPStatusCode() == 0)
}
