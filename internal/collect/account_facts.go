package collect

import (
	"reflect"

	ec2types "github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/aws/aws-sdk-go-v2/service/organizations/types"

	"github.com/amiscan/amiscan/internal/inventory"
)

var (
	accountFact = ref(inventory.Account, "account")
	tagsFact    = ref(inventory.Account, "tags")
	regionsFact = ref(inventory.Account, "regions")
)

// accountFacts are the facts of accounts. No unit collects them: they are read before the first unit of an account is, and
// stand in the global units.
func accountFacts() []collector {
	calls := inventory.Calls{Of: inventory.Account, Each: accountsPage}
	return []collector{
		{FactType: inventory.FactType{
			FactRef: accountFact, ListedBy: accountFact, Scope: inventory.OrganizationScope, Action: "organizations:ListAccounts",
			Calls: calls, Besides: treeCalls(),
			Meaning: "The account as `aws organizations list-accounts` prints it, but for the mail address, with the path of its " +
				"organizational units; read with --org.",
		}, value: reflect.TypeFor[types.Account]()},
		{FactType: inventory.FactType{
			FactRef: tagsFact, ListedBy: accountFact, Scope: inventory.OrganizationScope, Action: "organizations:ListTagsForResource",
			Calls: inventory.Calls{Of: inventory.Account, Each: 1},
			Meaning: "The tags of the account, as `aws organizations list-tags-for-resource` prints them; read where accounts are " +
				"chosen by their tags.",
		}, value: reflect.TypeFor[[]types.Tag]()},
		{FactType: inventory.FactType{
			FactRef: regionsFact, ListedBy: accountFact, Scope: inventory.OrganizationScope, Action: "ec2:DescribeRegions",
			Calls:   inventory.Calls{Of: inventory.Account, Each: 1},
			Meaning: "The regions that the account has enabled, as `aws ec2 describe-regions` prints them.",
		}, value: reflect.TypeFor[[]ec2types.Region]()},
	}
}

// treeCalls are made only where ListAccounts does not tell where an account stands in the tree.
func treeCalls() []inventory.Call {
	each := inventory.Calls{Of: inventory.Account, Each: accountsPage}
	return []inventory.Call{
		{Action: "organizations:ListRoots", Calls: inventory.Calls{Least: 1}},
		{Action: "organizations:ListOrganizationalUnitsForParent", Calls: each},
		{Action: "organizations:ListAccountsForParent", Calls: each},
	}
}
