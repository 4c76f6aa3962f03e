import {
  to = labelstudio_session_policy.sessions
  identity = {
    id = 1
  }
}
