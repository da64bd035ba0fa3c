package collect

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/smithy-go/middleware"
)

// in is a configuration whose clients keep the pace. The account is that of the credentials: AWS counts calls by it, those
// of STS and Organizations as well.
func (p *Pace) in(cfg aws.Config, account, region string) aws.Config {
	if p == nil {
		return cfg
	}
	cfg = cfg.Copy()
	cfg.APIOptions = append(slices.Clone(cfg.APIOptions), pacedCalls{p, account, region}.addTo)
	return cfg
}

// pacedCalls are the calls of one account in one region.
type pacedCalls struct {
	pace            *Pace
	account, region string
}

// addTo paces every attempt of an operation, not the operation: AWS counts attempts. A token is waited for right after the
// SDK's retry loop. The slot comes later, between the credentials, which may take calls of their own and must not wait for
// one another, and the signature, which must not grow old.
func (c pacedCalls) addTo(stack *middleware.Stack) error {
	bound := middleware.InitializeMiddlewareFunc("amiscan:wireTime", boundCall)
	token := middleware.FinalizeMiddlewareFunc("amiscan:token", c.withToken)
	slot := middleware.FinalizeMiddlewareFunc("amiscan:slot", c.withSlot)
	return errors.Join(
		stack.Initialize.Add(bound, middleware.Before),
		stack.Finalize.Insert(token, "Retry", middleware.After),
		stack.Finalize.Insert(slot, "Signing", middleware.Before),
	)
}

// boundCall bounds the time that the call is on the wire.
func boundCall(
	ctx context.Context, in middleware.InitializeInput, next middleware.InitializeHandler,
) (middleware.InitializeOutput, middleware.Metadata, error) {
	ctx, end := withWireTime(ctx, callLimit)
	defer end()
	out, metadata, err := next.HandleInitialize(ctx, in)
	if err != nil && errors.Is(context.Cause(ctx), errNoAnswer) {
		err = fmt.Errorf("%w: %w", errNoAnswer, err)
	}
	return out, metadata, err
}

// withToken makes an attempt with a token, and tells the bucket what came of it.
func (c pacedCalls) withToken(
	ctx context.Context, in middleware.FinalizeInput, next middleware.FinalizeHandler,
) (middleware.FinalizeOutput, middleware.Metadata, error) {
	operation := sdkOperation{awsmiddleware.GetServiceID(ctx), awsmiddleware.GetOperationName(ctx)}
	b := c.pace.borrow(c.account, c.region, operation)
	defer c.pace.giveBack(b)
	taken, err := b.take(ctx, c.pace.clock)
	if err != nil {
		return middleware.FinalizeOutput{}, middleware.Metadata{}, &aws.RequestCanceledError{Err: err}
	}
	out, metadata, err := next.HandleFinalize(ctx, in)
	b.note(taken, c.pace.clock.now(), err)
	return out, metadata, err
}

// note tells a bucket what an attempt ended with. What was not answered at all says nothing.
func (b *bucket) note(taken, now time.Time, err error) {
	switch {
	case IsThrottled(err):
		b.throttled(taken, now)
	case err == nil || ErrorCode(err) != "":
		b.answered(now)
	}
}

// withSlot makes an attempt while it has one of the run's slots.
func (c pacedCalls) withSlot(
	ctx context.Context, in middleware.FinalizeInput, next middleware.FinalizeHandler,
) (middleware.FinalizeOutput, middleware.Metadata, error) {
	select {
	case c.pace.slots <- struct{}{}:
	case <-ctx.Done():
		return middleware.FinalizeOutput{}, middleware.Metadata{}, &aws.RequestCanceledError{Err: ctx.Err()}
	}
	defer func() { <-c.pace.slots }()
	defer onTheWire(ctx)()
	return next.HandleFinalize(ctx, in)
}
