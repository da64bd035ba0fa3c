package awsstub

// What the Recycle Bin sends of its retention rules.

var recycleBinSummaryShape = shape{
	"Description":     text,
	"Identifier":      text,
	"LockState":       text,
	"RetentionPeriod": group(retentionPeriodShape),
	"RuleArn":         text,
}

var retentionPeriodShape = shape{
	"RetentionPeriodUnit":  text,
	"RetentionPeriodValue": whole,
}

var recycleBinRuleShape = shape{
	"Description":         text,
	"ExcludeResourceTags": array(group(resourceTagShape)),
	"Identifier":          text,
	"LockConfiguration":   group(lockConfigurationShape),
	"LockEndTime":         instant,
	"LockState":           text,
	"ResourceTags":        array(group(resourceTagShape)),
	"ResourceType":        text,
	"RetentionPeriod":     group(retentionPeriodShape),
	"RuleArn":             text,
	"Status":              text,
}

var resourceTagShape = shape{
	"ResourceTagKey":   text,
	"ResourceTagValue": text,
}

var lockConfigurationShape = shape{
	"UnlockDelay": group(unlockDelayShape),
}

var unlockDelayShape = shape{
	"UnlockDelayUnit":  text,
	"UnlockDelayValue": whole,
}
