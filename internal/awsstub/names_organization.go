package awsstub

// What Organizations tells of an account.

var accountShape = shape{
	"Arn":             text,
	"Email":           text,
	"Id":              text,
	"JoinedMethod":    text,
	"JoinedTimestamp": instant,
	"Name":            text,
	"Paths":           array(text),
	"State":           text,
	"Status":          text,
}
