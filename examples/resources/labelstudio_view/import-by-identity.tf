import {
  to = labelstudio_view.unlabeled
  identity = {
    id = 7
  }
}
