variable "images_path" {
  type        = string
  description = "Absolute path of the folder with the images, as the Label Studio server sees it: a folder below its LOCAL_FILES_DOCUMENT_ROOT."
}
