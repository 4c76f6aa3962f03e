terraform import labelstudio_view.unlabeled 7
