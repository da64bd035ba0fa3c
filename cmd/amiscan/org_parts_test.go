package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/amiscan/amiscan/internal/inventory"
)

// The accounts of the organization that these tests read.
const (
	managementAccount = "999900001111"
	webAccount        = "111122223333"
	dataAccount       = "222233334444"
	refusedAccount    = "333344445555"
	suspendedAccount  = "444455556666"
)

var orgTime = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// orgParts is an organization of five accounts, one of which is suspended: two regions each, a public image in one of them.
func orgParts(t *testing.T) []inventory.Part {
	t.Helper()
	parts := []inventory.Part{orgRoll(t)}
	for _, account := range []string{managementAccount, webAccount, dataAccount, refusedAccount} {
		for _, region := range []string{"eu-west-1", "us-east-1"} {
			parts = append(parts, orgUnit(t, account, region))
		}
	}
	return parts
}

func orgRoll(t *testing.T) inventory.Part {
	t.Helper()
	roll := inventory.Part{
		Unit:     inventory.Unit{Partition: "aws", Account: managementAccount, Region: inventory.Global},
		Observed: orgTime,
	}
	for i, account := range []string{managementAccount, webAccount, dataAccount, refusedAccount, suspendedAccount} {
		state := "ACTIVE"
		if account == suspendedAccount {
			state = "SUSPENDED"
		}
		r := inventory.NewResource(inventory.Account, inventory.Unit{
			Partition: "aws", Account: account, Region: inventory.Global,
		}, account)
		r.Facts["account"] = orgFact(t, map[string]any{
			"Id": account, "Name": fmt.Sprintf("account-%d", i), "State": state,
			"Arn":   "arn:aws:organizations::" + managementAccount + ":account/o-exampleorgid/" + account,
			"Paths": []string{"o-exampleorgid/r-ab12/ou-ab12-1111111" + fmt.Sprint(i) + "/"},
		})
		r.Facts["tags"] = orgFact(t, []map[string]string{{"Key": "team", "Value": fmt.Sprintf("team-%d", i)}})
		roll.Resources = append(roll.Resources, r)
	}
	return roll
}

func orgUnit(t *testing.T, account, region string) inventory.Part {
	t.Helper()
	unit := inventory.Unit{Partition: "aws", Account: account, Region: region}
	settings := inventory.NewResource(inventory.Settings, unit, account+"/"+region)
	settings.Facts["organization"] = orgFact(t, map[string]any{
		"Id": "o-exampleorgid", "MasterAccountId": managementAccount,
		"Arn": "arn:aws:organizations::" + managementAccount + ":organization/o-exampleorgid",
	})
	part := inventory.Part{Unit: unit, Observed: orgTime, Resources: []inventory.Resource{settings}}
	if region == "eu-west-1" {
		image := inventory.NewResource(inventory.AMI, unit, "ami-0000000"+account[:10])
		image.Facts["image"] = orgFact(t, map[string]any{
			"ImageId": image.ID, "OwnerId": account, "State": "available", "Public": account == dataAccount,
			"Name": "web-" + account, "CreationDate": "2026-11-01T00:00:00.000Z", "Architecture": "x86_64",
		})
		part.Resources = append(part.Resources, image)
	}
	return part
}

func orgFact(t *testing.T, value any) inventory.Fact {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return inventory.Fact{Status: inventory.Known, Value: text}
}

// homeKey is a key as its own account sees it.
func homeKey(t *testing.T, unit inventory.Unit, arn, principal string) inventory.Resource {
	t.Helper()
	key := inventory.NewResource(inventory.KMSKey, unit, arn)
	key.Facts["key"] = orgFact(t, map[string]any{
		"KeyId": arn[strings.LastIndex(arn, "/")+1:], "Arn": arn, "AWSAccountId": unit.Account, "KeyManager": "CUSTOMER",
		"KeyState": "Enabled", "Enabled": true, "Origin": "AWS_KMS", "KeySpec": "SYMMETRIC_DEFAULT", "KeyUsage": "ENCRYPT_DECRYPT",
	})
	key.Facts["key_policy"] = orgFact(t, map[string]any{
		"Version": "2012-10-17", "Statement": []map[string]any{{
			"Sid": "Own", "Effect": "Allow", "Principal": map[string]any{"AWS": []string{principal}},
			"Action": []string{"kms:*"}, "Resource": []string{"*"},
		}},
	})
	return key
}
