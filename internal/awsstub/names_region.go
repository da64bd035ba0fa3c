package awsstub

// The members of types.Region.

var regionShape = shape{
	"Endpoint":    text.named("regionEndpoint"),
	"Geography":   list("geographySet", group(regionGeographyShape)),
	"OptInStatus": text,
	"RegionName":  text,
}

var regionGeographyShape = shape{
	"Name": text,
}
