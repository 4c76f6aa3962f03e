terraform {
  # GitLab keeps the state, and its lock. The variables of the pipeline say where.
  backend "http" {}
}
