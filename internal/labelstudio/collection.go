package labelstudio

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// Collection is where the API keeps the objects of one type. The slashes are
// the server's: the response to a wrong one is an HTML page of a 404.
type Collection struct {
	list, item string // item holds %d for the id
	settings   bool   // one object of each organization, at list and at item
	change     string // the method of a change, PATCH if it is empty

	createsAlone bool                            // no other write runs beside a create
	deletesAlone bool                            // no other write runs beside a delete
	createsFail  []int                           // the statuses of a create that may have failed after the server made the object
	lookup       func(map[string]any) url.Values // the query that lists what a create with this body has made
	undated      bool                            // the server does not say when an object was created
	readsWrite   bool                            // the server writes an object when it reads it, see read_locks.go
	project      int64                           // that an object belongs to, see In

	// fields tells that a GET takes the names of the fields to include, see Include, and
	// that the list takes ids, see Client.GetFields.
	fields bool
}

// Projects is the collection of projects. A create in it runs alone, because
// parallel creates leave orphans: if SQLite is locked, the server runs the whole
// request again, and the creation of a project is not one transaction. A delete runs
// alone, because the server disconnects the signals of its whole process meanwhile
// (temporary_disconnect_all_signals). Other writes miss the signals, and after two
// parallel deletes they stay disconnected until the server is restarted: it then
// counts and exports no annotations.
var Projects = Collection{
	list:         "api/projects/",
	item:         "api/projects/%d/",
	createsAlone: true,
	deletesAlone: true,
	lookup: func(body map[string]any) url.Values {
		query := url.Values{"ordering": {"-id"}}
		if title, ok := body["title"].(string); ok {
			query.Set("title", Strip(title)) // "contains" on the server, the caller compares
		}
		return query
	},
	fields: true,
}

// AllImportStorages and AllExportStorages list a project's storages of all kinds.
// Each kind counts its ids by itself.
var (
	AllImportStorages = Collection{list: "api/storages/"}
	AllExportStorages = Collection{list: "api/storages/export"}
)

// ImportStorages is the collection of the import storages of a kind, such as
// "localfiles".
func ImportStorages(kind string) Collection {
	return Collection{
		list:   "api/storages/" + kind + "/",
		item:   "api/storages/" + kind + "/%d",
		lookup: inProjectOf,
	}
}

// ExportStorages is the collection of the export storages of a kind.
func ExportStorages(kind string) Collection {
	return Collection{
		list:   "api/storages/export/" + kind,
		item:   "api/storages/export/" + kind + "/%d",
		lookup: inProjectOf,
	}
}

// Webhooks is the collection of the webhooks of all projects.
var Webhooks = Collection{
	list:   "api/webhooks/",
	item:   "api/webhooks/%d/",
	lookup: inProjectOf,
}

// MLBackends is the collection of the ML backends of all projects. A create runs alone:
// if SQLite is locked, the server runs the whole request again, and makes one more. It makes
// a webhook for the backend after the backend itself, and fails if it refuses the
// webhook's address.
var MLBackends = Collection{
	list:         "api/ml/",
	item:         "api/ml/%d",
	createsAlone: true,
	lookup:       inProjectOf,
	createsFail:  []int{http.StatusForbidden, http.StatusInternalServerError},
	readsWrite:   true,
}

// Views is the collection of the tabs of the Data Manager, of all projects.
var Views = Collection{
	list:    "api/dm/views/",
	item:    "api/dm/views/%d/",
	lookup:  inProjectOf,
	undated: true,
}

// Users is the collection of all users of the server.
var Users = Collection{list: "api/users/"}

// JWTSettings and SessionPolicy are settings: each organization has them once, always.
var (
	JWTSettings   = settingsAt("api/jwt/settings", http.MethodPost)
	SessionPolicy = settingsAt("api/session-policy/", http.MethodPatch)
)

func settingsAt(path, change string) Collection {
	return Collection{list: path, item: path, settings: true, change: change}
}

// InProject is the query that lists the objects of a project.
func InProject(project int64) url.Values {
	return url.Values{"project": {strconv.FormatInt(project, 10)}}
}

// inProjectOf lists the objects of the project in the body of a create. Without a
// project it is 0, which the server refuses.
func inProjectOf(body map[string]any) url.Values {
	project, _ := body["project"].(int64)
	return InProject(project)
}

// In is the collection for requests about an object of the project. It is needed only
// where reads write: requests in one project then wait for each other.
func (c Collection) In(project int64) Collection {
	c.project = project
	return c
}

// Include is the query for the named fields of objects, nil where the server always
// responds with all of them.
func (c Collection) Include(fields ...string) url.Values {
	if !c.fields {
		return nil
	}
	return url.Values{"include": {strings.Join(fields, ",")}}
}

// Action is the path of something that the collection does, such as "validate"
// or "files", for Client.Post.
func (c Collection) Action(name string) string { return c.action(c.list, name) }

// ItemAction is the path of something that an object of the collection does, such as
// "validate", for Client.Post.
func (c Collection) ItemAction(id int64, name string) string { return c.action(c.itemPath(id), name) }

// action ends with a slash if the paths of the objects do.
func (c Collection) action(of, name string) string {
	path := strings.TrimSuffix(of, "/") + "/" + name
	if strings.HasSuffix(c.item, "/") {
		path += "/"
	}
	return path
}

func (c Collection) itemPath(id int64) string {
	if c.settings {
		return c.item
	}
	return fmt.Sprintf(c.item, id)
}

// String is the path of the collection's list.
func (c Collection) String() string { return c.list }
