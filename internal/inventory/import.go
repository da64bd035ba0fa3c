package inventory

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
)

const (
	// maxImport bounds one file of saved output, in bytes.
	maxImport = 1 << 30
	// maxImportDepth bounds the nesting of one document; AWS's own output has about ten levels.
	maxImportDepth = 100
)

// Input is one file or stream of saved AWS CLI output, or an inventory in its single-file form.
type Input struct {
	// Name stands in errors.
	Name string
	Data io.Reader
}

// ImportOptions say what the output itself doesn't. Empty fields are derived from it.
type ImportOptions struct {
	// Account is the account whose resources are judged. Without it every owner's resources are judged as its own.
	Account   string
	Region    string
	Partition string
}

// unit is what the options say of where the output comes from.
func (o ImportOptions) unit() Unit {
	return Unit{Partition: o.Partition, Account: o.Account, Region: o.Region}
}

// check refuses words that stand in no ARN.
func (o ImportOptions) check() error {
	for _, option := range []struct{ name, word string }{
		{"account", o.Account}, {"region", o.Region}, {"partition", o.Partition},
	} {
		if plain(option.word) != option.word {
			return fmt.Errorf("import saved output: %s %.80q is none", option.name, option.word)
		}
	}
	return nil
}

// Import turns saved AWS CLI output into parts, one for each account and region, sorted. Documents are recognised by
// what they hold; several may stand one after another in one file. The order of files makes no difference.
//
// An ARN that names the resource itself and an owner id inside the output win over the options; then come the options,
// then what else the output shows (the region of a snapshot's key, the creator of a template version), then the only
// account or region that any of the output names; what is left is "unknown".
//
// Images of Amazon and of AWS Marketplace are foreign_image. With an account given, images and snapshots of all other
// owners become foreign_image and foreign_snapshot: kept for linking by id, never judged. User data and parameter values
// other than image ids are dropped.
func Import(inputs []Input, options ImportOptions) ([]Part, error) {
	if err := options.check(); err != nil {
		return nil, err
	}
	seen := newSightings()
	for _, input := range byName(inputs) {
		data, err := readInput(input, maxImport)
		if err != nil {
			return nil, err
		}
		if err := seen.addFile(printable(input.Name), data); err != nil {
			return nil, err
		}
	}
	return assemble(seen, options), nil
}

// Load reads saved AWS CLI output and inventories in their single-file form, told apart by content, into sorted parts
// and one manifest. A unit may come from one inventory only, or from the saved output.
func Load(inputs []Input, options ImportOptions) ([]Part, Manifest, error) {
	if err := options.check(); err != nil {
		return nil, Manifest{}, err
	}
	seen, manifests, parts := newSightings(), []Manifest{}, []Part{}
	for _, input := range byName(inputs) {
		data, err := readInput(input, maxImport)
		if err != nil {
			return nil, Manifest{}, err
		}
		if !isInventory(data) {
			if err := seen.addFile(printable(input.Name), data); err != nil {
				return nil, Manifest{}, err
			}
			continue
		}
		manifest, own, err := ReadInventory(bytes.NewReader(data), input.Name)
		if err != nil {
			return nil, Manifest{}, err
		}
		manifests, parts = append(manifests, manifest), append(parts, own...)
	}
	if len(manifests) < len(inputs) {
		manifests = append(manifests, Manifest{SchemaVersion: SchemaVersion, Tool: "aws-cli"})
	}
	parts = append(parts, assemble(seen, options)...)
	slices.SortStableFunc(parts, comparePart)
	if i := repeatedUnit(parts); i >= 0 {
		return nil, Manifest{}, fmt.Errorf("account %.80q, region %.80q stands in two of the inputs",
			parts[i].Account, parts[i].Region)
	}
	return parts, MergeManifests(manifests), nil
}

// byName makes even the choice of the first error independent of the order of files.
func byName(inputs []Input) []Input {
	return slices.SortedStableFunc(slices.Values(inputs), func(a, b Input) int { return cmp.Compare(a.Name, b.Name) })
}

// isInventory looks at the first key alone: reading then reports what is wrong with the rest.
func isInventory(data []byte) bool {
	rest, found := bytes.CutPrefix(bytes.TrimLeft(data, " \t\r\n"), []byte("{"))
	return found && bytes.HasPrefix(bytes.TrimLeft(rest, " \t\r\n"), []byte(`"manifest"`))
}

// readInput reads at most limit bytes.
func readInput(input Input, limit int64) ([]byte, error) {
	name := printable(input.Name)
	data, err := io.ReadAll(io.LimitReader(input.Data, limit+1))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	if int64(len(data)) > limit {
		return nil, fmt.Errorf("%s: larger than %d MiB", name, limit>>20)
	}
	data, err = asUTF8(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return data, nil
}

// asUTF8 drops the byte order mark that Windows editors write, and names the encoding of PowerShell's ">".
func asUTF8(data []byte) ([]byte, error) {
	if bytes.HasPrefix(data, []byte{0xff, 0xfe}) || bytes.HasPrefix(data, []byte{0xfe, 0xff}) {
		return nil, errors.New("is UTF-16 text: save it as UTF-8")
	}
	return bytes.TrimPrefix(data, []byte{0xef, 0xbb, 0xbf}), nil
}
