package awsstub

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

const plainJSON = "application/json"

// restProtocol is REST-JSON: method and path say the action; parameters stand in the path, the query and the body.
type restProtocol struct{ routes []route }

// route is one action of a REST-JSON service. A segment of the path in braces is a parameter.
type route struct{ method, path, action string }

// read finds the action. What writes has to be seen as such even where no route is known: it is named by its method.
func (p restProtocol) read(m message) (string, map[string]string, error) {
	for _, r := range p.routes {
		if inPath, ok := r.match(m); ok {
			parameters, err := readREST(m, inPath)
			return r.action, parameters, err
		}
	}
	if m.method != http.MethodGet {
		return m.method + " " + m.target.Path, nil, nil
	}
	return "", nil, &apiError{http.StatusNotFound, "UnknownOperationException", noSuchAction}
}

// match returns the parameters in the path of a request for the route.
func (r route) match(m message) (map[string]string, bool) {
	wanted, got := segments(r.path), segments(m.target.EscapedPath())
	if r.method != m.method || len(wanted) != len(got) {
		return nil, false
	}
	parameters := map[string]string{}
	for i, segment := range wanted {
		value, err := url.PathUnescape(got[i])
		if err != nil {
			return nil, false
		}
		if name, ok := strings.CutPrefix(segment, "{"); ok {
			parameters[strings.TrimSuffix(name, "}")] = value
		} else if segment != value {
			return nil, false
		}
	}
	return parameters, true
}

// segments splits a path; a slash at its end means nothing.
func segments(path string) []string { return strings.Split(strings.Trim(path, "/"), "/") }

// readREST joins the parameters of path, query and body. Lists in the query stand under one name, as in the body.
func readREST(m message, inPath map[string]string) (map[string]string, error) {
	parameters, err := readJSON(m.body)
	if err != nil {
		return nil, err
	}
	query, err := url.ParseQuery(m.target.RawQuery)
	if err != nil {
		return nil, invalid("SerializationException", "the query is no form")
	}
	for name, values := range query {
		parameters[name] = values[0]
		for i, value := range values {
			parameters[name+"."+strconv.Itoa(i+1)] = value
		}
	}
	for name, value := range inPath {
		parameters[name] = value
	}
	return parameters, nil
}

func (restProtocol) success(_, _ string, content []byte) reply {
	return reply{status: http.StatusOK, contentType: plainJSON, body: content}
}

func (restProtocol) failure(e apiError, _ string) reply {
	// Two strings always marshal.
	body, _ := json.Marshal(map[string]string{"message": e.message})
	headers := map[string]string{"X-Amzn-Errortype": e.code}
	return reply{status: e.status, contentType: plainJSON, body: body, headers: headers}
}

// restService is a service of the REST-JSON protocol.
func restService(p restProtocol) service {
	return service{
		protocol:  p,
		denied:    apiError{http.StatusForbidden, "AccessDeniedException", notAllowed},
		throttled: apiError{http.StatusTooManyRequests, "ThrottlingException", tooFast},
		stranger:  apiError{http.StatusForbidden, "UnrecognizedClientException", notKnownHere},
		expired:   apiError{http.StatusForbidden, "ExpiredTokenException", tooOld},
		unknown:   apiError{http.StatusNotFound, "UnknownOperationException", noSuchAction},
	}
}

// throttling returns the service with a code of its own for calls that come too fast.
func (v service) throttling(code string) service {
	v.throttled.code = code
	return v
}
