package packer_test

import (
	"errors"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/packer"
)

// manifest has two runs, of which the last made two AMIs and a container image.
const manifest = `{
  "builds": [
    {
      "name": "web",
      "builder_type": "amazon-ebs",
      "build_time": 1790000000,
      "files": null,
      "artifact_id": "eu-west-1:ami-0aaaaaaaaaaaaaaa1",
      "packer_run_uuid": "11111111-1111-1111-1111-111111111111",
      "custom_data": null
    },
    {
      "name": "web",
      "builder_type": "amazon-ebs",
      "build_time": 1790086400,
      "files": null,
      "artifact_id": "eu-west-1:ami-0aaaaaaaaaaaaaaa2,us-gov-west-1:ami-0aaaaaaaaaaaaaaa3",
      "packer_run_uuid": "22222222-2222-2222-2222-222222222222",
      "custom_data": {
        "template": "packer/web.pkr.hcl",
        "commit": "1f2e3d"
      }
    },
    {
      "name": "tools",
      "builder_type": "docker",
      "build_time": 1790086401,
      "files": [{"name": "image.tar", "size": 12}],
      "artifact_id": "sha256:1234567890abcdef",
      "packer_run_uuid": "22222222-2222-2222-2222-222222222222",
      "custom_data": {}
    }
  ],
  "last_run_uuid": "22222222-2222-2222-2222-222222222222"
}`

func first() packer.Build {
	return packer.Build{
		Name: "web", Type: "amazon-ebs", Run: "11111111-1111-1111-1111-111111111111",
		Images: []packer.Image{{Region: "eu-west-1", ID: "ami-0aaaaaaaaaaaaaaa1"}},
		Time:   time.Unix(1790000000, 0).UTC(), Place: "m.json:3",
	}
}

func second() packer.Build {
	return packer.Build{
		Name: "web", Type: "amazon-ebs", Run: "22222222-2222-2222-2222-222222222222",
		Images: []packer.Image{
			{Region: "eu-west-1", ID: "ami-0aaaaaaaaaaaaaaa2"}, {Region: "us-gov-west-1", ID: "ami-0aaaaaaaaaaaaaaa3"},
		},
		Template: "packer/web.pkr.hcl", Time: time.Unix(1790086400, 0).UTC(), Place: "m.json:12",
	}
}

func read(t *testing.T, text string) packer.Manifest {
	t.Helper()
	m, err := packer.Read(strings.NewReader(text), "m.json")
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestAll(t *testing.T) {
	t.Parallel()
	for _, text := range []string{manifest, "\ufeff" + manifest, manifest + "\n\n", strings.ReplaceAll(manifest, "\n", "\r\n")} {
		if diff := cmp.Diff([]packer.Build{first(), second()}, read(t, text).All()); diff != "" {
			t.Error(diff)
		}
	}
}

func TestLast(t *testing.T) {
	t.Parallel()
	last, err := read(t, manifest).Last()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]packer.Build{second()}, last); diff != "" {
		t.Error(diff)
	}
}

// TestNoLastRun holds Last to an error where it would be easy to answer with all builds or with none.
func TestNoLastRun(t *testing.T) {
	t.Parallel()
	last := `"last_run_uuid": "22222222-2222-2222-2222-222222222222"`
	for _, test := range []struct{ name, text, want string }{
		{"another run", strings.Replace(manifest, last, `"last_run_uuid": "3333"`, 1), `m.json: no AMI is of the last run, "3333"`},
		{"empty", strings.Replace(manifest, last, `"last_run_uuid": ""`, 1), `"last_run_uuid" is empty`},
		{"null", strings.Replace(manifest, last, `"last_run_uuid": null`, 1), `"last_run_uuid" is empty`},
		{"missing", strings.Replace(manifest, last, `"x": 1`, 1), `"last_run_uuid" is empty`},
		{"empty everywhere", `{"builds":[{"name":"a","builder_type":"amazon-ebs","artifact_id":"eu-west-1:ami-12345678"}]}`, "is empty"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			builds, err := read(t, test.text).Last()
			if err == nil || !strings.Contains(err.Error(), test.want) || builds != nil {
				t.Errorf("got %v, %v; want an error with %q", builds, err, test.want)
			}
		})
	}
}

// TestLastRunWithoutImages is a run of which the container image alone was recorded.
func TestLastRunWithoutImages(t *testing.T) {
	t.Parallel()
	text := strings.Replace(manifest, `us-gov-west-1:ami-0aaaaaaaaaaaaaaa3",
      "packer_run_uuid": "2222`, `us-gov-west-1:ami-0aaaaaaaaaaaaaaa3",
      "packer_run_uuid": "9999`, 1)
	if builds, err := read(t, text).Last(); err == nil {
		t.Errorf("got %v", builds)
	}
}

func TestImages(t *testing.T) {
	t.Parallel()
	got := packer.Images([]packer.Build{second(), first(), second()})
	want := []packer.Image{
		{Region: "eu-west-1", ID: "ami-0aaaaaaaaaaaaaaa1"}, {Region: "eu-west-1", ID: "ami-0aaaaaaaaaaaaaaa2"},
		{Region: "us-gov-west-1", ID: "ami-0aaaaaaaaaaaaaaa3"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// one is a manifest of one build beside a good one.
func one(builder, artifact string) string {
	return `{"builds":[{"name":"good","builder_type":"amazon-ebs","artifact_id":"eu-west-1:ami-0aaaaaaaaaaaaaaa1"},` + "\n" +
		`{"name":"x","builder_type":"` + builder + `","artifact_id":"` + artifact + `"}],"last_run_uuid":""}`
}

func TestArtifacts(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, builder, artifact string
		images                  int
		fails                   bool
	}{
		{"AMI", "amazon-ebs", "us-east-1:ami-0123456789abcdef0", 1, false},
		{"old id", "amazon-instance", "us-east-1:ami-01234567", 1, false},
		{"other partitions", "amazon-chroot", "cn-north-1:ami-01234567,us-isob-east-1:ami-01234568,eusc-de-east-1:ami-01234569", 3, false},
		{"blank after the comma", "amazon-ebs", "us-east-1:ami-01234567, us-east-2:ami-01234568", 2, false},
		{"imported", "virtualbox-iso", "us-east-1:ami-01234567", 1, false},
		{"volumes", "amazon-ebsvolume", "us-east-1:vol-00cf46943f19af848,us-east-1:snap-02dde8b80d5c8225b", 0, false},
		{"container", "docker", "sha256:15cc5a", 0, false},
		{"container of a telling name", "docker", "registry/ami-tools:ami-base", 0, false},
		{"container of a digest", "docker", "registry/my-ami-12345678:1", 0, false},
		{"Azure", "azure-arm", "/subscriptions/1/resourceGroups/a/providers/Microsoft.Compute/images/b", 0, false},
		{"nothing", "null", "", 0, false},
		{"AMI without region", "amazon-ebs", "ami-0123456789abcdef0", 0, true},
		{"AMI without region, imported", "qemu", "ami-0123456789abcdef0", 0, true},
		{"no region", "amazon-ebs", "Paris:ami-0123456789abcdef0", 0, true},
		{"zone", "amazon-ebs", "eu-west-1a:ami-0123456789abcdef0", 0, true},
		{"torn id", "amazon-ebs", "eu-west-1:ami-01", 0, true},
		{"upper case", "amazon-ebs", "eu-west-1:ami-0ABCDEF12", 0, true},
		{"partly understood", "amazon-ebs", "eu-west-1:ami-0123456789abcdef0,eu-west-2:oops", 0, true},
		{"partly understood, imported", "qemu", "oops,eu-west-1:ami-0123456789abcdef0", 0, true},
		{"trailing comma", "amazon-ebs", "eu-west-1:ami-0123456789abcdef0,", 0, true},
		{"Vagrant box in place of the AMI", "amazon-ebs", "aws", 0, true},
		{"files in place of the AMI", "amazon-ebssurrogate", "", 0, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			m, err := packer.Read(strings.NewReader(one(test.builder, test.artifact)), "m.json")
			if (err != nil) != test.fails {
				t.Fatalf("got error %v", err)
			}
			if err != nil && !strings.HasPrefix(err.Error(), `m.json:2: build "x": artifact_id `) {
				t.Error(err)
			}
			if got := len(packer.Images(m.All())); err == nil && got != 1+test.images {
				t.Errorf("got %d images, want %d", got, 1+test.images)
			}
		})
	}
}

// build is one build of a manifest.
func build(members string) string { return `{"builds":[` + "\n{" + members + "}]}" }

func TestRefused(t *testing.T) {
	t.Parallel()
	const artifact = `"builder_type":"amazon-ebs","artifact_id":"eu-west-1:ami-12345678"`
	for _, test := range []struct{ name, text, want string }{
		{"empty", "", "m.json: is empty"},
		{"blank", " \n", "m.json: is empty"},
		{"text", "ami-0123456789abcdef0\n", "m.json:1: no JSON, and so no Packer manifest: invalid character 'a'"},
		{"HCL", "source \"amazon-ebs\" \"web\" {\n}", "m.json:1: no JSON"},
		{"UTF-16", "\xff\xfe{\x00}\x00", "m.json: is UTF-16 text"},
		{"torn", manifest[:400], "m.json:16: no JSON, and so no Packer manifest: unexpected end of JSON input"},
		{"syntax", strings.Replace(manifest, `"files": null,`, `"files": null`, 1), "m.json:8: no JSON"},
		{"two documents", manifest + manifest, "m.json:35: no JSON"},
		{"docker save", `[{"Config":"a.json","RepoTags":["a:1"],"Layers":[]}]`, `m.json:1: no Packer manifest: that is a JSON object`},
		{"null", "null", `m.json:1: no Packer manifest`},
		{"container image", "{\n\"schemaVersion\":2,\"layers\":[]}", "m.json:2: is the manifest of a container image"},
		{"browser extension", "{\n\n\"manifest_version\": 3}", "m.json:3: is the manifest of a browser extension"},
		{"AMI list", `{"Images":[{"ImageId":"ami-0123456789abcdef0"}]}`, "m.json:1: is the output of describe-images"},
		{"inventory", `{"manifest":{}}`, "m.json:1: is an amiscan inventory"},
		{"Packer template", `{"builders":[]}`, "m.json:1: is a Packer template"},
		{"anything", `{"a":1}`, `m.json:1: no Packer manifest: the key "builds" is missing`},
		{"letter case", `{"Builds":[]}`, `the key "builds" is missing`},
		{"no builds", "{\n\"builds\":[],\"last_run_uuid\":\"\"}", "m.json:2: the manifest has no builds"},
		{"null builds", `{"builds":null}`, "m.json:1: the manifest has no builds"},
		{"builds twice", "{\"builds\":[],\n\"builds\":[]}", `m.json:2: the key "builds" stands there twice`},
		{"builds of another tool", `{"builds":` + "\n" + `[{"src":"a.js","use":"node"}]}`, `m.json:2: no Packer manifest: the build lacks`},
		{"builds no list", `{"builds":{"a":1}}`, `m.json:1: no Packer manifest: "builds" is no JSON array`},
		{"builds of numbers", `{"builds":[` + "\n" + `1]}`, `m.json:2: no Packer manifest: the build is a JSON number`},
		{"builds of null", `{"builds":[` + "\n" + `null]}`, `m.json:2: no Packer manifest: the build lacks`},
		{"no artifact", build(`"builder_type":"amazon-ebs"`), `m.json:2: no Packer manifest: the build lacks`},
		{"no type", build(`"artifact_id":"eu-west-1:ami-12345678"`), `m.json:2: no Packer manifest: the build lacks`},
		{"number for a name", build(artifact + ",\n" + `"name":7`), `m.json:3: no Packer manifest: "name" is a JSON number`},
		{"list for custom data", build(artifact + `,"custom_data":[]`), `m.json:2: no Packer manifest: "custom_data" is a JSON array`},
		{"number in custom data", build(artifact + `,"custom_data":{"template":1}`), `m.json:2: no Packer manifest: "custom_data`},
		{"number for the last run", `{"builds":[],` + "\n" + `"last_run_uuid":7}`, `m.json:2: no Packer manifest: "last_run_uuid" is a JSON number`},
		{"endless time", build(artifact + `,"build_time":99999999999999`), "m.json:2: build \"\": build_time 99999999999999 lies outside"},
		{"negative time", build(artifact + `,"build_time":-1`), "lies outside the years"},
		{"huge time", build(artifact + `,"build_time":1e99`), `m.json:2: no Packer manifest: "build_time" is a JSON number`},
		{"no AMI", build(`"builder_type":"docker","artifact_id":"sha256:1"`), "m.json:1: none of the 1 builds made an AMI"},
		{"deep", strings.Repeat("[", 20000), "m.json:1: no JSON"},
		{"hostile name", build(`"name":"\u001b[2J\n::set-output","builder_type":"amazon-ebs","artifact_id":"\u001b"`), `build "\x1b[2J\n::set-output"`},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, err := packer.Read(strings.NewReader(test.text), "m.json")
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Fatalf("got %v, want an error with %q", err, test.want)
			}
			if strings.ContainsAny(err.Error(), "\n\x1b") {
				t.Errorf("%q is not one plain line", err)
			}
		})
	}
}

// pair is a manifest of two builds, each on a line of its own.
func pair(a, b string) string {
	return `{"builds":[` + "\n{" + a + "},\n{" + b + `}],"last_run_uuid":"1"}`
}

func TestRepeatedImages(t *testing.T) {
	t.Parallel()
	const web = `"name":"web","builder_type":"amazon-ebs","packer_run_uuid":"1","artifact_id":"eu-west-1:ami-12345678"`
	for _, test := range []struct{ name, text, want string }{
		{"recorded twice", pair(web, web+`,"custom_data":{"a":"b"}`), ""},
		{"of another name", pair(web, strings.Replace(web, "web", "db", 1)),
			`m.json:3: ami-12345678 is of build "db", and of build "web" at m.json:2`},
		{"of another type", pair(web, strings.Replace(web, "amazon-ebs", "amazon-chroot", 1)), `m.json:3: ami-12345678 is of build`},
		{"in another region", pair(web, strings.Replace(web, "eu-west-1", "eu-west-2", 1)),
			`m.json:3: ami-12345678 is in eu-west-2, and in eu-west-1 at m.json:2`},
		{"in another region of one build", pair(strings.Replace(web, `678"`, `678,eu-west-3:ami-12345678"`, 1), web), "ami-12345678 is in eu-west-3"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			m, err := packer.Read(strings.NewReader(test.text), "m.json")
			switch {
			case test.want == "" && err != nil:
				t.Error(err)
			case test.want == "" && len(packer.Images(m.All())) != 1:
				t.Errorf("got %v", m.All())
			case test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)):
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}
}

func TestSizeAndReadErrors(t *testing.T) {
	t.Parallel()
	long := strings.NewReader(strings.Repeat(" ", 16<<20) + manifest)
	if _, err := packer.Read(long, "m.json"); err == nil || !strings.HasPrefix(err.Error(), "m.json: larger than the 16 MiB") {
		t.Errorf("got %v", err)
	}
	broken := errors.New("disk on fire")
	if _, err := packer.Read(iotest.ErrReader(broken), "m\n.json"); !errors.Is(err, broken) || !strings.Contains(err.Error(), `"m\n.json"`) {
		t.Errorf("got %v", err)
	}
}

// FuzzRead holds whatever is read to what callers build on.
func FuzzRead(f *testing.F) {
	f.Add([]byte(manifest))
	f.Add([]byte(one("docker", "sha256:1")))
	f.Add([]byte(`{"builds":[{"builder_type":"qemu","artifact_id":"eu-west-1:ami-12345678"}]}`))
	f.Add([]byte("[1]"))
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := packer.Read(strings.NewReader(string(data)), "m.json")
		if err != nil {
			if !strings.HasPrefix(err.Error(), "m.json:") || strings.Contains(err.Error(), "\n") {
				t.Errorf("error %q", err)
			}
			return
		}
		if len(m.All()) == 0 {
			t.Error("a manifest without builds")
		}
		for _, image := range packer.Images(m.All()) {
			if !strings.HasPrefix(image.ID, "ami-") || !strings.Contains(image.Region, "-") {
				t.Errorf("image %v", image)
			}
		}
		if last, err := m.Last(); (err == nil) != (len(last) > 0) {
			t.Errorf("last run: %v, %v", last, err)
		}
		packer.Lineages(m, m)
	})
}
