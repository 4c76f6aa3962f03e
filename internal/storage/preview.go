package storage

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/object"
)

// mostPreviewed is how many files of a place a plan looks at: a page of S3.
const mostPreviewed = 1000

// previewed tells whether the plan looks at the files of the place: if the configuration
// asks for syncs, and the storage is new or will find other files or read them in another
// way. A storage without sync_triggers may be there only to let the server serve the files
// of its place, and then it does not matter what an import would take.
func (r *storageResource) previewed(plan, state types.Object) bool {
	return r.compared != nil && asksForSync(plan) && (state.IsNull() || slices.ContainsFunc(r.Table.Changed(plan, state), func(name string) bool {
		return r.locates(name) || slices.Contains([]string{regexFilter, recursiveScan.Name, useBlobURLs.Name}, name)
	}))
}

// filterOf is the filter as the server keeps it.
func filterOf(plan types.Object) string {
	return labelstudio.Strip(object.StringOf(plan.Attributes()[regexFilter]))
}

// listFiles lets the server validate the storage and the filter, and list some files of
// the place. Where the server can't list files, it only validates: releases before 1.21
// can't, and a file's name that is not in UTF-8 makes the list fail.
//
// The server applies the limit to the files that the filter takes: for a filter that takes
// none it would read the names of a whole bucket. So the request has a filter that takes
// every file, and that is a regular expression only if the storage's is.
func (r *storageResource) listFiles(ctx context.Context, body map[string]any, filter string, limit int) (labelstudio.Object, error) {
	listing := maps.Clone(body)
	listing["limit"] = limit
	if filter != "" {
		listing[regexFilter] = filter + "(?:)\n|" // whether it ends with a backslash or a comment
	}
	listed, err := r.Server.Post(ctx, r.Collection.Action("files"), listing)
	status := labelstudio.StatusOf(err)
	if labelstudio.IsNotFound(err) || status == http.StatusMethodNotAllowed || status >= http.StatusInternalServerError {
		return r.Server.Post(ctx, r.Collection.Action("validate"), body)
	}
	return listed, err
}

// filesIn are the names of the files that the server has listed, and whether there are
// more. A list that the server ends early has a last row without a size.
func filesIn(listed labelstudio.Object) (names []string, more, ok bool) {
	var rows []struct {
		Key  string       `json:"key"`
		Size *json.Number `json:"size"`
	}
	if json.Unmarshal(listed["files"], &rows) != nil || rows == nil {
		return nil, false, false
	}
	for _, row := range rows {
		if row.Size == nil {
			return names, true, true
		}
		names = append(names, row.Key)
	}
	return names, false, true
}

// checkFiles warns of what an import would take, or not take, by mistake.
func (k kind) checkFiles(plan types.Object, names []string, more bool, diags *diag.Diagnostics) {
	warn := func(on, summary, detail string) { diags.AddAttributeWarning(path.Root(on), summary, detail) }
	count := func(files []string) string {
		if more {
			return fmt.Sprintf("at least %d, such as %s", len(files), examples(files))
		}
		return fmt.Sprintf("%d, such as %s", len(files), examples(files))
	}
	filter := filterOf(plan)
	taken, known := k.take(filter, names)
	switch {
	case len(names) == 0:
		warn(k.within, "The storage has no files to import", "A sync would find nothing. "+k.lookup)
		return
	case !known:
		return
	case len(taken) == 0:
		which := "None of the files"
		if more {
			which = fmt.Sprintf("None of the first %d files", len(names))
		}
		warn(regexFilter, "regex_filter takes no file", fmt.Sprintf("%s matches, such as %s. %s%s", which, examples(names), k.lookup, filterMatching))
		return
	}
	place := k.names(object.StringOf(plan.Attributes()[k.within]))
	hidden := filesThat(taken, func(name string) bool { return isHidden(name, place) })
	visible := filesThat(taken, func(name string) bool { return !isHidden(name, place) })
	if len(hidden) > 0 {
		warn(regexFilter, "A sync would import hidden files", "The storage takes hidden files: "+count(hidden)+". "+k.visible)
	}
	if object.BoolOf(plan.Attributes()[useBlobURLs.Name]) {
		if tasks := filesThat(visible, hasExtension(taskExtensions)); len(tasks) > 0 {
			warn(useBlobURLs.Name, "A sync would not read the tasks in JSON files",
				"With use_blob_urls = true each file becomes one task that refers to the file by its URL. The storage takes JSON files: "+count(tasks)+
					". Set use_blob_urls = false to import the tasks in them, or let regex_filter leave them out. If annotators are to see the JSON files themselves, ignore this warning.")
		}
		return
	}
	if media := filesThat(visible, hasExtension(mediaExtensions)); len(media) > 0 {
		warn(useBlobURLs.Name, "A sync would fail at files that hold no tasks",
			"With use_blob_urls = false each file has to hold tasks as JSON. The storage takes pictures, audio, video or documents: "+count(media)+
				`. Set use_blob_urls = true to make each of them a task, or let regex_filter choose only the files with tasks, such as ".*\\.json".`)
	}
}

// take are the files that the filter takes, if that can be told. The server has Python's
// regular expressions. Go does not know some of them, and a few mean something else to it.
func (k kind) take(filter string, names []string) (taken []string, known bool) {
	pattern, err := regexp.Compile(`\A(?:` + filter + `)`)
	if err != nil || unlikePython.MatchString(filter) || unicodeInPython.MatchString(filter) && slices.ContainsFunc(names, beyondASCII) {
		return nil, false
	}
	return filesThat(names, func(name string) bool { return pattern.MatchString(k.compared(name)) }), true
}

var (
	// unlikePython are bounds without the lower one, and classes of POSIX.
	unlikePython = regexp.MustCompile(`\{,|\[:`)
	// unicodeInPython are classes that hold only ASCII in Go.
	unicodeInPython = regexp.MustCompile(`\\[bBdDsSwW]`)
)

func beyondASCII(name string) bool {
	return strings.ContainsFunc(name, func(r rune) bool { return r > unicode.MaxASCII })
}

// isHidden tells whether the file, or a directory below the place, has a name that begins
// with a dot.
func isHidden(name, place string) bool {
	below := strings.TrimPrefix(strings.ReplaceAll(name, `\`, "/"), place)
	return strings.HasPrefix(below, ".") || strings.Contains(below, "/.")
}

var (
	taskExtensions  = []string{".json", ".jsonl"}
	mediaExtensions = []string{
		".bmp", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".tif", ".tiff", ".webp",
		".aac", ".flac", ".m4a", ".mp3", ".ogg", ".wav",
		".avi", ".mkv", ".mov", ".mp4", ".mpeg", ".mpg", ".webm",
		".pdf",
	}
)

// fileName is a name without the directories. The server may run on Windows.
func fileName(name string) string { return name[strings.LastIndexAny(name, `/\`)+1:] }

func hasExtension(extensions []string) func(name string) bool {
	return func(name string) bool { return slices.Contains(extensions, strings.ToLower(filepath.Ext(name))) }
}

func filesThat(names []string, are func(name string) bool) []string {
	return slices.DeleteFunc(slices.Clone(names), func(name string) bool { return !are(name) })
}

// examples quotes the first of the names.
func examples(names []string) string {
	var quoted []string
	for _, name := range names[:min(len(names), mostShown)] {
		quoted = append(quoted, fmt.Sprintf("%q", name))
	}
	return strings.Join(quoted, ", ")
}
