package acctest

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// Config is a configuration whose provider asks nothing of the server in plans,
// so that requests can be counted.
func (s *Server) Config(body string) string {
	return s.ConfigWith("plan_checks = false", body)
}

// ConfigWith is a configuration with other settings of the provider.
func (s *Server) ConfigWith(settings, body string) string {
	return fmt.Sprintf(`
provider "labelstudio" {
  url = %q
  %s
}
%s`, s.Proxy.URL, settings, body)
}

// Project is a project that goes with the test, whatever it holds. Its address
// is labelstudio_project.test.
func Project(settings ...string) string {
	return `
resource "labelstudio_project" "test" {
  title         = "acceptance test"
  force_destroy = true
  ` + strings.Join(settings, "\n  ") + `
}
`
}

// Storage is a storage of the project. Its address is labelstudio_local_storage.test.
func Storage(path string, settings ...string) string {
	return fmt.Sprintf(`
resource "labelstudio_local_storage" "test" {
  project = labelstudio_project.test.id
  path    = %q
  %s
}
`, path, strings.Join(settings, "\n  "))
}

// ProjectAddress is the address of Project.
const ProjectAddress = "labelstudio_project.test"

// TasksOf is a storage that reads files of tasks.
func TasksOf(folder string, settings ...string) string {
	return Storage(folder, append([]string{"use_blob_urls = false"}, settings...)...)
}

// Checking is a configuration whose plans ask the server.
func (s *Server) Checking(body string) string { return s.ConfigWith("plan_checks = true", body) }

// StorageIn is a storage of a project that is there already, as plans can only
// check what they know. Its address is labelstudio_local_storage.<name>.
func StorageIn(project int64, name, path string, settings ...string) string {
	return blockIn(project, "labelstudio_local_storage", name, "path", path, settings)
}

// WebhookIn is a webhook of a project that is there already, whose receiver nobody calls.
// Its address is labelstudio_webhook.<name>.
func WebhookIn(project int64, name, url string, settings ...string) string {
	return blockIn(project, "labelstudio_webhook", name, "url", url, append(settings, "is_active = false"))
}

// MLBackendIn is an ML backend of a project that is there already. Its address is
// labelstudio_ml_backend.<name>.
func MLBackendIn(project int64, name, url string, settings ...string) string {
	return blockIn(project, "labelstudio_ml_backend", name, "url", url, settings)
}

// ViewIn is a view of a project that is there already. Its address is
// labelstudio_view.<name>.
func ViewIn(project int64, name, title string, settings ...string) string {
	return blockIn(project, "labelstudio_view", name, "title", title, settings)
}

// blockIn is an object of a project that is there already, with one attribute that is a
// text.
func blockIn(project int64, typeName, name, attribute, text string, settings []string) string {
	return fmt.Sprintf(`
resource %q %q {
  project = %d
  %s = %q
  %s
}
`, typeName, name, project, attribute, text, strings.Join(settings, "\n  "))
}

// written is a value as a configuration writes it.
func written(value any) string {
	if text, ok := value.(string); ok {
		return Quoted(text)
	}
	text, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	return string(text)
}

// Quoted is a text as a configuration writes it.
func Quoted(text string) string { return strconv.Quote(text) }

// StorageAddress is the address of Storage.
const StorageAddress = "labelstudio_local_storage.test"

// ViewAddress is the address of ViewIn with the name test.
const ViewAddress = "labelstudio_view.test"

// WebhookAddress is the address of WebhookIn with the name test.
const WebhookAddress = "labelstudio_webhook.test"

// MLBackendAddress is the address of MLBackendIn with the name test.
const MLBackendAddress = "labelstudio_ml_backend.test"

// Pictures is a storage that makes a task of each file.
func Pictures(folder string, settings ...string) string {
	return Storage(folder, append([]string{"use_blob_urls = true"}, settings...)...)
}

// Triggers is the setting sync_triggers.
func Triggers(value string) string {
	return fmt.Sprintf("sync_triggers = { now = %q }", value)
}
