// Package collect reads the state of machine images and of what stands around them from AWS and turns it into inventory.
// One file holds one fact. It never calls an API that writes: a test walks every operation that the clients hold.
//
// What could not be read becomes a fact with a status, never an empty value: one table in errors.go turns AWS's error
// codes, and answers without a code, into statuses. It must not import OPA, SARIF or the command line.
package collect
