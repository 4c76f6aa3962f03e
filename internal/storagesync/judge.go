package storagesync

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
)

// Review looks for files that the storage's runs have left incomplete: it counts the
// tasks of those that are known, and judges a broken run that is over. It reports
// whether there is one that may go on yet.
func (s Storage) Review(ctx context.Context) (review Review, unsure bool, err error) {
	r := newRun(s)
	if err := r.recount(ctx); err != nil {
		return r.review, false, err
	}
	if r.mayGoOn() {
		return r.review, true, nil
	}
	_, err = r.judge(ctx)
	return r.review, false, err
}

// recount counts the tasks of the files that are known to be incomplete. One of which
// all tasks were imported later has been imported anew by somebody.
func (r *run) recount(ctx context.Context) error {
	known := r.review.Incomplete
	r.review.Incomplete = nil
	for i, file := range known {
		oldest, err := r.find(ctx, []labelstudio.TaskFilter{labelstudio.OfFile(file.Name)}, "id")
		if err != nil {
			r.review.Incomplete = append(r.review.Incomplete, known[i:]...)
			return err
		}
		file.Tasks = oldest.Total
		if len(oldest.Tasks) > 0 && oldest.Tasks[0].ID() > file.Newest {
			continue
		}
		r.review.Incomplete = append(r.review.Incomplete, file)
	}
	return nil
}

// mayGoOn tells that the last run may have broken inside a file, but that this is not
// certain: the server has given it up.
func (r *run) mayGoOn() bool {
	return r.Files != nil && r.known.mayBeSlow(time.Now()) && r.known.Broken(r.review.Judged)
}

// judge finds the files that the last run, which is over, has left incomplete, if it
// may have broken inside one. It reports how many there are.
func (r *run) judge(ctx context.Context) (found int, err error) {
	if r.Files == nil || r.known.Running() || r.mayGoOn() && !r.Wait {
		return 0, nil
	}
	if r.known.Broken(r.review.Judged) {
		files, err := r.suspects(ctx)
		if err != nil {
			return 0, err
		}
		for _, file := range files {
			if !NamesFile(r.Files.Accepted, file.Name) {
				r.review = r.review.with(file)
				found++
			}
		}
	}
	r.review.Judged = r.known.Mark()
	return found, nil
}

// What the server says of a file. Older releases end the messages otherwise.
var (
	// brokenIn: the parser has come to something that it can't read, perhaps after
	// some tasks.
	brokenIn = regexp.MustCompile(`^\S*Error: Can.t import JSON-formatted tasks from (.+)\. If you`)
	// brokenBefore: no task of the file was imported, and those before it are whole.
	brokenBefore = regexp.MustCompile(`^\S*Error: (?:File ".+" is not a JSON/JSONL/Parquet file|Error loading JSON from file ".+"|Failed to read file .+: )`)
	// refusedIn: a task of the file was left out.
	refusedIn = regexp.MustCompile(`(?m)^Validation error for task from (.+?): [\[{]`)
)

// namedBy are the files inside which a run broke, or of which it left tasks out, as
// far as its traceback names them. It reports whether the run broke before the first
// task of a file instead, so that all files before are whole.
func namedBy(traceback string) (in []string, before bool) {
	for _, match := range refusedIn.FindAllStringSubmatch(traceback, -1) {
		in = append(in, match[1])
	}
	end := endOf(traceback)
	if match := brokenIn.FindStringSubmatch(end); match != nil {
		in = append(in, match[1])
	}
	slices.Sort(in)
	return slices.Compact(in), brokenBefore.MatchString(end)
}

// causeIn is what a traceback says of a file, or of the run if it has no line for each
// task.
func causeIn(traceback, name string) string {
	var refused []string
	for line := range strings.Lines(traceback) {
		if match := refusedIn.FindStringSubmatch(line); match != nil && match[1] == name {
			refused = append(refused, strings.TrimSpace(line))
		}
	}
	if len(refused) > 0 {
		return strings.Join(refused[:min(len(refused), mostLines)], "\n")
	}
	return endOf(traceback)
}

// suspects are the files that the broken run has left incomplete.
func (r *run) suspects(ctx context.Context) ([]File, error) {
	names, before := namedBy(r.known.Traceback)
	if before {
		return nil, nil
	}
	if len(names) > 0 {
		return r.incomplete(ctx, names, Certain)
	}
	newest, err := r.newestFile(ctx)
	if newest == "" || err != nil {
		return nil, err
	}
	return r.incomplete(ctx, []string{newest}, Probable)
}

// newestFile is the file of the newest task that the broken run has made, "" if it has
// made none. If a later run has completed, it is the newest from before that.
func (r *run) newestFile(ctx context.Context) (string, error) {
	begun, ok := atColumn(r.known.Notes.TimeInProgress)
	if !ok {
		return "", nil // it has not begun
	}
	filters := []labelstudio.TaskFilter{labelstudio.OfFilesIn(r.Files.Prefixes...)}
	if r.known.Status == statusCompleted {
		filters = append(filters, labelstudio.TaskFilter{Column: "created_at", Operator: "less", Type: "Datetime", Value: begun})
	} else {
		filters = append(filters, labelstudio.TaskFilter{Column: "created_at", Operator: "greater_or_equal", Type: "Datetime", Value: begun})
		if failed, ok := atColumn(r.known.Notes.TimeFailure); ok {
			filters = append(filters, labelstudio.TaskFilter{Column: "created_at", Operator: "less_or_equal", Type: "Datetime", Value: failed})
		}
	}
	newest, err := r.find(ctx, filters, "-id")
	if err != nil || len(newest.Tasks) == 0 {
		return "", err
	}
	return newest.Tasks[0].Text("storage_filename"), nil
}

// atColumn is a time of the server's notes as its data manager takes it.
func atColumn(noted string) (string, bool) {
	parsed, err := time.Parse(notedTime, noted)
	if err != nil {
		return "", false
	}
	return parsed.UTC().Format("2006-01-02T15:04:05.000000Z"), true
}

// incomplete are those of the named files of which there are tasks.
func (r *run) incomplete(ctx context.Context, names []string, certainty Certainty) ([]File, error) {
	var files []File
	for _, name := range names {
		newest, err := r.find(ctx, []labelstudio.TaskFilter{labelstudio.OfFile(name)}, "-id")
		if err != nil {
			return nil, err
		}
		if len(newest.Tasks) == 0 {
			continue
		}
		file := File{Name: name, Newest: newest.Tasks[0].ID(), Certainty: certainty, Cause: causeIn(r.known.Traceback, name), Tasks: newest.Total}
		if r.known.Status == statusCompleted || certainty == Probable && file.Tasks == 1 {
			file.Certainty = Possible
		}
		files = append(files, file)
	}
	if len(files) == 0 {
		return nil, nil
	}
	shared, err := r.shared(ctx)
	if shared != "" {
		for i := range files {
			files[i].Certainty, files[i].Shared = Possible, shared
		}
	}
	return files, err
}

// shared is another import storage of the project that covers the same files, in
// words; "" if there is none. Tasks may be deleted if there is none, so the list is that
// of the kind: the list of all kinds leaves out a kind that the server fails to list.
func (r *run) shared(ctx context.Context) (string, error) {
	for other, err := range r.Client.List(ctx, r.Collection, labelstudio.InProject(r.Project)) {
		if err != nil {
			return "", err
		}
		if r.Files.Covers(other) {
			return fmt.Sprintf("%s storage %d", other.Text("type"), other.ID()), nil
		}
	}
	return "", nil
}

// find reads the first of the tasks that meet all conditions.
func (r *run) find(ctx context.Context, filters []labelstudio.TaskFilter, order string) (found labelstudio.FoundTasks, err error) {
	err = r.patiently(ctx, func() error {
		found, err = r.Client.FindTasks(ctx, r.Project, filters, order, 1, 1)
		return err
	})
	return found, err
}
