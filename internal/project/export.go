package project

import (
	"context"
	"crypto/md5" //nolint:gosec // the server gives this sum of its files, and no other
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/crud"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
)

// export is one run of the action labelstudio_project_export.
type export struct {
	client  *labelstudio.Client
	project int64
	path    string
	as      string // the type of the file
	tasks   map[string]any
	kinds   map[string]any // of annotations
	timeout time.Duration
	tell    func(text string)
	diags   *diag.Diagnostics
}

const (
	cannotExport = "Can't export the project"
	cannotWrite  = "Can't write the export"
	// pollPause is the time between two questions about a snapshot.
	pollPause = time.Second
	// progressPause is the time between two messages about a step that lasts.
	progressPause = 10 * time.Second
	// cleanUpTime is how long the deletion of the snapshot waits for the end of its making.
	cleanUpTime = 30 * time.Second
)

// States of a snapshot, and of its conversion to another type of file.
const (
	completed = "completed"
	failed    = "failed"
)

func (e *export) run(ctx context.Context) {
	ctx, cancel := context.WithTimeoutCause(ctx, e.timeout, fmt.Errorf("the export has not ended within %s; set a longer timeout", e.timeout))
	defer cancel()
	if !e.check(ctx) {
		return
	}
	// First the file: a folder that can't be written to should not cost a snapshot.
	file, err := e.createFile()
	if err != nil {
		e.diags.AddAttributeError(path.Root(exportPath), cannotWrite, err.Error())
		return
	}
	defer func() {
		_ = file.Close()
		_ = os.Remove(file.Name()) // it is not there any more if it has replaced the old export
	}()

	snapshot, size, err := e.fetch(ctx, file)
	if err != nil {
		e.fail(err)
		return
	}
	err = file.Close()
	if err == nil {
		err = os.Rename(file.Name(), e.path)
	}
	if err != nil {
		e.diags.AddAttributeError(path.Root(exportPath), cannotWrite, err.Error())
		return
	}
	e.tell(fmt.Sprintf("exported %s as %s to %s, %d bytes", taskCount(snapshot), e.as, e.path, size))
}

// fetch saves a new snapshot to the file, and deletes it from the server.
func (e *export) fetch(ctx context.Context, file *os.File) (snapshot labelstudio.Object, size int64, err error) {
	title := "Exported by Terraform, " + rand.Text()
	snapshot, err = e.ask(ctx, title)
	if err == nil || labelstudio.IsResponseLost(err) {
		defer e.cleanUp(context.WithoutCancel(ctx), title)
	}
	if err == nil {
		snapshot, err = e.await(ctx, snapshot)
	}
	if err == nil {
		err = e.download(ctx, snapshot.ID(), file)
	}
	if err == nil {
		size, err = e.verify(snapshot, file)
	}
	return snapshot, size, err
}

func (e *export) fail(err error) {
	e.diags.AddError(cannotExport, Definition.Name(e.project)+": "+crud.WithAdvice(err))
}

// check asks for what the server would not refuse: it fails on an unknown type without
// saying why, and exports all tasks if it doesn't know the view.
func (e *export) check(ctx context.Context) bool {
	types, err := e.client.ExportTypes(ctx, e.project)
	if err != nil {
		e.fail(err)
		return false
	}
	if !slices.Contains(types, e.as) {
		e.diags.AddAttributeError(path.Root(exportType), cannotExport,
			fmt.Sprintf("The labeling configuration of %s does not allow an export of the type %q. It allows these types: %s.", Definition.Name(e.project), e.as, strings.Join(types, ", ")))
		return false
	}
	wanted, given := e.tasks[viewFilter]
	if !given {
		return true
	}
	var views []string
	for view, err := range e.client.List(ctx, labelstudio.Views, labelstudio.InProject(e.project)) {
		if err != nil {
			e.fail(err)
			return false
		}
		if view.ID() == wanted {
			return true
		}
		views = append(views, fmt.Sprint(view.ID()))
	}
	has := "It has none."
	if len(views) > 0 {
		has = "It has those with the ids " + strings.Join(views, ", ") + "."
	}
	e.diags.AddAttributeError(path.Root(taskFilters).AtName(viewFilter), cannotExport,
		fmt.Sprintf("%s has no view with the id %d, and the server would then export all its tasks. %s The address of a tab of the Data Manager shows its id (?tab=7).", Definition.Name(e.project), wanted, has))
	return false
}

// createFile makes the file that becomes the export when it is complete.
func (e *export) createFile() (*os.File, error) {
	folder, name := filepath.Dir(e.path), filepath.Base(e.path)
	if err := os.MkdirAll(folder, 0o750); err != nil {
		return nil, err
	}
	if there, err := os.Stat(e.path); err == nil && there.IsDir() {
		return nil, fmt.Errorf("%s is a directory: set path to a file in it", e.path)
	}
	return os.CreateTemp(folder, "."+name+".*")
}

// ask asks for a snapshot. Without a job queue, the server responds when it is complete.
func (e *export) ask(ctx context.Context, title string) (labelstudio.Object, error) {
	body := map[string]any{"title": title}
	if e.tasks != nil {
		body[taskFilters] = e.tasks
	}
	if e.kinds != nil {
		body[annotationFilters] = e.kinds
	}
	e.tell("asked for a snapshot")
	defer e.tellWhile(ctx, func() string { return "waiting for the snapshot" })()
	return e.client.Create(ctx, labelstudio.Exports(e.project), body, func(object labelstudio.Object) bool { return object.Text("title") == title })
}

// await waits until the snapshot is complete.
func (e *export) await(ctx context.Context, snapshot labelstudio.Object) (labelstudio.Object, error) {
	defer e.tellWhile(ctx, func() string { return "waiting for the snapshot" })()
	for {
		switch snapshot.Text("status") {
		case completed:
			return snapshot, nil
		case failed:
			return nil, errors.New("the server could not make the snapshot. Its log says why, in a line that begins with \"Export was failed\"")
		}
		if labelstudio.Pause(ctx, pollPause) != nil {
			return nil, context.Cause(ctx)
		}
		var err error
		if snapshot, err = e.client.Get(ctx, labelstudio.Exports(e.project), snapshot.ID()); err != nil {
			return nil, err
		}
	}
}

// download saves the snapshot to the file. The server converts it to other types during
// the download. With the feature flag
// fflag_fix_all_lsdv_4813_async_export_conversion_22032023_short it doesn't: then it
// responds with the page of a 404 until it was asked to convert the snapshot.
func (e *export) download(ctx context.Context, id int64, file *os.File) error {
	as := e.as
	if as == defaultExportType {
		as = "" // the snapshot itself, of which the server gives the checksum
	}
	e.tell("downloading")
	defer e.tellWhile(ctx, func() string {
		size := int64(0)
		if info, err := file.Stat(); err == nil {
			size = info.Size()
		}
		return fmt.Sprintf("downloaded %d bytes", size)
	})()
	err := e.client.Download(ctx, labelstudio.Exports(e.project), id, as, file)
	if as != "" && labelstudio.StatusOf(err) == http.StatusNotFound {
		if err := e.convert(ctx, id); err != nil {
			return err
		}
		err = e.client.Download(ctx, labelstudio.Exports(e.project), id, as, file)
	}
	return err
}

// convert makes the server convert the snapshot and waits until that has ended.
func (e *export) convert(ctx context.Context, id int64) error {
	exports := labelstudio.Exports(e.project)
	_, err := e.client.Post(ctx, exports.ItemAction(id, "convert"), map[string]any{"export_type": e.as})
	if err != nil && !labelstudio.IsResponseLost(err) {
		return err
	}
	for {
		snapshot, err := e.client.Get(ctx, exports, id)
		if err != nil {
			return err
		}
		status, traceback := conversion(snapshot, e.as)
		switch status {
		case completed:
			return nil
		case failed:
			return fmt.Errorf("the server could not convert the snapshot to %s: %s", e.as, lastLine(traceback))
		}
		if labelstudio.Pause(ctx, pollPause) != nil {
			return context.Cause(ctx)
		}
	}
}

// conversion is how the conversion of a snapshot to a type of files went.
func conversion(snapshot labelstudio.Object, to string) (status, traceback string) {
	var conversions []struct {
		ExportType string `json:"export_type"`
		Status     string `json:"status"`
		Traceback  string `json:"traceback"`
	}
	if json.Unmarshal(snapshot["converted_formats"], &conversions) != nil {
		return "", ""
	}
	for _, one := range conversions {
		if one.ExportType == to {
			return one.Status, one.Traceback
		}
	}
	return "", ""
}

func lastLine(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return lines[len(lines)-1]
}

// verify compares the file with the checksum of the snapshot. The server has none of the
// files that it converts; of these the client has compared the length.
func (e *export) verify(snapshot labelstudio.Object, file *os.File) (size int64, err error) {
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return 0, err
	}
	sum := md5.New() //nolint:gosec // see above
	if size, err = io.Copy(sum, file); err != nil {
		return 0, err
	}
	got, want := hex.EncodeToString(sum.Sum(nil)), snapshot.Text("md5")
	if e.as == defaultExportType && want != "" && got != want {
		return 0, fmt.Errorf("the file is damaged: its MD5 sum is %s, and that of the snapshot is %s. A gateway or proxy between Terraform and Label Studio may change responses. An earlier export at this path is unchanged", got, want)
	}
	return size, nil
}

// cleanUp deletes the snapshot. If the export was interrupted, the server may still be making
// it, and would save it again after the deletion. So it waits for a while first.
func (e *export) cleanUp(ctx context.Context, title string) {
	ctx, cancel := context.WithTimeout(ctx, 2*cleanUpTime)
	defer cancel()
	exports := labelstudio.Exports(e.project)
	warn := func(why string) {
		e.diags.AddWarning("A snapshot may be left on the server",
			fmt.Sprintf("%s: the snapshot with the title %q: %s. It takes space until you delete it with the API (GET %s lists the snapshots, DELETE %s<id> deletes one) or delete its project.", Definition.Name(e.project), title, why, exports, exports))
	}
	for begun := time.Now(); ; {
		snapshot, err := e.find(ctx, title)
		if err != nil {
			warn(err.Error())
			return
		}
		if snapshot == nil {
			return
		}
		status := snapshot.Text("status")
		ended := status == completed || status == failed
		if !ended && time.Since(begun) < cleanUpTime && labelstudio.Pause(ctx, pollPause) == nil {
			continue
		}
		if err := e.client.Delete(ctx, exports, snapshot.ID()); err != nil {
			warn(err.Error())
		} else if !ended {
			warn("the server was still making it when it was deleted, and may save it again")
		}
		return
	}
}

// find looks for the snapshot with a title, nil if there is none.
func (e *export) find(ctx context.Context, title string) (labelstudio.Object, error) {
	for snapshot, err := range e.client.List(ctx, labelstudio.Exports(e.project), nil) {
		switch {
		case labelstudio.IsNotFound(err): // the snapshots went with their project
			return nil, nil
		case err != nil:
			return nil, err
		case snapshot.Text("title") == title:
			return snapshot, nil
		}
	}
	return nil, nil
}

// tellWhile tells a text again and again, with the time that has passed, until it is
// stopped.
func (e *export) tellWhile(ctx context.Context, text func() string) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	done, begun := make(chan struct{}), time.Now()
	go func() {
		defer close(done)
		for labelstudio.Pause(ctx, progressPause) == nil {
			e.tell(fmt.Sprintf("%s, %d s", text(), int(time.Since(begun).Seconds())))
		}
	}()
	return func() {
		cancel()
		<-done
	}
}

// taskCount tells how many tasks a snapshot holds.
func taskCount(snapshot labelstudio.Object) string {
	var counters struct {
		Tasks int `json:"task_number"`
	}
	if json.Unmarshal(snapshot["counters"], &counters) != nil {
		return "the tasks"
	}
	return fmt.Sprintf("%d tasks", counters.Tasks)
}
