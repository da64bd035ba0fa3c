package awsstub

// What KMS, Organizations and SSM send as JSON. Members are named as they are printed; only times differ:
// the wire carries seconds since 1970 (AWS JSON 1.1), the inventory RFC 3339.

var keyShape = shape{
	"AWSAccountId":                text,
	"Arn":                         text,
	"CloudHsmClusterId":           text,
	"CreationDate":                instant,
	"CurrentKeyMaterialId":        text,
	"CustomKeyStoreId":            text,
	"CustomerMasterKeySpec":       text,
	"DeletionDate":                instant,
	"Description":                 text,
	"Enabled":                     flag,
	"EncapsulationAlgorithms":     array(text),
	"EncryptionAlgorithms":        array(text),
	"ExpirationModel":             text,
	"KeyAgreementAlgorithms":      array(text),
	"KeyId":                       text,
	"KeyManager":                  text,
	"KeySpec":                     text,
	"KeyState":                    text,
	"KeyUsage":                    text,
	"MacAlgorithms":               array(text),
	"MultiRegion":                 flag,
	"MultiRegionConfiguration":    group(multiRegionShape),
	"Origin":                      text,
	"PendingDeletionWindowInDays": whole,
	"SigningAlgorithms":           array(text),
	"ValidTo":                     instant,
	"XksKeyConfiguration":         group(xksShape),
}

var multiRegionShape = shape{
	"MultiRegionKeyType": text,
	"PrimaryKey":         group(multiRegionKeyShape),
	"ReplicaKeys":        array(group(multiRegionKeyShape)),
}

var multiRegionKeyShape = shape{
	"Arn":    text,
	"Region": text,
}

var xksShape = shape{
	"Id": text,
}

var organizationShape = shape{
	"Arn":                  text,
	"AvailablePolicyTypes": array(group(policyTypeShape)),
	"FeatureSet":           text,
	"Id":                   text,
	"MasterAccountArn":     text,
	"MasterAccountEmail":   text,
	"MasterAccountId":      text,
}

var policyTypeShape = shape{
	"Status": text,
	"Type":   text,
}

var parameterMetadataShape = shape{
	"ARN":              text,
	"AllowedPattern":   text,
	"DataType":         text,
	"Description":      text,
	"KeyId":            text,
	"LastModifiedDate": instant,
	"LastModifiedUser": text,
	"Name":             text,
	"Policies":         array(group(parameterPolicyShape)),
	"Tier":             text,
	"Type":             text,
	"Version":          whole,
}

var parameterPolicyShape = shape{
	"PolicyStatus": text,
	"PolicyText":   text,
	"PolicyType":   text,
}

var parameterShape = shape{
	"ARN":              text,
	"DataType":         text,
	"LastModifiedDate": instant,
	"Name":             text,
	"Selector":         text,
	"SourceResult":     text,
	"Type":             text,
	"Value":            text,
	"Version":          whole,
}
