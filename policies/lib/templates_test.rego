package amiscan.lib.templates_test

import data.amiscan.lib.templates

version(number, is_default) := {"VersionNumber": number, "DefaultVersion": is_default}

test_default_and_latest if {
	all_versions := [version(1, false), version(2, true), version(3, false), version(4, false)]
	templates.launched(all_versions) == {version(2, true), version(4, false)}
}

test_one_version_is_both if templates.launched([version(1, true)]) == {version(1, true)}

test_no_version if templates.launched([]) == set()
