package collect

import (
	"cmp"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"reflect"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	astypes "github.com/aws/aws-sdk-go-v2/service/autoscaling/types"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/amiscan/amiscan/internal/inventory"
)

var (
	templateDataFact      = ref(inventory.LaunchTemplate, "user_data")
	configurationDataFact = ref(inventory.LaunchConfiguration, "user_data")
)

// userData says of user data what may be kept of it: neither the text nor a secret in it.
type userData struct {
	// VersionNumber is the version of the launch template; a launch configuration has none.
	VersionNumber *int64
	// Length counts the bytes as instances get them: decoded from base64, before anything else.
	Length int
	// Sha256 tells equal user data of one resource from different: an HMAC whose key is the resource itself, so that one
	// guessed text cannot be looked up across all resources, and yet equal states give equal inventories. Empty where there
	// is no user data.
	Sha256 string
	// Secrets are sorted by part, line and rule; at most maxSecrets.
	Secrets []secret
	// Unread says why some of it could not be searched; empty where all of it was.
	Unread string
}

// rawUserData is the text that a listing read, until it was searched.
type rawUserData struct {
	version *int64
	text    string
}

// templateUserData collects what stands in the user data of the versions that template_versions reads.
func templateUserData() collector {
	c := userDataOf(templateDataFact, versionsFact, "ec2:DescribeLaunchTemplateVersions", reflect.TypeFor[[]userData](),
		"The user data of the default and the latest version: length, keyed hash and the secrets found, never the text.")
	c.collect = func(ctx context.Context, u *unit) error {
		return u.searchUserData(ctx, c, func(found []userData) any { return found })
	}
	return c
}

// configurationUserData collects what stands in the user data of launch configurations.
func configurationUserData() collector {
	c := userDataOf(configurationDataFact, configurationFact, "autoscaling:DescribeLaunchConfigurations",
		reflect.TypeFor[userData](), "The user data: length, keyed hash and the secrets found, never the text.")
	c.collect = func(ctx context.Context, u *unit) error {
		return u.searchUserData(ctx, c, func(found []userData) any { return found[0] })
	}
	return c
}

func userDataOf(of, from inventory.FactRef, action string, value reflect.Type, meaning string) collector {
	return collector{
		FactType: inventory.FactType{
			FactRef: of, Scope: inventory.UnitScope, From: []inventory.FactRef{from}, Action: action, Meaning: meaning,
		},
		value: value,
	}
}

// searchUserData searches what the listing kept and drops it. What the listing could not read is a gap here as well.
func (u *unit) searchUserData(ctx context.Context, c collector, value func([]userData) any) error {
	for _, id := range u.ids(c.Kind) {
		raw := u.takeUserData(c.FactRef, id)
		source := u.fact(c.From[0], id)
		switch {
		case source.Status != inventory.Known:
			u.put(c.FactRef, id, inventory.Fact{Status: source.Status, Action: c.Action, Code: source.Code})
		case len(raw) == 0:
			u.put(c.FactRef, id, inventory.Fact{Status: inventory.Error, Action: c.Action, Code: "EmptyAnswer"})
		default:
			u.put(c.FactRef, id, known(c.FactType, value(u.searched(ctx, c.Kind, id, raw))))
		}
		if err := cancelled(ctx); err != nil {
			return err
		}
	}
	u.cover(c, nil)
	u.whole(c)
	return cancelled(ctx)
}

func (u *unit) searched(ctx context.Context, kind, id string, raw []rawUserData) []userData {
	key := strings.Join([]string{u.Account, u.Region, kind, id}, "\x00")
	var found []userData
	for _, r := range raw {
		found = append(found, searchedOne(ctx, key, r))
	}
	slices.SortFunc(found, func(a, b userData) int {
		return cmp.Compare(aws.ToInt64(a.VersionNumber), aws.ToInt64(b.VersionNumber))
	})
	return found
}

func searchedOne(ctx context.Context, key string, raw rawUserData) userData {
	data := userData{VersionNumber: raw.version, Secrets: []secret{}}
	if raw.text == "" {
		return data
	}
	content, parts, unread := decodeUserData(raw.text)
	data.Length, data.Sha256 = len(content), keyedHash(key, content)
	found, err := secretsIn(ctx, parts)
	data.Secrets = found
	if unread = cmp.Or(err, unread); unread != nil {
		data.Unread = unread.Error()
	}
	return data
}

func keyedHash(key string, content []byte) string {
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write(content)
	return hex.EncodeToString(mac.Sum(nil))
}

// keepUserData keeps a text for the fact that searches it, if that is wanted.
func (u *unit) keepUserData(of inventory.FactRef, id string, raw rawUserData) {
	if !u.wants(of) {
		return
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	u.userData[of.Kind+"\x00"+id] = append(u.userData[of.Kind+"\x00"+id], raw)
}

// takeUserData hands out what was kept and forgets it.
func (u *unit) takeUserData(of inventory.FactRef, id string) []rawUserData {
	u.mu.Lock()
	defer u.mu.Unlock()
	raw := u.userData[of.Kind+"\x00"+id]
	delete(u.userData, of.Kind+"\x00"+id)
	return raw
}

// keepTemplateData keeps the user data of the versions of one template.
func (u *unit) keepTemplateData(id string, versions []types.LaunchTemplateVersion) {
	for _, v := range versions {
		raw := rawUserData{version: v.VersionNumber}
		if v.LaunchTemplateData != nil {
			raw.text = aws.ToString(v.LaunchTemplateData.UserData)
		}
		u.keepUserData(templateDataFact, id, raw)
	}
}

// keepConfigurationData keeps the user data of launch configurations.
func (u *unit) keepConfigurationData(list []astypes.LaunchConfiguration) {
	for _, configuration := range list {
		raw := rawUserData{text: aws.ToString(configuration.UserData)}
		u.keepUserData(configurationDataFact, aws.ToString(configuration.LaunchConfigurationName), raw)
	}
}
