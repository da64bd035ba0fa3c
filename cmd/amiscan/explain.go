package main

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"strings"
	"syscall"

	"github.com/amiscan/amiscan/internal/collect"
	"github.com/amiscan/amiscan/internal/finding"
	"github.com/amiscan/amiscan/internal/inventory"
)

// explain tells the user what went wrong: one error: line, and a hint: line where a next step is known.
func (a *app) explain(err error) {
	a.sentences().Sentence(slog.LevelError, err.Error(), hintFor(err))
}

// warn tells what is worth knowing and no error.
func (a *app) warn(message string) { a.sentences().Sentence(slog.LevelWarn, message, "") }

// hints are the next steps after AWS's refusals at the door, by error code.
//
//nolint:gosec // sentences, no credentials
var hints = map[string]string{
	"ExpiredToken":                "the session has ended: sign in again (aws sso login, or new temporary credentials)",
	"ExpiredTokenException":       "the session has ended: sign in again (aws sso login, or new temporary credentials)",
	"RequestExpired":              "the session has ended, or this machine's clock is wrong",
	"InvalidClientTokenId":        "AWS does not know this access key, or the region is not enabled for the account",
	"SignatureDoesNotMatch":       "the secret access key does not fit the access key",
	"AuthFailure":                 "check the credentials, and that the region is enabled for the account",
	"UnrecognizedClientException": "AWS does not know this access key, or the region is not enabled for the account",
}

func hintFor(err error) string {
	var usage *usageError
	var term *finding.UnknownTermError
	var hinted interface{ Hint() string }
	switch {
	case errors.As(err, &usage):
		return usage.hint
	case errors.As(err, &hinted) && hinted.Hint() != "":
		return hinted.Hint()
	case errors.As(err, &term):
		return "`amiscan policies list` shows the known ones"
	case errors.Is(err, collect.ErrNoCredentials):
		return "sign in as for the AWS CLI (--profile, AWS_PROFILE, aws sso login), " +
			"or judge saved output without credentials: amiscan eval FILE"
	case errors.Is(err, collect.ErrNoRegion):
		return "name one with --region (or --region all), or judge saved output: amiscan eval FILE"
	case errors.Is(err, collect.ErrNoOrganization):
		return noOrganization(err)
	case unreachable(err):
		return "is AWS_ENDPOINT_URL, a proxy or a firewall in the way?"
	case strings.Contains(err.Error(), "no such host"):
		return "is the region spelt right, and is there a network?"
	}
	return hints[collect.ErrorCode(err)]
}

// unreachable reports whether nobody answered at the other end.
func unreachable(err error) bool {
	var network net.Error
	return errors.Is(err, syscall.ECONNREFUSED) || errors.Is(err, context.DeadlineExceeded) ||
		errors.As(err, &network) && network.Timeout()
}

// noOrganization says what to do where the accounts of an organization can't be listed.
func noOrganization(err error) string {
	var refused *collect.RefusedError
	switch {
	case !errors.As(err, &refused):
		return "the management account and delegated administrators may list accounts (organizations:ListAccounts); " +
			"without that, name them: --account ID"
	case refused.Status == inventory.NotFound:
		return "name accounts with --account ID"
	}
	return "--org needs " + refused.Action + "; without that, name accounts: --account ID"
}
