package acceptance_test

import (
	"net/http"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/acctest"
)

// An operation is a column of the matrix.
type operation struct {
	name   string
	types  []string
	method string
	path   func(typeName string) string // of the request that meets the fault
	before func(*cell)
	do     func(*cell) acctest.Result
	// want is the configuration that is applied in the end.
	want func(*cell) acctest.Values
	// others is how many requests there may be besides that one and its repetition.
	others int
}

// operations are in the order in which an object goes through them.
var operations = []operation{
	{"create", allTypes, http.MethodPost, listPath, absent, create, plain, 11}, // a lost one is looked for five times, and views are listed before
	{"read", allTypes, http.MethodGet, itemPath, present, create, plain, 0},
	{"import", allTypes, http.MethodGet, itemPath, forgotten, importByID, plain, 0},
	{"list", allTypes, http.MethodGet, listPath, present, listAll, plain, 0},
	{"update", allTypes, http.MethodPatch, itemPath, present, change, changed, 2},    // refreshed, and recognised
	{"delete", allTypes, http.MethodDelete, itemPath, present, destroy, noObject, 6}, // does it hold tasks, does a sync run, is it gone
	{"sync", []string{storageType}, http.MethodPost, syncPath, absent, createAndSync, syncing, 9},
}

const (
	projectType   = "labelstudio_project"
	storageType   = "labelstudio_local_storage"
	viewType      = "labelstudio_view"
	webhookType   = "labelstudio_webhook"
	mlBackendType = "labelstudio_ml_backend"
)

// allTypes stand for all: the storages of other kinds make the same requests, and the
// settings of the organization are neither created nor deleted. Faults of their change are
// in organization_settings_test.go.
var allTypes = []string{projectType, storageType, viewType, webhookType, mlBackendType}

// paths are those of the requests about objects of a type.
var paths = map[string]struct{ all, list, item string }{
	projectType:   {`^/api/projects/`, `^/api/projects/($|\?)`, `^/api/projects/\d+/($|\?)`},
	storageType:   {`^/api/storages/`, `^/api/storages/localfiles/($|\?)`, `^/api/storages/localfiles/\d+$`},
	viewType:      {`^/api/dm/views/`, `^/api/dm/views/($|\?)`, `^/api/dm/views/\d+/$`},
	webhookType:   {`^/api/webhooks/`, `^/api/webhooks/($|\?)`, `^/api/webhooks/\d+/$`},
	mlBackendType: {`^/api/ml/`, `^/api/ml/($|\?)`, `^/api/ml/\d+$`},
}

func listPath(typeName string) string { return paths[typeName].list }
func itemPath(typeName string) string { return paths[typeName].item }
func syncPath(string) string          { return acctest.SyncRequest }

func absent(c *cell) {
	c.Settings = c.calm()
	c.Apply(nil).Succeeds()
}

func present(c *cell) {
	c.Settings = c.calm()
	if c.ID() == 0 {
		c.Apply(plain(c)).Succeeds()
	}
}

func forgotten(c *cell) {
	present(c)
	c.forgotten = c.ID()
	c.Forget()
}

func create(c *cell) acctest.Result        { return c.Apply(plain(c)) }
func change(c *cell) acctest.Result        { return c.Apply(changed(c)) }
func destroy(c *cell) acctest.Result       { return c.Apply(nil) }
func createAndSync(c *cell) acctest.Result { return c.Apply(syncing(c)) }
func importByID(c *cell) acctest.Result    { return c.Import(c.forgotten) }

func listAll(c *cell) acctest.Result {
	query := acctest.Values{}
	if c.project != 0 {
		query["project"] = c.project
	}
	all := acctest.Result{T: c.T}
	for _, listed := range c.Provider(c.Settings).List(c.typeName, query, true, 0) {
		all.Failed = all.Failed || listed.Failed
		all.Messages = append(all.Messages, listed.Messages...)
	}
	return all
}

func noObject(*cell) acctest.Values  { return nil }
func plain(c *cell) acctest.Values   { return c.configuration("one") }
func changed(c *cell) acctest.Values { return c.configuration("other") }

func syncing(c *cell) acctest.Values {
	config := c.configuration("one")
	config["sync_triggers"] = triggers("1")
	if c.lasting {
		config["timeouts"] = map[string]any{"create": "8s", "update": "8s", "delete": "8s"}
	}
	return config
}
