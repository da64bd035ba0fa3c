package report

import (
	"strconv"
	"strings"

	"github.com/owenrumney/go-sarif/v2/sarif"

	"github.com/amiscan/amiscan/internal/finding"
)

// suppression is the mark of an exception or a baseline, neither of which stands beside the result: both are external.
// Only accepted exceptions suppress, so there is no other status.
func (s *sarifRun) suppression(mark finding.Suppression) *sarif.Suppression {
	suppression := sarif.NewSuppression("external").WithStatus("accepted").WithJustifcation(s.justification(mark))
	if mark.ID != "" {
		suppression.WithGuid(guidOf("exception", mark.ID))
	}
	if place := exceptionPlace(mark.Place); place != nil {
		suppression.WithLocation(place)
	}
	return suppression
}

// justification is why, by whom, where decided and until when.
func (s *sarifRun) justification(mark finding.Suppression) string {
	if mark.Kind == finding.ByBaseline {
		mark.ID = orElse(mark.ID, s.header.Baseline)
	}
	return suppressionText(mark)
}

// exceptionPlace is where the exception stands, if that is a line of a file in the checkout.
func exceptionPlace(place string) *sarif.Location {
	path, number := cutLast(place, ":")
	line, err := strconv.Atoi(number)
	uri, inCheckout := sourceURI(path)
	if err != nil || line < 1 || !inCheckout {
		return nil
	}
	return sarif.NewLocationWithPhysicalLocation(physicalLocation(uri, line))
}

// cutLast cuts at the last separator; without one, all stands before it.
func cutLast(text, separator string) (before, after string) {
	at := strings.LastIndex(text, separator)
	if at < 0 {
		return text, ""
	}
	return text[:at], text[at+len(separator):]
}
