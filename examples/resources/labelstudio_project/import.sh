terraform import labelstudio_project.animals 7
