data "labelstudio_session_policy" "sessions" {}

output "hours_until_log_in" {
  value = data.labelstudio_session_policy.sessions.max_session_age / 60
}
