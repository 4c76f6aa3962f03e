terraform {
  required_version = ">= 1.9" # for validations that refer to locals

  required_providers {
    labelstudio = {
      source = "labelstudio-community/labelstudio"
    }
  }
}
