package packer

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"
)

// maxBytes bounds a manifest: room for some ten thousand builds.
const maxBytes = 16 << 20

// Read reads a manifest; name stands in errors. Builds that made something else than AMIs are left out. A manifest without
// any AMI is an error.
func Read(r io.Reader, name string) (Manifest, error) {
	f := file{name: printable(name)}
	data, err := io.ReadAll(io.LimitReader(r, maxBytes+1))
	if err != nil {
		return Manifest{}, fmt.Errorf("read Packer manifest %s: %w", f.name, err)
	}
	if len(data) > maxBytes {
		return Manifest{}, fmt.Errorf("%s: larger than the %d MiB that a Packer manifest may have", f.name, maxBytes>>20)
	}
	f.data = bytes.TrimPrefix(data, []byte("\ufeff")) // editors on Windows write a byte order mark
	return f.manifest()
}

func (f file) manifest() (Manifest, error) {
	keys, err := f.keys()
	if err != nil {
		return Manifest{}, err
	}
	builds, found := keys["builds"]
	if !found {
		return Manifest{}, f.foreign(keys)
	}
	m := Manifest{Name: f.name}
	if last, found := keys["last_run_uuid"]; found {
		if err := f.decode(last, &m.LastRun, `"last_run_uuid"`); err != nil {
			return Manifest{}, err
		}
	}
	if m.builds, err = f.builds(builds); err != nil {
		return Manifest{}, err
	}
	return m, nil
}

// entry is a build as Packer writes it, without the list of files.
type entry struct {
	Name       string            `json:"name"`
	Type       string            `json:"builder_type"`
	Time       int64             `json:"build_time"`
	Artifact   *string           `json:"artifact_id"`
	Run        string            `json:"packer_run_uuid"`
	CustomData map[string]string `json:"custom_data"`
}

// builds reads the builds that made AMIs.
func (f file) builds(list value) ([]Build, error) {
	var builds []Build
	seen, others := sightings{}, 0
	err := f.each(list, func(v value) error {
		build, err := f.build(v)
		if err != nil {
			return err
		}
		if len(build.Images) == 0 {
			others++
			return nil
		}
		builds = append(builds, build)
		return seen.add(build)
	})
	switch {
	case err != nil:
		return nil, err
	case len(builds) == 0 && others == 0:
		return nil, f.errorf(list.at, "the manifest has no builds")
	case len(builds) == 0:
		return nil, f.errorf(list.at, `none of the %d builds made an AMI: no "artifact_id" is of the form region:ami-id`, others)
	}
	return builds, nil
}

func (f file) build(v value) (Build, error) {
	var e entry
	if err := f.decode(v, &e, "the build"); err != nil {
		return Build{}, err
	}
	if e.Type == "" || e.Artifact == nil {
		return Build{}, f.errorf(v.at, `no Packer manifest: the build lacks "builder_type" or "artifact_id"`)
	}
	images, err := images(e.Type, *e.Artifact)
	if err != nil {
		return Build{}, f.errorf(v.at, "build %.80q: %w", e.Name, err)
	}
	ended, err := buildTime(e.Time)
	if err != nil {
		return Build{}, f.errorf(v.at, "build %.80q: %w", e.Name, err)
	}
	return Build{
		Name: e.Name, Type: e.Type, Run: e.Run, Images: images, Template: e.CustomData["template"], Time: ended,
		Place: f.place(v.at),
	}, nil
}

// buildTime refuses what no report could write down: RFC 3339 ends with the year 9999.
func buildTime(seconds int64) (time.Time, error) {
	if seconds == 0 {
		return time.Time{}, nil
	}
	ended := time.Unix(seconds, 0).UTC()
	if seconds < 0 || ended.Year() > 9999 {
		return time.Time{}, fmt.Errorf("build_time %d lies outside the years 1970 to 9999", seconds)
	}
	return ended, nil
}

// foreign says what a file is that has no builds.
func (f file) foreign(keys map[string]value) error {
	for _, other := range []struct{ key, what string }{
		{"builders", "is a Packer template in JSON, not the manifest that its builds write"},
		{"Images", "is the output of describe-images, not a Packer manifest"},
		{"manifest", "is an amiscan inventory, not a Packer manifest"},
		{"manifest_version", "is the manifest of a browser extension, not of Packer"},
		{"schemaVersion", "is the manifest of a container image, not of Packer"},
	} {
		if v, found := keys[other.key]; found {
			return f.errorf(v.at, "%s", other.what)
		}
	}
	return f.errorf(0, `no Packer manifest: the key "builds" is missing`)
}

// decode turns a value into a Go value; what names the value in errors.
func (f file) decode(v value, into any, what string) error {
	err := json.Unmarshal(v.raw, into)
	var wrong *json.UnmarshalTypeError
	if !errors.As(err, &wrong) {
		return err // none: the syntax of the whole file was looked at before
	}
	if wrong.Field != "" {
		what = fmt.Sprintf("%.80q", wrong.Field)
	}
	return f.errorf(v.at+wrong.Offset, "no Packer manifest: %s is a JSON %.40s", what, wrong.Value)
}
