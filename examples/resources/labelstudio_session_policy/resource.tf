# Users must log in again after 12 hours, and after one hour without activity.
resource "labelstudio_session_policy" "sessions" {
  max_session_age           = 12 * 60
  max_time_between_activity = 60
}
