import {
  to = labelstudio_view.unlabeled
  id = "7"
}
