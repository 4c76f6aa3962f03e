terraform {
  backend "s3" {
    bucket = "example-terraform-state"
    key    = "label-studio.tfstate"
    region = "eu-central-1"

    # The lock that keeps two pipelines from working at the same time (Terraform 1.10).
    use_lockfile = true
  }
}
