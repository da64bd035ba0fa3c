package collect

import (
	"context"
	"fmt"
	"net/url"
	"reflect"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/iam/types"

	"github.com/amiscan/amiscan/internal/inventory"
)

// instanceProfile is IAM's InstanceProfile with the trust policies of its roles parsed, as the AWS CLI prints them.
type instanceProfile struct {
	Arn                 *string
	CreateDate          *time.Time
	InstanceProfileId   *string
	InstanceProfileName *string
	Path                *string
	Roles               []profileRole
	Tags                []types.Tag
}

type profileRole struct {
	Arn                      *string
	AssumeRolePolicyDocument *policyDocument
	CreateDate               *time.Time
	Description              *string
	MaxSessionDuration       *int32
	Path                     *string
	PermissionsBoundary      *types.AttachedPermissionsBoundary
	RoleId                   *string
	RoleLastUsed             *types.RoleLastUsed
	RoleName                 *string
	SourceRoleTemplate       *types.SourceRoleTemplate
	Tags                     []types.Tag
}

// instanceProfiles collects the instance profiles that launches name, one call a profile.
func instanceProfiles() collector {
	c := collector{
		FactType: inventory.FactType{
			FactRef: ref(inventory.InstanceProfile, "instance_profile"), Scope: inventory.UnitScope,
			Action: "iam:GetInstanceProfile",
			Calls:  inventory.Calls{Of: inventory.InstanceProfile, Each: 1},
			Meaning: "An instance profile that a launch names, as `aws iam get-instance-profile` prints it; in its trust " +
				"policies, what may be one value or a list is always a list.",
		},
		after: launcherFacts,
		value: reflect.TypeFor[instanceProfile](),
	}
	c.collect = func(ctx context.Context, u *unit) error {
		err := each(ctx, u.instanceProfilesNamed(), func(ctx context.Context, name string) {
			u.put(c.FactRef, name, u.instanceProfile(ctx, c.FactType, name))
		})
		u.cover(c, nil)
		u.whole(c)
		return err
	}
	return c
}

func (u *unit) instanceProfile(ctx context.Context, c inventory.FactType, name string) inventory.Fact {
	out, err := call(ctx, u, c.Action, func(ctx context.Context) (*iam.GetInstanceProfileOutput, error) {
		return u.clients.GetInstanceProfile(ctx, &iam.GetInstanceProfileInput{InstanceProfileName: aws.String(name)})
	})
	if err != nil {
		return gap(c, err)
	}
	profile, err := readProfile(out.InstanceProfile)
	if err != nil {
		return inventory.Fact{Status: inventory.Error, Action: c.Action, Code: "MalformedPolicyDocument"}
	}
	return known(c, profile)
}

func readProfile(p *types.InstanceProfile) (*instanceProfile, error) {
	if p == nil {
		return nil, nil //nolint:nilnil // what IAM left out is no answer, and is said so where answers are judged
	}
	profile := &instanceProfile{
		Arn: p.Arn, CreateDate: p.CreateDate, InstanceProfileId: p.InstanceProfileId,
		InstanceProfileName: p.InstanceProfileName, Path: p.Path, Tags: p.Tags,
	}
	if p.Roles != nil {
		profile.Roles = make([]profileRole, len(p.Roles))
	}
	for i, r := range p.Roles {
		document, err := readTrust(r.AssumeRolePolicyDocument)
		if err != nil {
			return nil, err
		}
		profile.Roles[i] = profileRole{
			Arn: r.Arn, AssumeRolePolicyDocument: document, CreateDate: r.CreateDate, Description: r.Description,
			MaxSessionDuration: r.MaxSessionDuration, Path: r.Path, PermissionsBoundary: r.PermissionsBoundary,
			RoleId: r.RoleId, RoleLastUsed: r.RoleLastUsed, RoleName: r.RoleName, SourceRoleTemplate: r.SourceRoleTemplate,
			Tags: r.Tags,
		}
	}
	return profile, nil
}

// readTrust reads a trust policy, which IAM gives percent-encoded (RFC 3986).
func readTrust(text *string) (*policyDocument, error) {
	if text == nil {
		return nil, nil //nolint:nilnil // an answer without the policy says nothing about it
	}
	plain, err := url.PathUnescape(*text)
	if err != nil {
		return nil, fmt.Errorf("read trust policy: %w", err)
	}
	document, err := parsePolicy(plain)
	return &document, err
}
