package link

import (
	"encoding/json"
	"strings"

	"github.com/amiscan/amiscan/internal/inventory"
)

var (
	recycledImageFact   = ref(inventory.RecycledImage, "recycled_image")
	foreignSnapshotFact = ref(inventory.ForeignSnapshot, "snapshot")
	keyPolicyFact       = ref(inventory.KMSKey, "key_policy")
	roleGrantsFact      = ref(inventory.KMSKey, "service_role_grants")
	targetFact          = ref(inventory.KMSAlias, "target")
	defaultKeyFact      = ref(inventory.Settings, "ebs_default_kms_key")
	instanceTypeFact    = ref(inventory.InstanceType, "instance_type")
	offeringsFact       = ref(inventory.InstanceType, "offerings")
	securityGroupFact   = ref(inventory.SecurityGroup, "security_group")
	subnetFact          = ref(inventory.Subnet, "subnet")
	keyPairFact         = ref(inventory.KeyPair, "key_pair")
	profileFact         = ref(inventory.InstanceProfile, "instance_profile")
)

// launchNames is what launch data names.
type launchNames struct {
	KeyName           string
	SecurityGroupIDs  []string `json:"SecurityGroupIds"`
	NetworkInterfaces []struct {
		SubnetID string `json:"SubnetId"`
		Groups   []string
	}
	IamInstanceProfile  struct{ Arn, Name string }
	BlockDeviceMappings []struct {
		Ebs struct {
			SnapshotID string `json:"SnapshotId"`
			KmsKeyID   string `json:"KmsKeyId"`
		}
	}
}

// names reads what a launch names; a launch of something missing names nothing.
func (l launch) names() launchNames {
	var names launchNames
	_ = json.Unmarshal(l.Data, &names)
	return names
}

func securityGroupsOf(l launch) []string {
	names := l.names()
	ids := names.SecurityGroupIDs
	for _, n := range names.NetworkInterfaces {
		ids = append(ids, n.Groups...)
	}
	return ids
}

func subnetsOf(l launch) []string {
	var ids []string
	for _, n := range l.names().NetworkInterfaces {
		ids = append(ids, n.SubnetID)
	}
	return append(ids, l.subnets...)
}

func keyPairOf(l launch) []string { return []string{l.names().KeyName} }

func profilesOf(l launch) []string {
	profile := l.names().IamInstanceProfile
	if _, path, ok := strings.Cut(profile.Arn, ":instance-profile/"); ok {
		return []string{path[strings.LastIndex(path, "/")+1:]}
	}
	return []string{profile.Name}
}

// keysNamed are the keys that launch data names, as it names them.
func keysNamed(l launch) []string {
	var names []string
	for _, m := range l.names().BlockDeviceMappings {
		names = append(names, m.Ebs.KmsKeyID)
	}
	return names
}

func snapshotsNamed(l launch) []string {
	var names []string
	for _, m := range l.names().BlockDeviceMappings {
		names = append(names, m.Ebs.SnapshotID)
	}
	return names
}
