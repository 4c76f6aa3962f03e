import {
  to = labelstudio_project.animals
  identity = {
    id = 7
  }
}
