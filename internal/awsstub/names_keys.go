package awsstub

// What KMS sends of rotation, grants and key policies; the names of a policy are those of the IAM policy grammar. In the
// inventory, a policy has lists wherever the grammar also takes a single value.

var keyRotationShape = shape{
	"KeyId":                     text,
	"KeyRotationEnabled":        flag,
	"NextRotationDate":          instant,
	"OnDemandRotationStartDate": instant,
	"RotationPeriodInDays":      whole,
}

var aliasTargetShape = shape{
	"Arn":      text,
	"KmsKeyId": text,
}

var grantShape = shape{
	"Constraints":              group(grantConstraintsShape),
	"CreationDate":             instant,
	"GrantId":                  text,
	"GranteePrincipal":         text,
	"GranteeServicePrincipal":  text,
	"IssuingAccount":           text,
	"KeyId":                    text,
	"Name":                     text,
	"Operations":               array(text),
	"RetiringPrincipal":        text,
	"RetiringServicePrincipal": text,
}

var grantConstraintsShape = shape{
	"EncryptionContextEquals": mapOf(text),
	"EncryptionContextSubset": mapOf(text),
	"SourceArn":               text,
}

var keyPolicyShape = shape{
	"Id":        text,
	"Statement": array(group(statementShape)),
	"Version":   text,
}

var statementShape = shape{
	"Action":       array(text),
	"Condition":    mapOf(mapOf(array(text))),
	"Effect":       text,
	"NotAction":    array(text),
	"NotPrincipal": group(principalShape),
	"NotResource":  array(text),
	"Principal":    group(principalShape),
	"Resource":     array(text),
	"Sid":          text,
}

var principalShape = shape{
	"AWS":           array(text),
	"CanonicalUser": array(text),
	"Federated":     array(text),
	"Service":       array(text),
}
