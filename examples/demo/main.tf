# What "make demo" applies: a project and the images that people label in it.

terraform {
  required_providers {
    labelstudio = {
      source = "labelstudio-community/labelstudio"
    }
  }
}

# Server and token come from LABEL_STUDIO_URL and LABEL_STUDIO_API_KEY.
provider "labelstudio" {}

resource "labelstudio_project" "shapes" {
  title        = "Shapes"
  description  = "Which shape is in the image?"
  label_config = <<-XML
    <View>
      <Image name="image" value="$image"/>
      <Choices name="shape" toName="image">
        <Choice value="Circle"/>
        <Choice value="Square"/>
        <Choice value="Triangle"/>
      </Choices>
    </View>
  XML
}

resource "labelstudio_local_storage" "images" {
  project       = labelstudio_project.shapes.id
  title         = "Images"
  path          = var.images_path
  regex_filter  = ".*\\.(png|jpg)$"
  use_blob_urls = true

  # A change of any value here starts a sync: with each new image the list of files
  # changes, and the next apply imports the image as a task.
  sync_triggers = {
    files = join(", ", fileset(var.images_path, "*.{png,jpg}"))
  }
}

data "labelstudio_project" "shapes" {
  id = labelstudio_project.shapes.id

  # Count the tasks after the sync, not before.
  depends_on = [labelstudio_local_storage.images]
}
