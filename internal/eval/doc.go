// Package eval turns policies and linked resources into findings. It is the only room that knows OPA.
//
// Policies are plain Rego, compiled once and shared by all workers. What a policy reads is found in its compiled code.
// A verdict has three values: where a fact that a policy reads is no answer, the policy is evaluated partially with that
// fact as an unknown, and only what holds whatever the fact may be is called fail or pass.
package eval
