package main

// story is one thing that the made-up account is there to show.
type story struct {
	title string
	// lead comes before the findings, after behind them.
	lead, after string
	scenes      []scene
}

// scene is a finding of a story. The demo fails where it is missing.
type scene struct {
	policy, resource string
	// subject is a part of the finding's subject; it tells findings of one resource apart.
	subject string
	// words stand in the message: they are what makes it worth reading.
	words []string
}

const (
	batchKey    = "arn:aws:kms:eu-west-1:111122223333:key/4e2f5a10-0000-4000-8000-000000000002"
	paymentsKey = "arn:aws:kms:eu-west-1:111122223333:key/4e2f5a10-0000-4000-8000-000000000004"
	ordersKey   = "arn:aws:kms:eu-west-1:111122223333:key/4e2f5a10-0000-4000-8000-000000000005"
)

// stories are what today's report tells.
func stories() []story {
	return []story{cannotLaunch(), willNotBoot(), onTheWayOut()}
}

func cannotLaunch() story {
	return story{
		title: "AN ACCOUNT CANNOT LAUNCH AN IMAGE THAT IT WAS GIVEN",
		lead:  "The partner 777788889999 may launch payments-20261015, but cannot use its key:",
		scenes: []scene{{
			"encryption/ami-shared-key-not-usable", "payments-20261015", "777788889999",
			[]string{"777788889999 cannot launch this image", "kms:CreateGrant", paymentsKey, `statement "PartnerAttaches"`},
		}},
		after: "The statement names EC2 of us-east-1 (kms:ViaService): it was copied from there. web-20261102 is given to the same " +
			"partner under a key whose statements are right, and orders-20261110 to the whole organization: both are open from " +
			"the owner's side, so there is no finding.",
	}
}

func willNotBoot() story {
	return story{
		title: "LAUNCHES THAT WILL NOT BOOT",
		lead:  "Everything here looks healthy until the next instance starts:",
		scenes: []scene{
			{"launch/lt-arch-mismatch", "web", "c7g.large", []string{"override c7g.large", "made for x86_64", "arm64 only"}},
			{"launch/lt-root-smaller-than-snapshot", "payments", "/dev/xvda", []string{"4 GiB", "snap-00000000000000104 has 8"}},
			{"launch/lt-image-gone", "reports", "", []string{"ami-0fffffffffffffff1", "does not resolve here"}},
			{"launch/lt-ami-in-recycle-bin", "reports", "", []string{"can be restored until 2026-12-15"}},
			{"readiness/ami-root-not-mapped", "builder-20261118", "", []string{"/dev/xvda is not among the mapped devices"}},
		},
	}
}

func onTheWayOut() story {
	return story{
		title: "A KEY ON ITS WAY OUT, AND WHAT HANGS ON IT",
		lead:  "The key of batch-20261005 is scheduled for deletion. Nothing can use it any more, and it can still be saved:",
		scenes: []scene{
			{"encryption/kms-key-pending-deletion", batchKey, "", []string{"to delete it after 2026-12-05"}},
			{"encryption/ami-key-dying", "batch-20261005", "launches", []string{"the next launch fails", "lt-00000000000000003"}},
			{"encryption/ami-key-dying", "batch-20261005", "instances", []string{"2 instances do not start again once stopped"}},
		},
	}
}

// breaksNextMonth is all that a month adds.
func breaksNextMonth() []scene {
	return []scene{
		{"encryption/ami-key-dying", "batch-20261005", "deletion",
			[]string{"from 2026-12-05", "nothing brings the image back", batchKey}},
		{"launch/ssm-parameter-ami-stale", "/golden/payments", "",
			[]string{"ami-00000000000000104", "deprecated from 2026-12-15"}},
		{"lifecycle/ami-deprecated-in-use", "payments-20261015", "lt-00000000000000004:6",
			[]string{`launch template "payments"`, "deprecated from 2026-12-15"}},
		{"encryption/key-material-expires", ordersKey, "", []string{"expires on 2027-01-10"}},
	}
}
