// Command serve serves a made-up organization of any size on the loopback interface, for trying amiscan out and for
// benchmarks. It prints one line, the environment with which AWS clients find it and cannot reach AWS:
//
//	env $(head -1 line) amiscan collect --org ...
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/amiscan/amiscan/internal/awsstub"
	"github.com/amiscan/amiscan/internal/awsstub/estate"
)

// accessKey acts as the management account. No signature is verified, so that its secret may be anything.
const accessKey = "AKIDMANAGEMENT"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
}

// wishes are what the flags say.
type wishes struct {
	size   estate.Size
	listen string
	// env is a file for the variables, one a line, for shells that cannot read what is printed here.
	env     string
	latency time.Duration
	// speed is how many times faster than the day's the time of the token buckets is; 0 is no buckets.
	speed float64
}

func readFlags(arguments []string, messages io.Writer) (wishes, error) {
	var w wishes
	flags := flag.NewFlagSet("serve", flag.ContinueOnError)
	flags.SetOutput(messages)
	flags.IntVar(&w.size.Accounts, "accounts", 2000, "how many accounts the organization has")
	flags.Uint64Var(&w.size.Seed, "seed", 1, "which of all organizations of this size it is")
	flags.IntVar(&w.size.LargeImages, "large", 1000, "how many images a large unit has")
	regions := flags.String("regions", strings.Join(estate.DefaultRegions(), ","), "the regions that all accounts have enabled")
	flags.DurationVar(&w.latency, "latency", 0, "how long every answer takes")
	flags.Float64Var(&w.speed, "buckets", 0, "refuse what exceeds AWS's rates, in a time so many times faster; 0 refuses nothing")
	flags.StringVar(&w.env, "env", "", "also write the variables to this `FILE`, once requests are answered")
	flags.StringVar(&w.listen, "listen", "127.0.0.1:0", "the address to listen on")
	if err := flags.Parse(arguments); err != nil {
		return w, err
	}
	w.size.Regions = strings.FieldsFunc(*regions, func(r rune) bool { return r == ',' })
	if flags.NArg() > 0 || w.speed < 0 {
		return w, fmt.Errorf("want no arguments and a speed of 0 or more, not %q and %g", flags.Args(), w.speed)
	}
	return w, nil
}

// run serves until the context ends, and then says what was asked.
func run(ctx context.Context, arguments []string, out, messages io.Writer) error {
	w, err := readFlags(arguments, messages)
	if err != nil {
		return err
	}
	stub, err := w.stub()
	if err != nil {
		return err
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", w.listen)
	if err != nil {
		return fmt.Errorf("serve the organization: %w", err)
	}
	server := &http.Server{Handler: stub, ReadHeaderTimeout: 10 * time.Second}
	defer context.AfterFunc(ctx, func() { _ = server.Close() })()
	variables := environment(listener.Addr().String(), w.size.Regions)
	if err := w.announce(out, variables); err != nil {
		return err
	}
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve the organization: %w", err)
	}
	calls, throttled, writes := sum(stub.Calls()), sum(stub.Throttled()), len(stub.Writes())
	fmt.Fprintf(messages, "%d requests, %d of them throttled, %d that write\n", calls, throttled, writes)
	return nil
}

// announce says where the organization is.
func (w wishes) announce(out io.Writer, variables []string) error {
	if w.env != "" {
		if err := os.WriteFile(w.env, []byte(strings.Join(variables, "\n")+"\n"), 0o600); err != nil {
			return fmt.Errorf("write the variables: %w", err)
		}
	}
	_, err := fmt.Fprintln(out, strings.Join(variables, " "))
	return err
}

func (w wishes) stub() (*awsstub.Stub, error) {
	e, err := estate.New(w.size)
	if err != nil {
		return nil, err
	}
	options := []awsstub.Option{awsstub.CountOnly(), awsstub.Latency(w.latency),
		awsstub.Credentials(map[string]string{accessKey: e.Accounts()[0]})}
	if w.speed > 0 {
		options = append(options, awsstub.Buckets(hasten(time.Now, w.speed)))
	}
	return awsstub.NewFrom(e, options...)
}

// hasten returns a clock that runs so many times faster from now on.
func hasten(clock func() time.Time, speed float64) func() time.Time {
	begin := clock()
	return func() time.Time { return begin.Add(time.Duration(float64(clock().Sub(begin)) * speed)) }
}

// environment leads AWS clients here and leaves them no way to AWS.
func environment(address string, regions []string) []string {
	region := regions[0]
	if slices.Contains(regions, "us-east-1") {
		region = "us-east-1"
	}
	return []string{
		"AWS_ENDPOINT_URL=http://" + address, "AWS_ACCESS_KEY_ID=" + accessKey, "AWS_SECRET_ACCESS_KEY=none", "AWS_REGION=" + region,
		"AWS_CONFIG_FILE=/dev/null", "AWS_SHARED_CREDENTIALS_FILE=/dev/null", "AWS_EC2_METADATA_DISABLED=true",
	}
}

func sum(counts map[string]int) (total int) {
	for _, n := range counts {
		total += n
	}
	return total
}
