package awsstub

import (
	"encoding/json"
	"fmt"

	"github.com/amiscan/amiscan/internal/inventory"
)

// setting is a call about an account in a region that takes no parameters.
type setting struct {
	// action is the call's IAM name, fact the fact of the unit's settings that it tells.
	action, fact string
	fields       shape
	// element is what the fact stands in; empty where its fields stand in the answer itself.
	element string
	// otherwise is what AWS answers where nobody has changed the setting.
	otherwise string
}

// settingsServed are all calls about settings.
func settingsServed() []setting {
	return []setting{
		{action: "ec2:GetImageBlockPublicAccessState", fact: "image_block_public_access",
			fields:    shape{"ImageBlockPublicAccessState": text, "ManagedBy": text},
			otherwise: `{"ImageBlockPublicAccessState":"unblocked","ManagedBy":"account"}`},
		{action: "ec2:GetSnapshotBlockPublicAccessState", fact: "snapshot_block_public_access",
			fields:    shape{"State": text, "ManagedBy": text},
			otherwise: `{"State":"unblocked","ManagedBy":"account"}`},
		{action: "ec2:GetEbsEncryptionByDefault", fact: "ebs_encryption_by_default",
			fields:    shape{"EbsEncryptionByDefault": flag, "SseType": text},
			otherwise: `{"EbsEncryptionByDefault":false}`},
		{action: "ec2:GetEbsDefaultKmsKeyId", fact: "ebs_default_kms_key",
			fields: shape{"KmsKeyId": text}, otherwise: `{"KmsKeyId":"alias/aws/ebs"}`},
		{action: "ec2:GetInstanceMetadataDefaults", fact: "instance_metadata_defaults",
			fields: metadataDefaultsShape, element: "accountLevel", otherwise: `{}`},
		{action: "ec2:GetAllowedImagesSettings", fact: "allowed_images",
			fields: shape{"State": text, "ManagedBy": text,
				"ImageCriteria": list("imageCriterionSet", group(imageCriterionShape))},
			otherwise: `{"State":"disabled","ManagedBy":"account","ImageCriteria":[]}`},
		{action: "ec2:GetSerialConsoleAccessStatus", fact: "serial_console_access",
			fields:    shape{"SerialConsoleAccessEnabled": flag, "ManagedBy": text},
			otherwise: `{"SerialConsoleAccessEnabled":false,"ManagedBy":"account"}`},
	}
}

// settingFacts are the facts of a unit's settings that calls of their own tell.
func settingFacts() (names []string) {
	for _, s := range settingsServed() {
		names = append(names, s.fact)
	}
	return names
}

// addSettings keeps what one unit's settings are.
func (c *catalog) addSettings(p inventory.Part, r inventory.Resource) error {
	for _, s := range settingsServed() {
		if err := c.addSetting(s, p, r); err != nil {
			return err
		}
	}
	return c.addOrganization(p, r)
}

func (c *catalog) addSetting(s setting, p inventory.Part, r inventory.Resource) error {
	f, err := readFact(r, s.fact)
	if err != nil || !f.known && !f.denied {
		return err
	}
	if p.Region == globalRegion {
		return fmt.Errorf("%s: belongs to a region", s.fact)
	}
	d := document{denied: f.denied}
	if f.known {
		if d.body, err = s.render(f.value); err != nil {
			return err
		}
	}
	return put(c.settings, place{p.Account, p.Region}, s.action, d)
}

func (s setting) render(value any) ([]byte, error) {
	if s.element == "" {
		return renderContent(group(s.fields), s.fact, value)
	}
	return render(group(s.fields), s.element, s.fact, value)
}

// settingNamed returns the operation that tells a setting.
func settingNamed(action string) (operation, bool) {
	for _, s := range settingsServed() {
		if s.action == action {
			usual, err := s.usual()
			return operation{[]string{}, func(stub *Stub, r Request) ([]byte, error) {
				if d, ok := stub.catalog.settings[place{r.Account, r.Region}][action]; ok {
					return d.setting()
				}
				return usual, err
			}}, true
		}
	}
	return operation{}, false
}

// setting returns a setting that a part holds.
func (d document) setting() ([]byte, error) {
	if d.denied {
		return nil, &ec2Service.denied
	}
	return d.body, nil
}

// usual is the answer where nobody has changed the setting. Nearly all answers are.
func (s setting) usual() ([]byte, error) {
	value, err := decode(json.RawMessage(s.otherwise))
	if err != nil {
		return nil, err
	}
	return s.render(value)
}
