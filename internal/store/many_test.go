package store

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/amiscan/amiscan/internal/inventory"
)

const (
	// workerVariable makes the test program a worker that collects into the place it names.
	workerVariable = "AMISCAN_STORE_WORKER"
	// smallVariable makes it a process that may write small files only, into the directory it names: to it the disk is full.
	smallVariable = "AMISCAN_STORE_SMALL"

	workers     = 8
	workerUnits = 24
)

// TestMain lets the test program stand for a process of its own.
func TestMain(m *testing.M) {
	var err error
	if location := os.Getenv(workerVariable); location != "" {
		err = work(location)
	} else if path := os.Getenv(smallVariable); path != "" {
		err = putSmall(path)
	} else {
		os.Exit(m.Run())
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// work puts every part, as a worker that knows of no other.
func work(location string) error {
	ctx := context.Background()
	s, err := Create(ctx, location, manifest(), Access{})
	if err != nil {
		return err
	}
	for i := range workerUnits {
		if err := s.Put(ctx, workerPart(i)); err != nil {
			return err
		}
	}
	return nil
}

func workerPart(i int) inventory.Part { return part(fmt.Sprint(i%3), fmt.Sprintf("r%02d", i), "same") }

// processes starts eight workers at once and waits for them.
func processes(t *testing.T, location string, environment map[string]string) {
	t.Helper()
	var group sync.WaitGroup
	for range workers {
		command := exec.CommandContext(t.Context(), os.Args[0])
		command.Env = []string{workerVariable + "=" + location, "HOME=" + t.TempDir(), "AWS_EC2_METADATA_DISABLED=true"}
		for name, value := range environment {
			command.Env = append(command.Env, name+"="+value)
		}
		group.Go(func() {
			if out, err := command.CombinedOutput(); err != nil {
				t.Errorf("%v\n%s", err, out)
			}
		})
	}
	group.Wait()
}

// alike is what one worker alone makes of it.
func alike(t *testing.T) string {
	t.Helper()
	dir, _ := create(t)
	for i := range workerUnits {
		if err := dir.Put(t.Context(), workerPart(i)); err != nil {
			t.Fatal(err)
		}
	}
	sum, err := SHA256(dir.Parts(t.Context()))
	if err != nil {
		t.Fatal(err)
	}
	return sum
}

// whole holds a store to what one worker alone makes of it.
func whole(t *testing.T, s Store) {
	t.Helper()
	sum, err := SHA256(s.Parts(t.Context()))
	if want := alike(t); err != nil || sum != want {
		t.Errorf("hash is %s, %v, want %s", sum, err, want)
	}
}

func TestManyProcessesMakeOneInventory(t *testing.T) {
	t.Parallel()
	t.Run("bucket", func(t *testing.T) {
		t.Parallel()
		f := startFake(t)
		processes(t, "s3://"+fakeBucket+"/a/b", f.variables())
		b, err := openBucket(t.Context(), f.client(), place{fakeBucket, "a/b/"})
		if err != nil {
			t.Fatal(err)
		}
		whole(t, b)
		f.writtenOnce(workerUnits + 1)
	})
	t.Run("directory", func(t *testing.T) {
		t.Parallel()
		path := t.TempDir() + "/inventory"
		processes(t, path, nil)
		dir, err := openDir(path)
		if err != nil {
			t.Fatal(err)
		}
		whole(t, dir)
	})
}

// writtenOnce holds the fake to so many objects, each stored once.
func (f *fakeS3) writtenOnce(objects int) {
	f.t.Helper()
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.written) != objects {
		f.t.Errorf("%d objects, want %d", len(f.written), objects)
	}
	for key, times := range f.written {
		if times != 1 {
			f.t.Errorf("%s was stored %d times", key, times)
		}
	}
}

// Eight workers in one process, each with a part of its own making: one of them stays, whole.
func TestManyGoroutinesMakeOneInventory(t *testing.T) {
	t.Parallel()
	f := startFake(t)
	var group sync.WaitGroup
	for w := range workers {
		group.Go(func() {
			b, err := createBucket(t.Context(), f.client(), place{fakeBucket, ""}, manifest())
			if err != nil {
				t.Error(err)
				return
			}
			for i := range workerUnits {
				if err := b.Put(t.Context(), part("1", fmt.Sprintf("r%02d", i), fmt.Sprint("worker ", w))); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	f.writtenOnce(workerUnits + 1)
	b, err := openBucket(t.Context(), f.client(), place{fakeBucket, ""})
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range collect(t, b) {
		name := string(p.Resources[0].Facts["image"].Value)
		ours := false
		for w := range workers {
			ours = ours || cmp.Equal(p, part("1", fmt.Sprintf("r%02d", i), fmt.Sprint("worker ", w)))
		}
		if !ours {
			t.Errorf("part %d is of %s", i, name)
		}
	}
}
