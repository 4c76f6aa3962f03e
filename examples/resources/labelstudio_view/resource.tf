resource "labelstudio_project" "animals" {
  title = "Animals"

  label_config = <<-EOT
    <View>
      <Image name="image" value="$image"/>
      <Choices name="animal" toName="image">
        <Choice value="cat"/>
        <Choice value="dog"/>
      </Choices>
    </View>
  EOT
}

# Tasks without annotations, the newest first.
resource "labelstudio_view" "unlabeled" {
  project = labelstudio_project.animals.id
  title   = "To do"

  filters = {
    items = [
      {
        column   = "tasks:total_annotations"
        operator = "equal"
        type     = "Number"
        value    = jsonencode(0)
      },
    ]
  }
  ordering = ["-tasks:id"]
}

# Images of one directory that were labeled in January, as tiles.
resource "labelstudio_view" "january" {
  project = labelstudio_project.animals.id
  title   = "Zoo, January"
  type    = "grid"

  filters = {
    conjunction = "and"
    items = [
      {
        column   = "tasks:data.image"
        operator = "contains"
        type     = "Image"
        value    = jsonencode("/zoo/")
      },
      {
        column   = "tasks:completed_at"
        operator = "in"
        type     = "Datetime"
        value    = jsonencode({ min = "2026-01-01T00:00:00.000Z", max = "2026-02-01T00:00:00.000Z" })
      },
    ]
  }

  # Show all columns but these.
  hidden_columns = {
    explore  = ["tasks:annotations_ids", "tasks:predictions_results"]
    labeling = ["tasks:annotators"]
  }
  grid_width = 6
}
