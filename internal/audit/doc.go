// Package audit is the line itself: collect or load an inventory, link it, judge it, pass the gate, report. It joins the
// rooms and holds no knowledge of its own about AWS, OPA or formats. Commands call it; it reads no flag, environment,
// terminal or clock.
package audit
