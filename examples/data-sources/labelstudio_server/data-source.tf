data "labelstudio_server" "this" {}

check "version" {
  assert {
    condition     = startswith(data.labelstudio_server.this.version, "1.")
    error_message = "Label Studio is ${data.labelstudio_server.this.version}; this configuration was tested with 1.x."
  }
}
