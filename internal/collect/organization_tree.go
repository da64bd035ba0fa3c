package collect

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/organizations/types"
)

// walkTree walks the organization from its roots down and returns the path of each account in the form of Account.Paths:
// "o-…/r-…/ou-…/".
func (u *unit) walkTree(ctx context.Context, organization string) (map[string]string, error) {
	roots, err := pages(ctx, u, "organizations:ListRoots",
		func(ctx context.Context, token *string) ([]types.Root, *string, error) {
			out, err := u.clients.ListRoots(ctx, &organizations.ListRootsInput{NextToken: token})
			if err != nil {
				return nil, nil, err
			}
			return listOf(out.Roots, out.NextToken)
		})
	paths := map[string]string{}
	for _, root := range roots {
		if err == nil {
			id := aws.ToString(root.Id)
			err = u.walkBranch(ctx, id, organization+"/"+id+"/", paths)
		}
	}
	return paths, err
}

// walkBranch notes the accounts right below a root or an organizational unit and goes on with the units below it. An
// organization has five levels at most.
func (u *unit) walkBranch(ctx context.Context, id, path string, paths map[string]string) error {
	accounts, err := u.accountsBelow(ctx, id)
	if err != nil {
		return err
	}
	for _, account := range accounts {
		paths[aws.ToString(account.Id)] = path
	}
	units, err := u.unitsBelow(ctx, id)
	if err != nil {
		return err
	}
	for _, below := range units {
		id := aws.ToString(below.Id)
		if err := u.walkBranch(ctx, id, path+id+"/", paths); err != nil {
			return err
		}
	}
	return nil
}

func (u *unit) accountsBelow(ctx context.Context, id string) ([]types.Account, error) {
	return pages(ctx, u, "organizations:ListAccountsForParent",
		func(ctx context.Context, token *string) ([]types.Account, *string, error) {
			out, err := u.clients.ListAccountsForParent(ctx, &organizations.ListAccountsForParentInput{
				ParentId: aws.String(id), NextToken: token,
			})
			if err != nil {
				return nil, nil, err
			}
			return listOf(out.Accounts, out.NextToken)
		})
}

func (u *unit) unitsBelow(ctx context.Context, id string) ([]types.OrganizationalUnit, error) {
	return pages(ctx, u, "organizations:ListOrganizationalUnitsForParent",
		func(ctx context.Context, token *string) ([]types.OrganizationalUnit, *string, error) {
			out, err := u.clients.ListOrganizationalUnitsForParent(ctx, &organizations.ListOrganizationalUnitsForParentInput{
				ParentId: aws.String(id), NextToken: token,
			})
			if err != nil {
				return nil, nil, err
			}
			return listOf(out.OrganizationalUnits, out.NextToken)
		})
}
