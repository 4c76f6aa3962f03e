# Log in again each working day, and after an hour's break.
resource "labelstudio_session_policy" "sessions" {
  max_session_age           = 12 * 60
  max_time_between_activity = 60
}
