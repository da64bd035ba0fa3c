package amiscan.lib.trails_test

import data.amiscan.lib.trails

basic(selector) := {"EventSelectors": [selector]}

advanced(fields) := {"AdvancedEventSelectors": [{"FieldSelectors": fields}]}

management := {"Field": "eventCategory", "Equals": ["Management"]}

read_only(values) := {"Field": "readOnly", "Equals": values}

without(sources) := {"Field": "eventSource", "NotEquals": sources}

recording := [
	basic({}),
	basic({"IncludeManagementEvents": true, "ReadWriteType": "All", "ExcludeManagementEventSources": ["kms.amazonaws.com"]}),
	basic({"ReadWriteType": "WriteOnly"}),
	advanced([management]),
	advanced([management, read_only(["false"])]),
	advanced([management, without(["kms.amazonaws.com", "rdsdata.amazonaws.com"])]),
	{"EventSelectors": [{"IncludeManagementEvents": false}, {}]},
]

not_recording := [
	{},
	{"EventSelectors": []},
	basic({"IncludeManagementEvents": false, "ReadWriteType": "All"}),
	basic({"IncludeManagementEvents": true, "ReadWriteType": "ReadOnly"}),
	advanced([{"Field": "eventCategory", "Equals": ["Data"]}]),
	advanced([management, read_only(["true"])]),
	advanced([{"Field": "eventName", "Equals": ["Management"]}]),
]

unclear := [
	advanced([management, without(["ec2.amazonaws.com"])]),
	advanced([management, {"Field": "eventSource", "Equals": ["kms.amazonaws.com"], "NotEquals": []}]),
	advanced([management, {"Field": "eventName", "Equals": ["RunInstances"]}]),
	advanced([management, {"Field": "eventName", "NotEquals": ["RunInstances"]}]),
	advanced([management, {"Field": "sessionCredentialFromConsole", "Equals": ["false"]}]),
	advanced([management, {"Field": "sessionCredentialFromConsole", "Equals": ["true"]}]),
	advanced([management, read_only(["true", "false"])]),
]

test_records if {
	every selectors in recording {
		trails.records_changes(selectors) == "true"
	}
}

test_does_not_record if {
	every selectors in not_recording {
		trails.records_changes(selectors) == "false"
	}
}

test_not_certain if {
	every selectors in unclear {
		trails.records_changes(selectors) == "unknown"
	}
}

test_one_of_several_is_enough if {
	trails.records_changes({"AdvancedEventSelectors": [
		{"FieldSelectors": [management, {"Field": "eventName", "Equals": ["RunInstances"]}]},
		{"FieldSelectors": [management]},
	]}) == "true"
}
