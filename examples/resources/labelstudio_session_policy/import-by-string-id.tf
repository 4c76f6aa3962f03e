import {
  to = labelstudio_session_policy.sessions
  id = "1"
}
