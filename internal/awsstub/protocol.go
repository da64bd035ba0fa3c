package awsstub

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"net/http"
	"net/url"
	"strings"
)

// reply is an answer before it is written.
type reply struct {
	status      int
	contentType string
	body        []byte
	// headers are further headers.
	headers map[string]string
	// travel is how the answer reaches the caller.
	travel travel
}

// message is a request before it is understood.
type message struct {
	method string
	target *url.URL
	header http.Header
	body   []byte
}

// protocol is one of AWS's wire protocols.
type protocol interface {
	// read returns the action and the parameters of a request.
	read(m message) (action string, parameters map[string]string, err error)
	// success wraps the content of an answer.
	success(action, requestID string, content []byte) reply
	// failure spells an error.
	failure(e apiError, requestID string) reply
}

const (
	xmlType = "text/xml;charset=UTF-8"
	amzJSON = "application/x-amz-json-1.1"
	xmlHead = `<?xml version="1.0" encoding="UTF-8"?>` + "\n"
)

// ec2Protocol is the EC2 query protocol: a form in, XML out, lists flattened.
type ec2Protocol struct{}

const ec2Namespace = ` xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">`

func (ec2Protocol) read(m message) (string, map[string]string, error) { return readForm(m.body) }

func (ec2Protocol) success(action, requestID string, content []byte) reply {
	name := action + "Response"
	head := xmlHead + "<" + name + ec2Namespace + "<requestId>" + requestID + "</requestId>"
	return xmlReply(http.StatusOK, head, content, "</"+name+">")
}

func (ec2Protocol) failure(e apiError, requestID string) reply {
	return xmlReply(e.status, xmlHead+"<Response><Errors><Error>", xmlError(e),
		"</Error></Errors><RequestID>"+requestID+"</RequestID></Response>")
}

// queryProtocol is the AWS query protocol of STS, Auto Scaling and IAM, which have a namespace each.
type queryProtocol struct{ namespace string }

func (p queryProtocol) open(element string) string {
	return "<" + element + ` xmlns="` + p.namespace + `">`
}

func (queryProtocol) read(m message) (string, map[string]string, error) { return readForm(m.body) }

func (p queryProtocol) success(action, requestID string, content []byte) reply {
	head := xmlHead + p.open(action+"Response") + "<" + action + "Result>"
	return xmlReply(http.StatusOK, head, content, "</"+action+"Result><ResponseMetadata><RequestId>"+requestID+
		"</RequestId></ResponseMetadata></"+action+"Response>")
}

func (p queryProtocol) failure(e apiError, requestID string) reply {
	return xmlReply(e.status, xmlHead+p.open("ErrorResponse")+"<Error><Type>Sender</Type>", xmlError(e),
		"</Error><RequestId>"+requestID+"</RequestId></ErrorResponse>")
}

// jsonProtocol is AWS JSON 1.1: the action stands in a header, behind the service's target prefix.
type jsonProtocol struct{ target string }

func (p jsonProtocol) read(m message) (string, map[string]string, error) {
	// A service may have a namespace before its name, which the SDKs for Go leave out.
	target := "." + m.header.Get("X-Amz-Target")
	dot := strings.LastIndex(target, ".")
	action := target[dot+1:]
	if !strings.HasSuffix(target[:dot], "."+p.target) || action == "" {
		return "", nil, invalid("UnknownOperationException", "the target header names no operation of "+p.target)
	}
	parameters, err := readJSON(m.body)
	return action, parameters, err
}

func (jsonProtocol) success(_, _ string, content []byte) reply {
	return reply{status: http.StatusOK, contentType: amzJSON, body: content}
}

func (jsonProtocol) failure(e apiError, _ string) reply {
	// Two strings always marshal.
	body, _ := json.Marshal(map[string]string{"__type": e.code, "message": e.message})
	headers := map[string]string{"X-Amzn-Errortype": e.code}
	return reply{status: e.status, contentType: amzJSON, body: body, headers: headers}
}

func xmlReply(status int, head string, content []byte, tail string) reply {
	body := make([]byte, 0, len(head)+len(content)+len(tail))
	body = append(append(append(body, head...), content...), tail...)
	return reply{status: status, contentType: xmlType, body: body}
}

func xmlError(e apiError) []byte {
	var out bytes.Buffer
	writeText(&out, "Code", e.code)
	writeText(&out, "Message", e.message)
	return out.Bytes()
}

// writeText writes one element with text in it; what XML cannot carry becomes U+FFFD.
func writeText(out *bytes.Buffer, tag, s string) {
	out.WriteString("<" + tag + ">")
	_ = xml.EscapeText(out, []byte(s)) // a bytes.Buffer never fails
	out.WriteString("</" + tag + ">")
}

// readForm reads the parameters of the query protocols. A parameter that is there twice has no one meaning.
func readForm(body []byte) (string, map[string]string, error) {
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return "", nil, invalid("MalformedQueryString", "the body is no form")
	}
	parameters := make(map[string]string, len(form))
	for name, values := range form {
		if len(values) > 1 {
			return "", nil, invalid("MalformedQueryString", "the parameter "+name+" is there twice")
		}
		if name != "Action" && name != "Version" {
			parameters[name] = values[0]
		}
	}
	if form.Get("Action") == "" {
		return "", nil, invalid("MissingAction", "the request names no action")
	}
	return form.Get("Action"), parameters, nil
}
