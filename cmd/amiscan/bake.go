package main

import (
	"fmt"
	"os"

	"github.com/urfave/cli/v2"

	"github.com/amiscan/amiscan/internal/audit"
	"github.com/amiscan/amiscan/internal/packer"
)

// bakeFlags are for a build that asks about what it made.
func bakeFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{
			Name: "packer-manifest", Category: targets,
			Usage: "judge only the images that the Packer manifest `FILE` names, where it says",
		},
		&cli.StringFlag{
			Name: "packer-run", Category: targets, Value: packerRuns()[0],
			Usage: "take the images of `WHICH` runs of the manifest: last or all",
		},
		&cli.StringSliceFlag{
			Name: "share-with", Category: targets,
			Usage: "judge the images as if they were shared with `GRANTEE`: an account, or the ARN of an organization or OU (repeatable)",
		},
	}
}

func packerRuns() []string { return []string{"last", "all"} }

// bake is what a build made.
type bake struct {
	builds   []packer.Build
	lineages map[string]string
}

// bakeOf reads the manifest, if one is named.
func bakeOf(c *cli.Context) (bake, error) {
	name := c.String("packer-manifest")
	if name == "" {
		return bake{}, nil
	}
	if len(c.StringSlice("image"))+len(c.StringSlice("region")) > 0 {
		return bake{}, &usageError{
			message: "--packer-manifest stands beside --image or --region",
			hint:    "the manifest names images and regions; leave the others out",
		}
	}
	file, err := os.Open(name)
	if err != nil {
		return bake{}, fmt.Errorf("read Packer manifest: %w", err)
	}
	defer file.Close() //nolint:errcheck // only read
	manifest, err := packer.Read(file, name)
	if err != nil {
		return bake{}, fmt.Errorf("read Packer manifest: %w", err)
	}
	builds, err := chosenBuilds(c, manifest)
	return bake{builds, packer.Lineages(manifest)}, err
}

func chosenBuilds(c *cli.Context, manifest packer.Manifest) ([]packer.Build, error) {
	switch which := c.String("packer-run"); which {
	case "last":
		builds, err := manifest.Last()
		if err != nil {
			return nil, &usageError{message: err.Error(), hint: "--packer-run all takes the images of every run"}
		}
		return builds, nil
	case "all":
		return manifest.All(), nil
	default:
		return nil, among("--packer-run", which, packerRuns())
	}
}

// narrow asks for the images of the build alone, each in its region.
func (b bake) narrow(asked *audit.Collecting) {
	images := packer.Images(b.builds)
	if len(images) > 0 {
		asked.Places = map[string]string{}
	}
	for _, image := range images {
		asked.Images, asked.Regions = append(asked.Images, image.ID), append(asked.Regions, image.Region)
		asked.Places[image.ID] = image.Region
	}
}

// granteesOf reads whom the images are meant for.
func granteesOf(c *cli.Context, images []string) ([]audit.Grantee, error) {
	var grantees []audit.Grantee
	for _, text := range terms(c.StringSlice("share-with")) {
		grantee, err := audit.ParseGrantee(text)
		if err != nil {
			return nil, &usageError{
				message: fmt.Sprintf("--share-with %v", err), hint: "`aws organizations describe-organization` prints the ARN",
			}
		}
		grantees = append(grantees, grantee)
	}
	if len(grantees) > 0 && len(images) == 0 {
		return nil, &usageError{message: "--share-with asks about no image", hint: "name one with --image or --packer-manifest"}
	}
	return grantees, nil
}
