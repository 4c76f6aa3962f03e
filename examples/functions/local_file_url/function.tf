terraform {
  required_providers {
    labelstudio = {
      source = "labelstudio-community/labelstudio"
    }
  }
}

# "/data/local-files/?d=photos/cat%201.jpg"
output "url" {
  value = provider::labelstudio::local_file_url("/label-studio/files", "/label-studio/files/photos/cat 1.jpg")
}

# "https://example.com/label-studio/data/local-files/?d=photos/cat%201.jpg", for a server with this LABEL_STUDIO_HOST
output "url_under_a_prefix" {
  value = provider::labelstudio::local_file_url("/label-studio/files", "/label-studio/files/photos/cat 1.jpg", "https://example.com/label-studio")
}
