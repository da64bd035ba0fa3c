package estate

import (
	"fmt"
	"time"

	"github.com/amiscan/amiscan/internal/inventory"
)

// bake is one image before it is written down.
type bake struct {
	number      int
	name        string
	created     time.Time
	state       string
	source      string
	key         string
	isPublic    bool
	deprecated  time.Time
	permissions []doc
	snapshots   int
	tags        []doc
}

func (b *builder) imageID(number int) string { return b.id("ami-", b.account, b.region, number) }

// snapshotID is that of the n-th snapshot of an image. An image has four at most.
func (b *builder) snapshotID(image, n int) string {
	return b.id("snap-", b.account, b.region, 4*image+n)
}

// addBake adds an image and its snapshots.
func (b *builder) addBake(k bake) {
	id := b.imageID(k.number)
	image := doc{
		"ImageId": id, "OwnerId": b.part.Account, "Name": k.name, "State": k.state, "Public": k.isPublic,
		"CreationDate": stamp(k.created), "Architecture": "x86_64", "Description": "baked on " + k.created.Format(time.DateOnly),
		"ImageLocation": b.part.Account + "/" + k.name, "ImageType": "machine", "VirtualizationType": "hvm", "Hypervisor": "xen",
		"EnaSupport": true, "ImdsSupport": "v2.0", "BootMode": "uefi-preferred", "RootDeviceType": "ebs",
		"RootDeviceName": "/dev/xvda", "PlatformDetails": "Linux/UNIX", "UsageOperation": "RunInstances",
		"DeregistrationProtection": "disabled", "BlockDeviceMappings": b.devices(k),
	}
	setTags(image, k.tags)
	if k.source != "" {
		image["SourceImageId"], image["SourceImageRegion"] = k.source, b.part.Region
	}
	if !k.deprecated.IsZero() {
		image["DeprecationTime"] = stamp(k.deprecated)
	}
	known := facts{"image": image}
	if len(k.permissions) > 0 {
		known["launch_permissions"] = k.permissions
	}
	b.add(inventory.AMI, id, known)
	for n := range k.snapshots {
		b.addSnapshot(k, n)
	}
}

// devices are the block devices of an image, one for each snapshot.
func (b *builder) devices(k bake) []doc {
	var devices []doc
	for n := range k.snapshots {
		name := "/dev/xvda"
		if n > 0 {
			name = "/dev/sd" + string(rune('a'+n))
		}
		devices = append(devices, doc{"DeviceName": name, "Ebs": doc{"SnapshotId": b.snapshotID(k.number, n), "VolumeSize": 8,
			"VolumeType": "gp3", "DeleteOnTermination": true, "Encrypted": k.key != ""}})
	}
	return devices
}

func (b *builder) addSnapshot(k bake, n int) {
	id := b.snapshotID(k.number, n)
	snapshot := doc{
		"SnapshotId": id, "OwnerId": b.part.Account, "State": "completed", "Progress": "100%", "StorageTier": "standard",
		"StartTime": stamp(k.created), "VolumeId": "vol-ffffffff", "VolumeSize": 8, "Encrypted": k.key != "",
		"Description": "Created by CreateImage for " + b.imageID(k.number),
	}
	setTags(snapshot, k.tags)
	if k.key != "" {
		snapshot["KmsKeyId"] = k.key
	}
	b.add(inventory.Snapshot, id, facts{"snapshot": snapshot})
}

// stamp writes a time as EC2 does.
func stamp(t time.Time) string { return t.Format("2006-01-02T15:04:05.000Z") }

// ago is a day some days before everything was observed.
func (e *Estate) ago(days int) time.Time { return e.Observed().AddDate(0, 0, -days) }

// setTags leaves the field out where there is no tag, as EC2 does.
func setTags(thing doc, tags []doc) {
	if len(tags) > 0 {
		thing["Tags"] = tags
	}
}

// tagsOf are the tags that most things have.
func (b *builder) tagsOf(name string) []doc {
	return []doc{{"Key": "Name", "Value": name}, {"Key": "Owner", "Value": b.teamOf(b.account)}}
}

// The golden images of a region: so many lineages, of each so many bakes.
const (
	lineages       = 6
	bakesOfLineage = 4
)

// goldenNumber is the number of a golden image, the latest bake of a lineage being 0.
func goldenNumber(lineage, bake int) int { return lineage*bakesOfLineage + bake }

// golden is the id of a golden image in a region.
func (e *Estate) golden(region, lineage, bake int) string {
	return e.id("ami-", imageFactory, region, goldenNumber(lineage, bake))
}

// addGoldenImages adds the images that the whole organization launches. All are encrypted with a central key; the oldest
// bake of each lineage is deprecated, and the last lineage is shared with single accounts only.
func (b *builder) addGoldenImages() {
	for lineage := range lineages {
		for n := range bakesOfLineage {
			name := fmt.Sprintf("golden-%c-%s", 'a'+lineage, b.ago(5+30*n).Format("20060102"))
			k := bake{number: goldenNumber(lineage, n), name: name, created: b.ago(5 + 30*n), state: "available", snapshots: 1,
				key: b.centralKey(b.region, lineage%centralKeys), permissions: b.goldenPermissions(lineage), tags: b.tagsOf(name)}
			if n == bakesOfLineage-1 {
				k.deprecated = b.ago(1)
			}
			b.addBake(k)
		}
	}
	for n := range centralKeys {
		b.addForeignKey(b.region, n)
	}
}

func (b *builder) goldenPermissions(lineage int) (permissions []doc) {
	if lineage < lineages-1 {
		return []doc{{"OrganizationArn": b.organizationARN()}}
	}
	for range min(5, b.size.Accounts-ordinary) {
		permissions = append(permissions, doc{"UserId": accountID(ordinary + b.dice.IntN(b.size.Accounts-ordinary))})
	}
	return permissions
}

// addImages adds an ordinary account's own images.
func (b *builder) addImages(n int, keys []string) {
	for number := range n {
		app := fmt.Sprintf("%s-%c", b.teamOf(b.account), 'a'+number/5%26)
		created := b.ago(2 + 14*(number%5) + number/130)
		k := bake{number: number, name: fmt.Sprintf("%s-%s-%d", app, created.Format("20060102"), number), created: created,
			state: "available", snapshots: 1, source: b.golden(b.region, number%lineages, b.dice.IntN(bakesOfLineage))}
		b.vary(&k, keys)
		b.addBake(k)
	}
}

// vary makes an image one of many.
func (b *builder) vary(k *bake, keys []string) {
	if b.chance(70) {
		k.key = pick(b.dice, keys...)
	}
	if b.chance(90) {
		k.tags = b.tagsOf(k.name)
	}
	if b.chance(20) {
		k.snapshots = 2
	}
	if b.chance(25) {
		k.deprecated = b.Observed().AddDate(0, 0, b.dice.IntN(400)-40)
	}
	switch draw := b.dice.IntN(100); {
	case draw < 2:
		k.state = "disabled"
	case draw < 6 && k.key == "":
		k.isPublic, k.permissions = true, []doc{{"Group": "all"}}
	case draw < 8:
		k.permissions = []doc{{"UserId": outsider}}
	case draw < 18:
		k.permissions = []doc{{"UserId": accountID(b.dice.IntN(b.size.Accounts))}}
	}
}
