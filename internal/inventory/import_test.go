package inventory

import (
	"fmt"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
)

const (
	imageA = `{"ImageId":"ami-0aaaaaaaaaaaaaaa1","OwnerId":"111122223333","State":"available","Public":false}`
	imageB = `{"ImageId":"ami-0aaaaaaaaaaaaaaa1","OwnerId":"111122223333","State":"available","Public":true}`
)

func images(members ...string) string { return `{"Images":[` + strings.Join(members, ",") + `]}` }

func TestImportRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, data, want string
	}{
		{"empty", "", "x.json: is empty"},
		{"white space", " \n\t", "x.json: is empty"},
		{"top-level array", "\n [\"ami-1\"]", "x.json:2:2: a JSON array"},
		{"null", "null\n", "x.json:1:1: no JSON object"},
		{"text output", "IMAGES\tami-1", `x.json:1:1: no JSON, begins with 'I'`},
		{"utf-16", "\xff\xfe{\x00", "x.json: is UTF-16 text"},
		{"truncated", "{\"Images\":[{\n\"ImageId\":", "x.json:2:11: the JSON ends in the middle"},
		{"cut before the end", "{\"Images\":[]", "x.json:1:13: the JSON ends in the middle"},
		{"truncated second", images() + "\n{\"Snapshots\":[", "x.json:2:15: the JSON ends in the middle"},
		{"syntax", "{\"Images\":\n  [{\"a\" 1}]}", "x.json:2:9: invalid character '1' after object key"},
		{"syntax in second", images() + "\n{\"Images\":[,]}", "x.json:2:12: invalid character ','"},
		{"mismatched brackets", `{"Images":[}]`, "x.json:1:12: invalid character '}'"},
		{"forgotten quote", "{\"Images:[],\n\"a\":1}", `x.json:1:13: invalid character '\n' in string`},
		{"too deep", `{"Images":` + strings.Repeat("[", 100), "x.json:1:110: nested deeper than 100 levels"},
		{"unknown keys", `{"b":1,"a":2}`,
			`x.json: not recognised by its top-level keys ("a", "b"): readable are describe-images`},
		{"other attribute", `{"ImageId":"ami-1","Description":{}}`, "not recognised"},
		{"member is a string", images(`"ami-1"`), "x.json: describe-images: Images[0]: this is not the AWS CLI's own shape"},
		{"list is null", `{"Images":null}`, "describe-images: Images: this is not the AWS CLI's own shape"},
		{"no id", images(imageA, `{"Id":"ami-1"}`), `Images[1]: no "ImageId"`},
		{"field left out by a query", images(`{"ImageId":"ami-1"}`), `"ami-1" lacks "OwnerId", which AWS always prints`},
		{"control character", images(`{"ImageId":"ami-\u001b[2J"}`), `"ImageId" is longer than 2048 bytes or holds control`},
		{"conflict", images(imageA) + images(imageB), `image of ami "ami-0aaaaaaaaaaaaaaa1" differs from what x.json says`},
		{"permissions are text", `{"ImageId":"ami-1","LaunchPermissions":["all"]}`,
			`LaunchPermissions of "ami-1": this is not`},
		{"permissions are null", `{"SnapshotId":"s","CreateVolumePermissions":null}`,
			`CreateVolumePermissions of "s": this is not`},
		{"version is text", `{"LaunchTemplateVersions":[{"LaunchTemplateId":"lt-1","VersionNumber":"1",` +
			`"DefaultVersion":true,"LaunchTemplateData":{}}]}`, `"lt-1": VersionNumber is no whole number`},
		{"describe-parameters", `{"Parameters":[{"Name":"/a","Type":"String"}]}`, `"/a" lacks "Value"`},
		{"invalid parameter is a number", `{"InvalidParameters":[1]}`, "InvalidParameters[0]: this is not"},
		{"inventory", `{"manifest":{}}`, "not recognised"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			parts, err := Import(inputs("x.json", test.data), ImportOptions{})
			if err == nil {
				t.Fatalf("accepted as %v", parts)
			}
			if !strings.HasPrefix(err.Error(), "x.json:") || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %q does not contain %q", err, test.want)
			}
		})
	}
}

func TestImportConflictNamesTheSameFileInAnyOrder(t *testing.T) {
	t.Parallel()
	const want = `b.json: describe-images: Images[0]: image of ami "ami-0aaaaaaaaaaaaaaa1" differs from what ` +
		`a.json says: remove the older of the two`
	for _, pairs := range [][]string{
		{"a.json", images(imageA), "b.json", images(imageB)},
		{"b.json", images(imageB), "a.json", images(imageA)},
	} {
		if _, err := Import(inputs(pairs...), ImportOptions{}); err == nil || err.Error() != want {
			t.Errorf("error is %v, want %s", err, want)
		}
	}
}

func TestImportRefusesOptions(t *testing.T) {
	t.Parallel()
	for _, options := range []ImportOptions{
		{Account: "../x"}, {Region: "eu west"}, {Partition: strings.Repeat("a", 65)}, {Account: "\xd0"},
	} {
		_, err := Import(nil, options)
		_, _, loadErr := Load(nil, options)
		if err == nil || loadErr == nil || !strings.HasPrefix(err.Error(), "import saved output: ") {
			t.Errorf("%q: errors are %v, %v", options, err, loadErr)
		}
	}
}

func TestReadInputIsBounded(t *testing.T) {
	t.Parallel()
	input := func() Input { return Input{Name: "x.json", Data: strings.NewReader(strings.Repeat(" ", 2<<20))} }
	if _, err := readInput(input(), 2<<20); err != nil {
		t.Errorf("a file of the full size: %v", err)
	}
	_, err := readInput(input(), 1<<20)
	if err == nil || err.Error() != "x.json: larger than 1 MiB" {
		t.Errorf("error is %v", err)
	}
	_, err = readInput(Input{Name: "a\x1b[2J", Data: iotest.ErrReader(fmt.Errorf("unplugged"))}, 1)
	if err == nil || err.Error() != `read "a\x1b[2J": unplugged` {
		t.Errorf("error is %v", err)
	}
}

// oneFact imports and returns the only resource's fact of a name.
func oneFact(t *testing.T, fact string, options ImportOptions, documents ...string) (Resource, Fact) {
	t.Helper()
	parts, err := Import(inputs("x.json", strings.Join(documents, "\n")), options)
	if err != nil {
		t.Fatal(err)
	}
	if len(parts) != 1 || len(parts[0].Resources) != 1 {
		t.Fatalf("one resource was expected: %+v", parts)
	}
	return parts[0].Resources[0], parts[0].Resources[0].Fact(fact)
}

func TestImportPlacesResources(t *testing.T) {
	t.Parallel()
	const (
		key = `{"KeyMetadata":{"Arn":"arn:aws-cn:kms:cn-north-1:222233334444:key/1","AWSAccountId":"222233334444",` +
			`"KeyState":"Enabled","KeyManager":"CUSTOMER"}}`
		template = `{"LaunchTemplateVersions":[{"LaunchTemplateId":"lt-1","VersionNumber":1,"DefaultVersion":true,` +
			`"LaunchTemplateData":{}%s}]}`
		snapshot = `{"Snapshots":[{"SnapshotId":"snap-1","OwnerId":"111122223333","State":"completed","Encrypted":true,` +
			`"KmsKeyId":"arn:aws:kms:eu-west-2:999900001111:key/1"}]}`
		parameter = `{"Parameters":[{"Name":"/p","Type":"String","Value":"x","Selector":":3","ARN":"%s"}]}`
		gone      = `{"InvalidParameters":["/p"]}`
	)
	plainTemplate := fmt.Sprintf(template, "")
	created := fmt.Sprintf(template, `,"CreatedBy":"arn:aws:sts::333344445555:assumed-role/r/s"`)
	ours := ImportOptions{Account: "111122223333"}
	tests := []struct {
		name    string
		data    string
		options ImportOptions
		want    string
	}{
		{"image", images(imageA), ImportOptions{}, "ami aws 111122223333 unknown ami-0aaaaaaaaaaaaaaa1"},
		{"image of the account", images(imageA), ours, "ami aws 111122223333 unknown ami-0aaaaaaaaaaaaaaa1"},
		{"image of another", images(imageA), ImportOptions{Account: "2", Region: "us-gov-west-1"},
			"foreign_image aws-us-gov 111122223333 us-gov-west-1 ami-0aaaaaaaaaaaaaaa1"},
		{"permissions alone", `{"ImageId":"ami-1","LaunchPermissions":[]}`, ImportOptions{}, "ami aws unknown unknown ami-1"},
		{"permissions of the account", `{"ImageId":"ami-1","LaunchPermissions":[]}`, ours,
			"ami aws 111122223333 unknown ami-1"},
		{"key", key, ours, "kms_key aws-cn 222233334444 cn-north-1 arn:aws-cn:kms:cn-north-1:222233334444:key/1"},
		{"snapshot in its key's region", snapshot, ImportOptions{}, "snapshot aws 111122223333 eu-west-2 snap-1"},
		{"option before hint", snapshot, ImportOptions{Region: "r", Partition: "p"}, "snapshot p 111122223333 r snap-1"},
		{"snapshot of another", snapshot, ImportOptions{Account: "2"}, "foreign_snapshot aws 111122223333 eu-west-2 snap-1"},
		{"template", plainTemplate, ImportOptions{}, "launch_template aws unknown unknown lt-1"},
		{"template of the account", plainTemplate, ours, "launch_template aws 111122223333 unknown lt-1"},
		{"template of its creator", created, ImportOptions{}, "launch_template aws 333344445555 unknown lt-1"},
		{"parameter", fmt.Sprintf(parameter, "arn:aws:ssm:eu-west-1:1:parameter/p"), ours,
			"ssm_parameter aws 1 eu-west-1 /p:3"},
		{"public parameter", fmt.Sprintf(parameter, "arn:aws:ssm:eu-west-1::parameter/p"), ours,
			"ssm_parameter aws 111122223333 eu-west-1 /p:3"},
		{"parameter not found", gone, ours, "ssm_parameter aws 111122223333 unknown /p"},
		{"hostile arn", fmt.Sprintf(parameter, "arn:aws:ssm:../..:1:parameter/p"), ours, "ssm_parameter aws 1 unknown /p:3"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			r, _ := oneFact(t, "", test.options, test.data)
			got := strings.Join([]string{r.Kind, r.Partition, r.Account, r.Region, r.ID}, " ")
			if got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
			if r.ARN == "" {
				t.Error("no ARN")
			}
		})
	}
}

func TestImportTakesTheOnlyAccountAndRegionForTheRest(t *testing.T) {
	t.Parallel()
	const attribute = `{"ImageId":"ami-9","LaunchPermissions":[]}`
	other := strings.ReplaceAll(strings.ReplaceAll(imageA, "111122223333", "222233334444"), "aaa1", "aaa2")
	tests := []struct {
		name, data, want string
	}{
		{"one account", images(imageA) + attribute, "111122223333"},
		{"two accounts", images(imageA, other) + attribute, "unknown"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			parts, err := Import(inputs("x.json", test.data), ImportOptions{})
			if err != nil {
				t.Fatal(err)
			}
			for _, part := range parts {
				for _, r := range part.Resources {
					if r.ID == "ami-9" && r.Account != test.want {
						t.Errorf("account is %q, want %q", r.Account, test.want)
					}
				}
			}
		})
	}
}

func TestImportValues(t *testing.T) {
	t.Parallel()
	const version = `{"LaunchTemplateVersions":[{"LaunchTemplateId":"lt-1","VersionNumber":%d,"DefaultVersion":false,` +
		`"LaunchTemplateData":{}}]}`
	const snapshotList = `{"SnapshotId":"snap-1","CreateVolumePermissions":[%s]}`
	parameter := func(version int, value string) string {
		return fmt.Sprintf(`{"Parameters":[{"Name":"/p","Type":"String","Value":%q,"Version":%d}]}`, value, version)
	}
	tests := []struct {
		name, fact string
		documents  []string
		want       string
	}{
		{"same twice", "image", []string{images(imageA), images(imageA, imageA)},
			`{"ImageId":"ami-0aaaaaaaaaaaaaaa1","OwnerId":"111122223333","Public":false,"State":"available"}`},
		{"empty list", "launch_permissions", []string{`{"ImageId":"ami-1","LaunchPermissions":[]}`}, `[]`},
		{"versions sorted by number", "template_versions",
			[]string{fmt.Sprintf(version, 10), fmt.Sprintf(version, 9), fmt.Sprintf(version, 10)},
			`[{"DefaultVersion":false,"LaunchTemplateData":{},"LaunchTemplateId":"lt-1","VersionNumber":9},` +
				`{"DefaultVersion":false,"LaunchTemplateData":{},"LaunchTemplateId":"lt-1","VersionNumber":10}]`},
		{"public snapshot", "snapshot_public", []string{fmt.Sprintf(snapshotList, `{"UserId":"1"},{"Group":"all"}`)}, "true"},
		{"private snapshot", "snapshot_public", []string{fmt.Sprintf(snapshotList, `{"UserId":"all"}`)}, "false"},
		{"newest parameter", "parameter",
			[]string{parameter(2, "ami-0aaaaaaaaaaaaaaa2"), parameter(10, "ami-0aaaaaaaaaaaaaa10"),
				`{"InvalidParameters":["/p"]}`},
			`{"Name":"/p","Type":"String","Value":"ami-0aaaaaaaaaaaaaa10","Version":10}`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			r, fact := oneFact(t, test.fact, ImportOptions{}, test.documents...)
			if diff := cmp.Diff(test.want, string(fact.Value)); diff != "" {
				t.Errorf("value (-want +got):\n%s", diff)
			}
			if derived := r.Facts["snapshot_public"].Derived; derived != (r.Kind == Snapshot) {
				t.Errorf("derived is %v", derived)
			}
		})
	}
}

func FuzzImport(f *testing.F) {
	f.Add([]byte(images(imageA)), "")
	f.Add([]byte(`{"KeyMetadata":{"Arn":"a","AWSAccountId":"1","KeyState":"x","KeyManager":"y",`+
		`"CreationDate":1e400}}`), "1")
	f.Add([]byte(`{"Parameters":[{"Name":"/p","Type":"String","Value":"{}"}],"InvalidParameters":["/q"]}`), "")
	f.Add([]byte(`{"LaunchTemplateVersions":[{"LaunchTemplateId":"l","VersionNumber":1,"DefaultVersion":true,`+
		`"LaunchTemplateData":{"UserData":"c2VjcmV0"}}]}{"SnapshotId":"s","CreateVolumePermissions":[{"Group":"all"}]}`), "")
	f.Add([]byte("{\"Images\":[\"\\"), "")
	f.Fuzz(func(t *testing.T, data []byte, account string) {
		parts, err := Import(inputs("x", string(data)), ImportOptions{Account: account})
		if err != nil {
			return
		}
		first := written(t, parts)
		_, read, err := ReadInventory(strings.NewReader(string(first)), "x")
		if err != nil {
			t.Fatalf("what was imported can't be read: %v\n%s", err, first)
		}
		if diff := cmp.Diff(string(first), string(written(t, read))); diff != "" {
			t.Errorf("reading and writing changes it:\n%s", diff)
		}
		if strings.Contains(strings.ToLower(string(first)), `"userdata":`) {
			t.Errorf("user data entered the inventory:\n%s", first)
		}
	})
}
