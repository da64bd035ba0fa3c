package iampolicy

// Describing and listing in EC2 knows no narrower resource than "*" (Service Authorization Reference, "Actions defined by
// Amazon EC2"); for keys, each key's own policy decides beside this.
const jsonForm = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "AmiscanReads",
      "Effect": "Allow",
      "Action": [
{{- range $i, $a := .Actions}}
        "{{$a}}"{{if not (last $i $.Actions)}},{{end}}
{{- end}}
      ],
      "Resource": "*"
    }
  ]
}
`

// A session needs an hour at the most: roles that are assumed from roles get no more (STS, AssumeRole).
const cloudFormationForm = `AWSTemplateFormatVersion: "2010-09-09"
Description: "Read-only role of amiscan for {{.Policies}}"
Parameters:
  TrustedPrincipalArn:
    Type: String
    Description: ARN of the role or user that runs amiscan
  ExternalId:
    Type: String
    Default: ""
    Description: Demanded of whoever assumes the role; empty for none
Conditions:
  HasExternalId: !Not [!Equals [!Ref ExternalId, ""]]
Resources:
  AmiscanRole:
    Type: AWS::IAM::Role
    Properties:
      RoleName: {{.Name}}
      MaxSessionDuration: 3600
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal:
              AWS: !Ref TrustedPrincipalArn
            Action: sts:AssumeRole
            Condition: !If
              - HasExternalId
              - StringEquals:
                  sts:ExternalId: !Ref ExternalId
              - !Ref AWS::NoValue
      Policies:
        - PolicyName: amiscan-reads
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - Sid: AmiscanReads
                Effect: Allow
                Action:
{{- range .Actions}}
                  - {{.}}
{{- end}}
                Resource: "*"
Outputs:
  RoleArn:
    Value: !GetAtt AmiscanRole.Arn
`

const terraformForm = `# Read-only role of amiscan for {{.Policies}}

variable "trusted_principal_arn" {
  description = "ARN of the role or user that runs amiscan"
  type        = string
}

variable "external_id" {
  description = "Demanded of whoever assumes the role; empty for none"
  type        = string
  default     = ""
}

data "aws_iam_policy_document" "amiscan_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "AWS"
      identifiers = [var.trusted_principal_arn]
    }

    dynamic "condition" {
      for_each = var.external_id == "" ? [] : [var.external_id]
      content {
        test     = "StringEquals"
        variable = "sts:ExternalId"
        values   = [condition.value]
      }
    }
  }
}

data "aws_iam_policy_document" "amiscan_reads" {
  statement {
    sid       = "AmiscanReads"
    resources = ["*"]
    actions = [
{{- range .Actions}}
      "{{.}}",
{{- end}}
    ]
  }
}

resource "aws_iam_role" "amiscan" {
  name                 = "{{.Name}}"
  assume_role_policy   = data.aws_iam_policy_document.amiscan_trust.json
  max_session_duration = 3600
}

resource "aws_iam_role_policy" "amiscan_reads" {
  name   = "amiscan-reads"
  role   = aws_iam_role.amiscan.id
  policy = data.aws_iam_policy_document.amiscan_reads.json
}

output "role_arn" {
  value = aws_iam_role.amiscan.arn
}
`
