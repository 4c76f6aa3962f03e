data "labelstudio_storage_types" "this" {}

output "local_files_are_on" {
  value = contains(data.labelstudio_storage_types.this.import_types[*].name, "localfiles")
}
