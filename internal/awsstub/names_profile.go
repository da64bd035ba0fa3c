package awsstub

// The members of IAM's types.InstanceProfile and of what stands in it.

var iamProfileShape = asWritten(shape{
	"Arn":                 text,
	"CreateDate":          instant,
	"InstanceProfileId":   text,
	"InstanceProfileName": text,
	"Path":                text,
	"Roles":               members(group(iamRoleShape)),
	"Tags":                members(group(iamTagShape)),
})

var iamRoleShape = asWritten(shape{
	"Arn":                      text,
	"AssumeRolePolicyDocument": policy,
	"CreateDate":               instant,
	"Description":              text,
	"MaxSessionDuration":       whole,
	"Path":                     text,
	"PermissionsBoundary":      group(iamBoundaryShape),
	"RoleId":                   text,
	"RoleLastUsed":             group(iamRoleLastUsedShape),
	"RoleName":                 text,
	"SourceRoleTemplate":       group(iamSourceRoleTemplateShape),
	"Tags":                     members(group(iamTagShape)),
})

var iamTagShape = asWritten(shape{
	"Key":   text,
	"Value": text,
})

var iamSourceRoleTemplateShape = asWritten(shape{
	"TemplateArn":          text,
	"TemplateMinorVersion": whole,
})

var iamRoleLastUsedShape = asWritten(shape{
	"LastUsedDate": instant,
	"Region":       text,
})

var iamBoundaryShape = asWritten(shape{
	"PermissionsBoundaryArn":  text,
	"PermissionsBoundaryType": text,
})
