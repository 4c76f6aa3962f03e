package acctest

import (
	"cmp"
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
	// Since is the release that brought an attribute, for those that an older one lacks.
	Since map[string]string
	// Samples are those of the attributes that a configuration may set.
	Samples func(*Server) Samples
}

// Objects are all resources.
var Objects = slices.Concat([]Object{project, webhook, jwtSettings, sessionPolicy},
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

var webhook = Object{
	Type: "labelstudio_webhook", Label: "webhook",
	List: "/api/webhooks/", Item: "/api/webhooks/%d/",
	AlwaysSent: []string{"actions"}, Volatile: []string{"updated_at"},
	Samples: (*Server).webhookSamples,
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
	s.Call(http.MethodPost, o.List, body, &made)
	return made.ID
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
