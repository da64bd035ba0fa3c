# An image that is gated before anybody else can launch it: build it private, gate it, share it.
#
#   packer init examples/packer && packer build examples/packer
#
# Run it at the root of the checkout: that is where amiscan finds amiscan.yaml and the template below.

packer {
  required_version = ">= 1.10"
  required_plugins {
    amazon = {
      source  = "github.com/hashicorp/amazon"
      version = "~> 1.3"
    }
  }
}

variable "consumer" {
  type        = string
  default     = "444455556666"
  description = "The account that the image is meant for."
}

variable "kms_key" {
  type        = string
  default     = "alias/images"
  description = "A key of your own: an image under aws/ebs can't be shared. Its key policy has to let the consumer in."
}

# No ami_users, ami_groups, ami_org_arns, ami_ou_arns, snapshot_users or snapshot_groups here: the builder shares before any
# post-processor runs, so that the image would be out before it is looked at. ami_regions is fine: copies are private, stand
# in the manifest and are gated, too.
source "amazon-ebs" "web" {
  region           = "eu-west-1"
  ami_name         = "web-{{timestamp}}"
  instance_type    = "t3.small"
  ssh_username     = "ec2-user"
  imds_support     = "v2.0"
  encrypt_boot     = true
  kms_key_id       = var.kms_key
  force_deregister = false

  source_ami_filter {
    owners      = ["137112412989"] # Amazon
    most_recent = true
    filters = {
      name = "al2023-ami-2023.*-kernel-*-x86_64"
    }
  }

  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = "required"
  }

  tags = {
    Name  = "web"
    Owner = "team-web"
  }
}

build {
  sources = ["source.amazon-ebs.web"]

  provisioner "shell" {
    inline = ["sudo dnf -y upgrade"]
  }

  # One sequence, for two reasons. Packer goes on with the next sequence when one fails, so that an image would be shared from
  # there in spite of the gate. And it deletes an image whose every sequence fails at its first post-processor, but keeps one
  # that a manifest has recorded: an image that the gate refuses stays, private, to be looked at.
  post-processors {
    # Packer does not record which file a build comes from. With "template", a path from the root of the checkout, alerts in
    # code scanning stand on the source block above.
    post-processor "manifest" {
      output      = "packer-manifest.json"
      custom_data = { template = "examples/packer/web.pkr.hcl" }
    }
    # Any exit code but 0 ends the sequence here: 1 (findings), but also 3 (not everything could be seen).
    post-processor "shell-local" {
      inline = ["amiscan scan --packer-manifest packer-manifest.json --share-with ${var.consumer}"]
    }
    post-processor "shell-local" {
      inline = [
        "jq -r '.last_run_uuid as $run | .builds[] | select(.packer_run_uuid == $run) | .artifact_id' packer-manifest.json |",
        "tr ',' '\\n' | while IFS=: read -r region image; do",
        "  aws ec2 modify-image-attribute --region \"$region\" --image-id \"$image\" \\",
        "    --launch-permission 'Add=[{UserId=${var.consumer}}]'",
        "done",
      ]
    }
  }
}
