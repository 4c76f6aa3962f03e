package acctest

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// An Object is what the tests have to know of a resource. The tests that run over all
// resources take it from Objects.
type Object struct {
	// Type is the type of the resource.
	Type string
	// Label is what messages call an object.
	Label string
	// List is where the API keeps the objects, and Item, with its id, one of them.
	List, Item string
	// AlwaysSent are the fields that the server wants in each PATCH.
	AlwaysSent []string
	// Settings tells that the server has the object once, always, and without an id.
	Settings bool
	// ChangeMethod is that of a change, if it is not PATCH.
	ChangeMethod string
	// Apart are the attributes that the tests over all attributes leave out, because their
	// values depend on more than the object. The object has tests of its own for them.
	Apart []string
	// Kept are the attributes that keep their value on the server when a configuration stops
	// setting them.
	Kept []string
	// Volatile are the attributes that the server changes in each PATCH.
	Volatile []string
	// VolatileWhile are more of them, by the flag that has to be true for it.
	VolatileWhile map[string]string
	// Since is the release that brought an attribute, for those that an older one lacks.
	Since map[string]string
	// Data holds the attributes that the API keeps in the field data, with the names that
	// they have there. A PATCH replaces that field as a whole.
	Data map[string]string
	// AsAPI is a value of a configuration as the API has it, if that is another one.
	AsAPI func(name string, value any) any
	// Samples are those of the attributes that a configuration may set.
	Samples func(*Server) Samples
}

// Objects are all resources.
var Objects = slices.Concat([]Object{project, view, webhook, mlBackend, jwtSettings, sessionPolicy},
	storages("local", "localfiles", "local", []string{"path"}, recursiveScan),
	storages("s3", "s3", "S3", []string{"bucket"}, nil),
	storages("gcs", "gcs", "Google Cloud", nil, recursiveScan),
	storages("azure", "azure", "Azure", nil, recursiveScan),
	storages("redis", "redis", "Redis", nil, nil),
)

var recursiveScan = map[string]string{"recursive_scan": "1.21.0"}

var project = Object{
	Type: "labelstudio_project", Label: "project",
	List: "/api/projects/", Item: "/api/projects/%d/",
	Since: map[string]string{"annotator_evaluation_enabled": "1.23.0"},
	// The server accepts only the versions that predictions of the project have.
	Apart: []string{"model_version"}, Kept: []string{"model_version"},
	Samples: func(*Server) Samples { return projectSamples() },
}

var view = Object{
	Type: "labelstudio_view", Label: "view",
	List: "/api/dm/views/", Item: "/api/dm/views/%d/",
	AlwaysSent: []string{"data"},
	Data: map[string]string{
		"title": "title", "type": "type", "filters": "filters", "ordering": "ordering", "hidden_columns": "hiddenColumns", "columns_width": "columnsWidth",
		"columns_display_type": "columnsDisplayType", "grid_width": "gridWidth", "grid_fit_images_to_width": "gridFitImagesToWidth",
	},
	AsAPI: func(name string, value any) any {
		if name == "filters" {
			return filtersAsAPI(value)
		}
		return value
	},
	Samples: (*Server).viewSamples,
}

// filtersAsAPI are the filters of a view as the API has them.
func filtersAsAPI(value any) any {
	filters, _ := value.(map[string]any)
	items, _ := filters["items"].([]any)
	all := make([]any, len(items))
	for i, item := range items {
		filter, _ := item.(map[string]any)
		text, _ := filter["value"].(string)
		all[i] = map[string]any{"filter": fmt.Sprint("filter:", filter["column"]), "operator": filter["operator"], "type": filter["type"], "value": fromJSON(text)}
	}
	return map[string]any{"conjunction": filters["conjunction"], "items": all}
}

// fromJSON is the value that JSON text holds.
func fromJSON(text string) (value any) {
	if err := json.Unmarshal([]byte(text), &value); err != nil {
		panic(err)
	}
	return value
}

var webhook = Object{
	Type: "labelstudio_webhook", Label: "webhook",
	List: "/api/webhooks/", Item: "/api/webhooks/%d/",
	AlwaysSent: []string{"actions"}, Volatile: []string{"updated_at"},
	Samples: (*Server).webhookSamples,
}

var mlBackend = Object{
	Type: "labelstudio_ml_backend", Label: "ML backend",
	List: "/api/ml/", Item: "/api/ml/%d",
	AlwaysSent:    []string{"project", "url", "title", "description", "is_interactive", "auth_method", "basic_auth_user", "extra_params", "auto_update", "model_version"},
	Volatile:      []string{"basic_auth_pass_is_set", "error_message", "readable_state", "state"},
	VolatileWhile: map[string]string{"auto_update": "model_version"},
	AsAPI: func(name string, value any) any {
		if text, ok := value.(string); ok && name == "extra_params" {
			return fromJSON(text)
		}
		return value
	},
	Samples: (*Server).mlBackendSamples,
}

// VolatileWith are the attributes that the server changes in each PATCH of an object with
// this configuration, in order.
func (o Object) VolatileWith(config Values) []string {
	all := slices.Clone(o.Volatile)
	for flag, name := range o.VolatileWhile {
		if config[flag] != false {
			all = append(all, name)
		}
	}
	return slices.Sorted(slices.Values(all))
}

var jwtSettings = Object{
	Type: "labelstudio_jwt_settings", Label: "API token policy",
	List: "/api/jwt/settings", Item: "/api/jwt/settings", Settings: true, ChangeMethod: http.MethodPost,
	// The provider may switch off the kind of token that it doesn't have.
	Apart: []string{"legacy_api_tokens_enabled"}, Kept: []string{"api_tokens_enabled"},
	Samples: (*Server).jwtSettingsSamples,
}

var sessionPolicy = Object{
	Type: "labelstudio_session_policy", Label: "session policy",
	List: "/api/session-policy/", Item: "/api/session-policy/", Settings: true,
	Volatile: []string{"updated_at"}, Kept: []string{"max_session_age", "max_time_between_activity"},
	Samples: func(*Server) Samples {
		return Samples{"max_session_age": {One: 1440, Other: 2880}, "max_time_between_activity": {One: 60, Other: 120}}
	},
}

// storages are the import and the export storage of a kind.
func storages(kind, service, label string, alwaysSent []string, since map[string]string) []Object {
	imports, exports := "/api/storages/"+service, "/api/storages/export/"+service
	alwaysSentByImport := alwaysSent
	if kind == "redis" { // whose export storages are saved without a look at them
		alwaysSentByImport = []string{"host", "port", "db", "password"}
	}
	return []Object{{
		Type: "labelstudio_" + kind + "_storage", Label: label + " storage",
		List: imports + "/", Item: imports + "/%d",
		AlwaysSent: alwaysSentByImport, Since: since,
		Samples: func(s *Server) Samples { return s.storageSamples(kind, importSamples) },
	}, {
		Type: "labelstudio_" + kind + "_export_storage", Label: label + " export storage",
		List: exports, Item: exports + "/%d",
		AlwaysSent: alwaysSent,
		Samples:    func(s *Server) Samples { return s.storageSamples(kind, exportSamples) },
	}}
}

// ObjectOf is what the tests have to know of a resource.
func ObjectOf(t *testing.T, typeName string) Object {
	t.Helper()
	i := slices.IndexFunc(Objects, func(o Object) bool { return o.Type == typeName })
	if i < 0 {
		t.Fatalf("the tests know no resource %q: add it to acctest.Objects", typeName)
	}
	return Objects[i]
}

// Imports tells whether the object is an import storage.
func (o Object) Imports() bool { return strings.HasSuffix(o.Type, "_storage") && !o.Exports() }

// Exports tells whether the object is an export storage.
func (o Object) Exports() bool { return strings.HasSuffix(o.Type, "_export_storage") }

// Kind is the kind of a storage: local, s3 and so on.
func (o Object) Kind() string {
	kind, _, _ := strings.Cut(strings.TrimPrefix(o.Type, "labelstudio_"), "_")
	return kind
}

// TooNew are the attributes that the server is too old for.
func (o Object) TooNew(s *Server) []string {
	s.T.Helper()
	return slices.DeleteFunc(slices.Sorted(maps.Keys(o.Since)), func(name string) bool { return !s.OlderThan(o.Since[name]) })
}

// ReplacedBy are the attributes that can't be changed in place.
var ReplacedBy = []string{"project"}

// Ours are the attributes that no server knows and that an import sets to their
// defaults.
var Ours = []string{"wait_for_sync", "force_destroy", "accept_incomplete_files", "delete_tasks_of_incomplete_files"}

// NotImported are the attributes that no server knows and that have no default.
var NotImported = []string{"sync_triggers", "timeouts"}

// ObjectsThat are those resources of which something is true.
func ObjectsThat(is func(Object) bool) []Object {
	return slices.DeleteFunc(slices.Clone(Objects), func(o Object) bool { return !is(o) })
}

// Each runs a test on each of the resources, as parallel subtests that each have a server
// of the pool to themselves.
func Each(t *testing.T, objects []Object, test func(s *Server, object Object)) {
	t.Helper()
	for _, object := range objects {
		t.Run(object.Type, func(t *testing.T) {
			t.Parallel()
			test(Start(t), object)
		})
	}
}

// Change is the method of a change.
func (o Object) Change() string { return cmp.Or(o.ChangeMethod, http.MethodPatch) }

// Create makes an object without the provider and returns its id. Settings are there.
func (o Object) Create(s *Server, body map[string]any) int64 {
	s.T.Helper()
	if o.Settings {
		return s.Organization()
	}
	var made struct{ ID int64 }
	s.Call(http.MethodPost, o.List, o.body(body), &made)
	return made.ID
}

// body is what a POST sends for attributes.
func (o Object) body(attributes map[string]any) map[string]any {
	body := map[string]any{}
	for name, value := range attributes {
		o.put(body, name, value)
	}
	return body
}

// put sets an attribute in a body.
func (o Object) put(body map[string]any, name string, value any) {
	if o.AsAPI != nil {
		value = o.AsAPI(name, value)
	}
	field, nested := o.Data[name]
	if !nested {
		body[name] = value
		return
	}
	data, _ := body["data"].(map[string]any)
	data = maps.Clone(data)
	if data == nil {
		data = map[string]any{}
	}
	data[field] = value
	body["data"] = data
}

// Unset is what a null of the server means where an attribute has a default, and
// otherwise nil.
func Unset(a *tfprotov6.SchemaAttribute) any {
	switch {
	case !a.Computed:
		return nil
	case a.Type.Is(tftypes.Bool):
		return false
	}
	return ""
}
