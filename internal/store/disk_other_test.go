//go:build !unix

package store

import "errors"

// putSmall needs a limit that other systems do not have.
func putSmall(string) error { return errors.ErrUnsupported }
