package acceptance_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/acctest"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/proxy"
)

const (
	exportAction    = "labelstudio_project_export"
	exportSnapshots = `/exports/$`
	exportDownload  = `/exports/\d+/download`
)

// exporting is a project with four tasks: one is annotated, one has a ground truth, one was
// skipped, and one has no annotation.
type exporting struct {
	*acctest.Server

	project int64
	path    string
}

func newExporting(s *acctest.Server) exporting {
	s.T.Helper()
	e := exporting{s, s.NewProject(), filepath.Join(s.T.TempDir(), "exports", "tasks")}
	s.Change(projectType, e.project, map[string]any{"label_config": acctest.AnnotatedConfig})
	good := []map[string]any{{"from_name": "quality", "to_name": "text", "type": "choices", "value": map[string]any{"choices": []string{"good"}}}}
	task := func(text string, annotations ...map[string]any) map[string]any {
		return map[string]any{"data": map[string]string{"text": text}, "annotations": append([]map[string]any{}, annotations...)}
	}
	s.Call(http.MethodPost, fmt.Sprintf("/api/projects/%d/import", e.project), []map[string]any{
		task("annotated", map[string]any{"result": good, "ground_truth": false}), // the import's default is true
		task("truth", map[string]any{"result": good, "ground_truth": true}),
		task("skipped", map[string]any{"result": []any{}, "was_cancelled": true, "ground_truth": false}),
		task("new"),
	}, nil)
	return e
}

// config is a configuration of the action.
func (e exporting) config(more acctest.Values) acctest.Values {
	return acctest.Values{"project": e.project, "path": e.path}.With(more)
}

func (e exporting) invoke(more acctest.Values) (progress []string, result acctest.Result) {
	e.T.Helper()
	return e.Provider(acctest.Values{"retries": 1}).Invoke(exportAction, e.config(more))
}

// texts are the texts of the exported tasks, each with its number of annotations.
func (e exporting) texts() string {
	e.T.Helper()
	var tasks []struct {
		Data        struct{ Text string }
		Annotations []struct{}
	}
	if err := json.Unmarshal(e.file(), &tasks); err != nil {
		e.T.Fatal(err)
	}
	var texts []string
	for _, task := range tasks {
		texts = append(texts, fmt.Sprintf("%s %d", task.Data.Text, len(task.Annotations)))
	}
	slices.Sort(texts) // PostgreSQL has another order
	return strings.Join(texts, ", ")
}

func (e exporting) file() []byte {
	e.T.Helper()
	content, err := os.ReadFile(e.path)
	if err != nil {
		e.T.Fatal(err)
	}
	return content
}

// expectClean expects that no snapshot is left on the server, and the export alone in its
// folder, with this content.
func (e exporting) expectClean(want string) {
	e.T.Helper()
	var snapshots []struct{ Title string }
	e.Call(http.MethodGet, fmt.Sprintf("/api/projects/%d/exports/", e.project), nil, &snapshots)
	if len(snapshots) > 0 {
		e.T.Errorf("the server still has %v", snapshots)
	}
	if got := string(e.file()); got != want {
		e.T.Errorf("the export has become %q", got)
	}
	files, err := os.ReadDir(filepath.Dir(e.path))
	if err != nil || len(files) != 1 {
		e.T.Errorf("beside the export are %v, %v", files, err)
	}
}

// keep writes an older export, which a failure must not change.
func (e exporting) keep() (content string) {
	e.T.Helper()
	content = "an older export"
	if err := os.MkdirAll(filepath.Dir(e.path), 0o750); err != nil {
		e.T.Fatal(err)
	}
	acctest.AddFile(e.T, filepath.Dir(e.path), filepath.Base(e.path), content)
	return content
}

func TestAccProjectExportWritesAFileAndCleansUp(t *testing.T) {
	t.Parallel()
	e := newExporting(acctest.Start(t))
	for range 2 {
		progress, result := e.invoke(nil)
		result.Succeeds()
		if last := progress[len(progress)-1]; !strings.Contains(last, fmt.Sprintf("exported 4 tasks as JSON to %s, %d bytes", e.path, len(e.file()))) {
			t.Errorf("the last line is %q", last)
		}
		if got := e.texts(); got != "annotated 1, new 0, skipped 1, truth 1" {
			t.Errorf("got %s", got)
		}
		e.expectClean(string(e.file()))
	}
	// With the length, a file that was cut off can be told from a complete one.
	for _, request := range e.Proxy.Requests() {
		if strings.Contains(request.Path, "/download") && request.Status != http.StatusPartialContent {
			t.Errorf("%s: status %d, which brings no length", request, request.Status)
		}
	}
}

func TestAccProjectExportFilters(t *testing.T) {
	t.Parallel()
	e := newExporting(acctest.Start(t))
	var view struct{ ID int64 }
	e.Call(http.MethodPost, "/api/dm/views/", map[string]any{"project": e.project, "data": map[string]any{
		"title": "new", "filters": map[string]any{"conjunction": "and", "items": []map[string]any{
			{"filter": "filter:tasks:data.text", "operator": "equal", "type": "String", "value": "new"},
		}},
	}}, &view)
	tasks := func(name string, value any) acctest.Values {
		return acctest.Values{"task_filter_options": map[string]any{name: value}}
	}
	kinds := func(options map[string]any) acctest.Values {
		return acctest.Values{"annotation_filter_options": options}
	}
	for _, test := range []struct {
		options acctest.Values
		want    string
	}{
		{tasks("view", view.ID), "new 0"},
		{tasks("skipped", "only"), "skipped 1"},
		{tasks("skipped", "exclude"), "annotated 1, new 0, truth 1"},
		{tasks("annotated", "only"), "annotated 1, truth 1"},
		{tasks("annotated", "exclude"), "new 0, skipped 1"},
		{tasks("finished", "exclude"), "new 0"},
		{kinds(map[string]any{"ground_truth": true, "usual": false}), "annotated 0, new 0, skipped 0, truth 1"},
		{kinds(map[string]any{"skipped": true}), "annotated 1, new 0, skipped 1, truth 0"},
	} {
		_, result := e.invoke(test.options)
		result.Succeeds()
		if got := e.texts(); got != test.want {
			t.Errorf("%v: got %s, want %s", test.options, got, test.want)
		}
	}
}

func TestAccProjectExportConvertsToOtherTypes(t *testing.T) {
	t.Parallel()
	e := newExporting(acctest.Start(t))
	for exportType, want := range map[string]string{
		"JSON_MIN": `"quality": "good"`, "CSV": "annotated", "TSV": "\t\"annotated\"\t",
	} {
		_, result := e.invoke(acctest.Values{"export_type": exportType})
		result.Succeeds()
		if !bytes.Contains(e.file(), []byte(want)) {
			t.Errorf("%s: got %s", exportType, e.file())
		}
		e.expectClean(string(e.file()))
	}
}

// A server with a certain feature flag responds so until it was asked for a conversion.
func TestAccProjectExportConvertsBeforeTheDownload(t *testing.T) {
	t.Parallel()
	e := newExporting(acctest.Start(t))
	older := e.keep()
	notConverted := proxy.Fault{Path: exportDownload, Times: 1, Do: proxy.Respond(http.StatusNotFound, "<!DOCTYPE html>", "Content-Type", "text/html")}

	e.Proxy.Inject(notConverted)
	remove := e.Proxy.Inject(proxy.Fault{Method: http.MethodGet, Path: `/exports/\d+$`, Do: proxy.RewriteBody(failedConversion)})
	_, result := e.invoke(acctest.Values{"export_type": "CSV"})
	result.Fails("", "Can't export the project", "could not convert the snapshot to CSV: ValueError: no text")
	remove()
	e.expectClean(older)

	e.Proxy.Inject(notConverted)
	_, result = e.invoke(acctest.Values{"export_type": "CSV"})
	result.Succeeds()
	if got := e.Proxy.Count(http.MethodPost, `/convert$`); got != 2 || !bytes.Contains(e.file(), []byte("annotated")) {
		t.Errorf("%d conversions were asked for, and the file is %s", got, e.file())
	}
	e.expectClean(string(e.file()))
}

func failedConversion(body []byte) []byte {
	body = bytes.Replace(body, []byte(`"status":"completed","export_type"`), []byte(`"status":"failed","export_type"`), 1)
	return bytes.Replace(body, []byte(`"traceback":null`), []byte(`"traceback":"Traceback (most recent call last):\nValueError: no text\n"`), 1)
}

func TestAccProjectExportRefusesWhatTheServerWouldMisread(t *testing.T) {
	t.Parallel()
	e := newExporting(acctest.Start(t))
	other := e.NewProject()
	var view struct{ ID int64 }
	e.Call(http.MethodPost, "/api/dm/views/", map[string]any{"project": other, "data": map[string]any{}}, &view)
	for _, test := range []struct {
		options   acctest.Values
		attribute string
		summary   string
		texts     []string
	}{
		{acctest.Values{"export_type": "YOLO_V9"}, "export_type", "Can't export the project", []string{`an export of the type "YOLO_V9"`, "JSON, JSON_MIN, CSV, TSV"}},
		{acctest.Values{"task_filter_options": map[string]any{"view": view.ID}}, "task_filter_options", "Can't export the project", []string{fmt.Sprintf("no view with the id %d", view.ID), "It has none."}},
		{acctest.Values{"project": int64(999999)}, "", "Can't export the project", []string{"project 999999", "404"}},
		{acctest.Values{"path": filepath.Join(t.TempDir(), ".")}, "path", "Can't write the export", []string{"is a directory"}},
		{acctest.Values{"path": "/dev/null/tasks.json"}, "path", "Can't write the export", []string{"/dev/null"}},
		{acctest.Values{"annotation_filter_options": map[string]any{"usual": false, "skipped": false}}, "annotation_filter_options", "No annotations to export", []string{"usual, ground_truth or skipped"}},
	} {
		_, result := e.invoke(test.options)
		result.Fails(test.attribute, test.summary, test.texts...)
	}
	if got := e.Proxy.Count(http.MethodPost, exportSnapshots); got > 0 {
		t.Errorf("%d snapshots were asked for", got)
	}
}

func TestAccProjectExportThatFailsKeepsTheOlderExport(t *testing.T) {
	t.Parallel()
	e := newExporting(acctest.Start(t))
	older := e.keep()
	for name, test := range map[string]struct {
		fault proxy.Fault
		text  string
	}{
		"cut off":                           {proxy.Fault{Path: exportDownload, Do: proxy.TruncateBody()}, "the connection broke before the response was complete"},
		"changed":                           {proxy.Fault{Path: exportDownload, Do: proxy.RewriteBody(bytes.ToUpper)}, "the file is damaged"},
		"a page":                            {proxy.Fault{Path: exportDownload, Do: proxy.Respond(http.StatusOK, "<html>", "Content-Type", "text/html")}, "a web page instead of the file"},
		"not found":                         {proxy.Fault{Path: exportDownload, Do: proxy.Respond(http.StatusNotFound, "Can't get file")}, "Can't get file"},
		"a snapshot that could not be made": {proxy.Fault{Path: `/exports/(\d+)?(\?|$)`, Do: proxy.RewriteBody(failedSnapshot)}, "Export was failed"},
	} {
		remove := e.Proxy.Inject(test.fault)
		_, result := e.invoke(nil)
		result.Fails("", "Can't export the project", test.text)
		remove()
		t.Log(name, result.Texts())
		e.expectClean(older)
	}
}

func failedSnapshot(body []byte) []byte {
	return bytes.Replace(body, []byte(`"completed"`), []byte(`"failed"`), 1)
}

func TestAccProjectExportEndsWellAfterPassingFaults(t *testing.T) {
	t.Parallel()
	e := newExporting(acctest.Start(t))
	for name, fault := range map[string]proxy.Fault{
		"the response to the snapshot is lost": {Method: http.MethodPost, Path: exportSnapshots, Times: 1, Do: proxy.ResetAfter()},
		"the download breaks off once":         {Path: exportDownload, Times: 1, Do: proxy.TruncateBody()},
	} {
		remove := e.Proxy.Inject(fault)
		_, result := e.invoke(nil)
		result.Succeeds()
		remove()
		if got := e.texts(); got != "annotated 1, new 0, skipped 1, truth 1" {
			t.Errorf("%s: got %s", name, got)
		}
		e.expectClean(string(e.file()))
	}
}

func TestAccProjectExportThatIsInterruptedCleansUp(t *testing.T) {
	t.Parallel()
	e := newExporting(acctest.Start(t))
	older := e.keep()
	for name, at := range map[string]proxy.Fault{
		"during the snapshot": {Method: http.MethodPost, Path: exportSnapshots},
		"during the download": {Path: exportDownload},
	} {
		provider := e.Provider(acctest.Values{})
		at.Do = func(w http.ResponseWriter, r *http.Request, forward http.Handler) {
			// This is what Terraform does.
			if _, err := provider.StopProvider(t.Context(), &tfprotov6.StopProviderRequest{}); err != nil {
				t.Error(err)
			}
			proxy.TruncateBody()(w, r, forward)
		}
		remove := e.Proxy.Inject(at)
		_, result := provider.Invoke(exportAction, e.config(nil))
		result.Fails("", "Can't export the project", "canceled")
		remove()
		t.Log(name)
		e.expectClean(older)
	}
}

// A server that was killed while it made the snapshot never goes on with it.
func TestAccProjectExportGivesUpAfterItsTimeoutAndDeletesTheSnapshot(t *testing.T) {
	t.Parallel()
	e := newExporting(acctest.Start(t))
	older := e.keep()
	e.Proxy.Inject(proxy.Fault{Path: `/exports/(\d+)?(\?|$)`, Do: proxy.RewriteBody(func(body []byte) []byte {
		return bytes.ReplaceAll(body, []byte(`"completed"`), []byte(`"in_progress"`))
	})})
	_, result := e.invoke(acctest.Values{"timeout": "2s"})
	result.Fails("", "Can't export the project", "has not ended within 2s")
	if warnings := result.Warnings(); len(warnings) != 1 || !strings.Contains(warnings[0].Detail, "was still making it") {
		t.Errorf("the warnings are %v", warnings)
	}
	e.expectClean(older)
}
