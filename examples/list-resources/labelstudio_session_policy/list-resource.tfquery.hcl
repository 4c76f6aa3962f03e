list "labelstudio_session_policy" "sessions" {
  provider = labelstudio
}
