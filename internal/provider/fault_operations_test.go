package provider_test

import (
	"net/http"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// An operation is a column of the matrix.
type operation struct {
	name   string
	types  []string
	method string
	path   func(typeName string) string // of the request that meets the fault
	before func(*cell)
	do     func(*cell, *protocol) diagnostics
	// want is the configuration that is applied in the end.
	want func(*cell) values
	// others is how many requests there may be besides that one and its repetition.
	others int
}

// operations are in the order in which an object goes through them.
var operations = []operation{
	{"create", projectAndStorage, http.MethodPost, listPath, absent, create, plain, 10}, // a lost one is looked for five times
	{"read", projectAndStorage, http.MethodGet, itemPath, present, create, plain, 0},
	{"import", projectAndStorage, http.MethodGet, itemPath, forgotten, importByID, plain, 0},
	{"list", projectAndStorage, http.MethodGet, listPath, present, listAll, plain, 0},
	{"update", projectAndStorage, http.MethodPatch, itemPath, present, change, changed, 2},    // refreshed, and recognised
	{"delete", projectAndStorage, http.MethodDelete, itemPath, present, destroy, noObject, 6}, // does it hold tasks, does a sync run, is it gone
	{"sync", []string{aStorage}, http.MethodPost, syncPath, absent, createAndSync, syncing, 9},
}

const (
	aProject = "labelstudio_project"
	aStorage = "labelstudio_local_storage"
)

var projectAndStorage = []string{aProject, aStorage}

// paths are those of the requests about objects of a type.
var paths = map[string]struct{ all, list, item string }{
	aProject: {`^/api/projects/`, `^/api/projects/($|\?)`, `^/api/projects/\d+/$`},
	aStorage: {`^/api/storages/`, `^/api/storages/localfiles/($|\?)`, `^/api/storages/localfiles/\d+$`},
}

func listPath(typeName string) string { return paths[typeName].list }
func itemPath(typeName string) string { return paths[typeName].item }
func syncPath(string) string          { return syncRequest }

func absent(c *cell) { c.expectNothing(c.apply(c.calm(), nil)) }

func present(c *cell) {
	if c.state == nil {
		c.expectNothing(c.apply(c.calm(), plain(c)))
	}
}

func forgotten(c *cell) {
	present(c)
	c.forgotten = c.id(c.t)
	c.state = nil
}

func create(c *cell, p *protocol) diagnostics        { return c.apply(p, plain(c)) }
func change(c *cell, p *protocol) diagnostics        { return c.apply(p, changed(c)) }
func destroy(c *cell, p *protocol) diagnostics       { return c.apply(p, nil) }
func createAndSync(c *cell, p *protocol) diagnostics { return c.apply(p, syncing(c)) }
func importByID(c *cell, p *protocol) diagnostics    { return c.imports(p, c.forgotten) }

func listAll(c *cell, p *protocol) (problems diagnostics) {
	query := values{}
	if c.typeName == aStorage {
		query["project"] = c.project
	}
	for _, result := range p.list(c.typeName, query, true, 0) {
		problems = append(problems, result.Diagnostics...)
	}
	return problems
}

func noObject(*cell) values  { return nil }
func plain(c *cell) values   { return c.configuration("one") }
func changed(c *cell) values { return c.configuration("other") }

func syncing(c *cell) values {
	text := func(text string) tftypes.Value { return tftypes.NewValue(tftypes.String, text) }
	config := c.configuration("one")
	config["sync_triggers"] = map[string]tftypes.Value{"now": text("1")}
	if c.lasting {
		config["timeouts"] = map[string]tftypes.Value{"create": text("8s"), "update": text("8s"), "delete": text("8s")}
	}
	return config
}
