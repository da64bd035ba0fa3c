package amiscan.launch.lt_marketplace_subscription_test

import data.amiscan.launch.lt_marketplace_subscription as policy
import data.amiscan.testing.boot

code := "0a1b2c3d4e5f6g7h8i9j"

marketplace := {"ProductCodeId": code, "ProductCodeType": "marketplace"}

product(fields) := boot.document({"image": {"ProductCodes": [object.union(marketplace, fields)]}})

test_fail_product_that_is_not_listed if {
	policy.violation == {{
		"msg": concat(" ", [
			"version 3 of launch template web: image ami-0a1b2c3d4e5f60718 is the Marketplace product",
			"0a1b2c3d4e5f6g7h8i9j, which nobody is known to have subscribed to",
		]),
		"subject": "3 0a1b2c3d4e5f6g7h8i9j",
		"evidence": {"ImageId": "ami-0a1b2c3d4e5f60718", "ProductCodeId": code},
	}} with input as product({}) with data.params.marketplace_products as ["other"]
	policy.undecided == set() with input as product({}) with data.params.marketplace_products as ["other"]
}

test_pass_product_that_is_listed if {
	policy.violation == set() with input as product({}) with data.params.marketplace_products as [code]
	policy.undecided == set() with input as product({}) with data.params.marketplace_products as [code]
}

test_pass_no_product if silent(boot.document({}))

test_near_not_judged if {
	silent(product({"ProductCodeType": "devpay"}))
	silent(boot.document({"image": {"ProductCodes": [marketplace], "State": "disabled"}}))
}

test_undecided_where_no_product_is_listed if {
	untyped := boot.document({"image": {"ProductCodes": [{"ProductCodeId": code}]}})
	every document in [product({}), untyped] {
		policy.violation == set() with input as document with data.params.marketplace_products as []
		policy.undecided == {{
			"msg": concat(" ", [
				"version 3 of launch template web: image ami-0a1b2c3d4e5f60718 is the Marketplace product",
				"0a1b2c3d4e5f6g7h8i9j: the launch fails where this account is not subscribed",
			]),
			"subject": "3",
		}} with input as document with data.params.marketplace_products as []
	}
}

test_undecided_product_without_a_code if {
	document := boot.document({"image": {"ProductCodes": [{"ProductCodeType": "marketplace"}]}})
	policy.violation == set() with input as document with data.params.marketplace_products as ["other"]
	policy.undecided == {{
		"msg": concat(" ", [
			"version 3 of launch template web: image ami-0a1b2c3d4e5f60718 is the Marketplace product",
			"without a code: the launch fails where this account is not subscribed",
		]),
		"subject": "3",
	}} with input as document with data.params.marketplace_products as ["other"]
}

silent(document) if {
	every listed in [[], ["other"]] {
		policy.violation == set() with input as document with data.params.marketplace_products as listed
		policy.undecided == set() with input as document with data.params.marketplace_products as listed
	}
}
