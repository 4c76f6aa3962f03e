package labelstudio

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Tasks is the collection of tasks. [Client.FindTasks] lists them.
var Tasks = Collection{list: "api/tasks/", item: "api/tasks/%d/"}

// TaskFilter is a condition on tasks, in the form of the data manager.
type TaskFilter struct {
	Column   string // such as "storage_filename"
	Operator string // such as "equal"
	Type     string // such as "String"
	Value    any
}

// FoundTasks is a part of the tasks of a project that meet all conditions.
type FoundTasks struct {
	// Total is the number of all of them.
	Total int64
	Tasks []Object
}

// FindTasks reads a page of the tasks that meet all conditions, in an order such as
// "id", or "-id" for the newest first.
func (c *Client) FindTasks(ctx context.Context, project int64, filters []TaskFilter, order string, page, size int) (FoundTasks, error) {
	type item struct {
		Filter   string `json:"filter"`
		Operator string `json:"operator"`
		Type     string `json:"type"`
		Value    any    `json:"value"`
	}
	items := make([]item, len(filters))
	for i, filter := range filters {
		items[i] = item{"filter:tasks:" + filter.Column, filter.Operator, filter.Type, filter.Value}
	}
	chosen, err := json.Marshal(map[string]any{
		"filters":  map[string]any{"conjunction": "and", "items": items},
		"ordering": []string{order},
	})
	if err != nil {
		return FoundTasks{}, &Error{Method: http.MethodGet, Path: Tasks.list, Detail: "the conditions cannot be written as JSON", Err: err}
	}
	got, err := c.doIn(ctx, http.MethodGet, Tasks, Tasks.list, url.Values{
		"project":     {strconv.FormatInt(project, 10)},
		"page":        {strconv.Itoa(page)},
		"page_size":   {strconv.Itoa(size)},
		"resolve_uri": {"false"}, // which would ask the storage for each file
		"query":       {string(chosen)},
	}, nil)
	if err != nil {
		return FoundTasks{}, err
	}
	var found struct {
		Total *int64   `json:"total"`
		Tasks []Object `json:"tasks"`
	}
	if err := got.decode(&found); err != nil {
		return FoundTasks{}, err
	}
	if found.Total == nil {
		return FoundTasks{}, got.unexpected("the response is not the list that is expected")
	}
	return FoundTasks{Total: *found.Total, Tasks: found.Tasks}, nil
}

// ofStorage matches the links of a task to the storages of each kind, joined by
// semicolons, of which all but one are empty.
const ofStorage = "^;*"

// OfFile is the condition that a task was imported from a file.
func OfFile(name string) TaskFilter {
	return TaskFilter{"storage_filename", "regex", "String", ofStorage + escape(name) + ";*$"}
}

// OfFilesIn is the condition that a task was imported from a file whose name begins
// with one of these, with composed or decomposed letters. A server on Windows separates
// the parts of a name by backslashes, and those of a path by slashes.
func OfFilesIn(prefixes ...string) TaskFilter {
	var patterns []string
	for _, prefix := range prefixes {
		for _, form := range []norm.Form{norm.NFC, norm.NFD} {
			pattern := strings.ReplaceAll(escape(form.String(prefix)), `\/`, `[/\\]`)
			if !slices.Contains(patterns, pattern) {
				patterns = append(patterns, pattern)
			}
		}
	}
	return TaskFilter{"storage_filename", "regex", "String", ofStorage + "(" + strings.Join(patterns, "|") + ")[^;]"}
}

var special = regexp.MustCompile(`[!-/:-@\[-` + "`" + `{-~ ]`)

// escape makes a regular expression that matches a text, for Python (on SQLite) and
// for PostgreSQL. In both, a backslash before a character that is neither a letter nor
// a digit stands for that character.
func escape(text string) string { return special.ReplaceAllString(text, `\$0`) }
