package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sync/errgroup"

	"github.com/amiscan/amiscan/internal/outside"
)

// dumped lets the AWS CLI print moto's state, and holds amiscan's two other ways of reading it to the scan of moto:
// judging the files, and collecting from the stub that serves them.
func (a *against) dumped(t *testing.T) {
	cli := outside.OrLeftOut(t, outside.AWSCLI)
	if cli == "" {
		return
	}
	files := a.dump(t, cli)
	t.Run("eval of the files gives the same verdicts", func(t *testing.T) { a.sameVerdicts(t, files) })
	t.Run("the stub gives the same facts", func(t *testing.T) { a.sameFacts(t, files) })
}

// dump saves what the CLI prints, a file a command.
func (a *against) dump(t *testing.T, cli string) []string {
	t.Helper()
	dir := t.TempDir()
	var files []string
	var group errgroup.Group
	group.SetLimit(3) // each is a Python program of its own
	for i, command := range a.commands() {
		path := filepath.Join(dir, fmt.Sprintf("%02d.json", i))
		files = append(files, path)
		group.Go(func() error {
			code, out, problems := a.program(t, cli, append(strings.Fields(command), "--output", "json")...)
			if code != 0 {
				return fmt.Errorf("aws %s: %s", command, problems)
			}
			return os.WriteFile(path, out, 0o600)
		})
	}
	if err := group.Wait(); err != nil {
		t.Fatal(err)
	}
	return files
}

// commands print everything that amiscan reads of moto and that saved output has a form for.
func (a *against) commands() []string {
	commands := []string{
		"ec2 describe-images",
		// Without the filter moto prints those of its bundled images' owners, too, and ignores --owner-ids self.
		"ec2 describe-snapshots --filters Name=owner-id,Values=" + motoAccount,
		"ec2 describe-launch-template-versions --versions $Latest $Default",
		"ssm get-parameters --names /golden/web /golden/none",
	}
	for _, id := range a.images {
		commands = append(commands, "ec2 describe-image-attribute --attribute launchPermission --image-id "+id)
	}
	for _, id := range a.snapshots {
		commands = append(commands,
			"ec2 describe-snapshot-attribute --attribute createVolumePermission --snapshot-id "+id)
	}
	for _, id := range a.keys {
		commands = append(commands, "kms describe-key --key-id "+id)
	}
	return commands
}

// sameVerdicts judges the files. They hold neither the organization nor groups and fleets, so what hangs on these is
// unknown there; whatever both ways know must agree, and the files must decide nearly everything.
func (a *against) sameVerdicts(t *testing.T, files []string) {
	args := append([]string{"--account", motoAccount, "--region", a.region, "--now", judgedAt, "--select", a.policies}, files...)
	_, r := evalJSON(t, args...)
	full := a.full.verdicts(a.name)
	var gaps []string
	for key, word := range r.verdicts(a.name) {
		switch was := full[key]; {
		case word == "gap":
			gaps = append(gaps, key)
		case word != was:
			t.Errorf("%s: %s from the files, %s from moto", key, word, was)
		}
	}
	if most := 4; len(gaps) > most {
		t.Errorf("unknown from the files, want at most %d: %v", most, gaps)
	}
}
