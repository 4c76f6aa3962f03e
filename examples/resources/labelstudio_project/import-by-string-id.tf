import {
  to = labelstudio_project.animals
  id = "7"
}
