package storagesync

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
)

// Files is what has to be known of an import storage whose files hold tasks.
//
// Since 1.20 a JSON or JSONL file may hold many tasks, as may a value in Redis. The
// server imports them one by one and remembers the names of the files that it has
// imported, not the tasks: a run skips each file of which there is a task. So a run
// that breaks inside a file leaves it incomplete, and no later run imports the rest.
type Files struct {
	// Prefixes are what the names of the files begin with.
	Prefixes []string
	// Covers tells whether another import storage of the project reads files of this
	// one. The server doesn't say which of them has made a task.
	Covers func(other labelstudio.Object) bool
	// Known is the review that was made last.
	Known Review
	// Accepted are the names of files that count as complete, whatever is known.
	Accepted []string
	// StopAtFirst tells whether Sync ends with the first run that broke inside a file. An
	// action keeps no review: the status failed of that run is all that tells the next
	// action of the file, and another run would overwrite it.
	StopAtFirst bool
	// DeleteTasks tells whether the tasks of incomplete files are deleted before the
	// sync, so that it imports those files anew.
	DeleteTasks bool
}

// Review is what is known of the completeness of a storage's files.
type Review struct {
	// Judged is the run up to which all runs have been judged.
	Judged Mark `json:"judged"`
	// Incomplete are the files that are known or suspected to be incomplete.
	Incomplete []File `json:"incomplete"`
}

// Begun are the incomplete files of which there are tasks.
func (r Review) Begun() []File {
	return slices.DeleteFunc(slices.Clone(r.Incomplete), func(file File) bool { return file.Tasks == 0 })
}

// Names are the names of the incomplete files.
func (r Review) Names() []string {
	names := make([]string, len(r.Incomplete))
	for i, file := range r.Incomplete {
		names[i] = file.Name
	}
	return names
}

// Without is the review without the files of these names.
func (r Review) Without(accepted []string) Review {
	r.Incomplete = slices.DeleteFunc(slices.Clone(r.Incomplete), func(file File) bool { return NamesFile(accepted, file.Name) })
	return r
}

// NamesFile tells whether one of the names is that of the file, as SameFile tells.
func NamesFile(names []string, file string) bool {
	return slices.ContainsFunc(names, func(name string) bool { return SameFile(name, file) })
}

// SameFile tells whether two names are the same but for letters that are composed or
// decomposed: Terraform composes all.
func SameFile(a, b string) bool { return norm.NFC.String(a) == norm.NFC.String(b) }

// with is the review with a file that was found to be incomplete now.
func (r Review) with(file File) Review {
	r = r.Without([]string{file.Name})
	r.Incomplete = append(r.Incomplete, file)
	return r
}

// Mark identifies a run, as far as the server tells them apart, and the failure that
// the storage showed then.
type Mark struct {
	Attempts  int64  `json:"attempts"`
	Traceback string `json:"traceback"` // its digest; "" if there is none
}

// Mark is the mark of the last run.
func (l Last) Mark() Mark {
	mark := Mark{Attempts: l.Notes.Attempts}
	if l.Traceback != "" {
		digest := sha256.Sum256([]byte(l.Traceback))
		mark.Traceback = hex.EncodeToString(digest[:8])
	}
	return mark
}

// Baseline is the mark of a storage that was made by somebody else: of its runs only
// the last can be judged, and only if it has failed.
func (l Last) Baseline() Mark {
	mark := l.Mark()
	if l.Status == statusFailed || l.Status == statusCompletedWithErrors {
		mark.Attempts--
	}
	return mark
}

// Broken tells whether a run that has not been judged may have left a file
// incomplete.
func (l Last) Broken(judged Mark) bool {
	mark := l.Mark()
	switch l.Status {
	case statusFailed, statusCompletedWithErrors:
		return mark != judged
	case statusCompleted:
		// No run removes a traceback, so it is of one before the last. If there was only
		// one run since, it is of that: the server had given it up before it succeeded.
		return mark.Traceback != "" && mark.Traceback != judged.Traceback && mark.Attempts > judged.Attempts+1
	}
	return false
}

// Certainty is how certain it is that a file is incomplete.
type Certainty string

// How certain it is.
const (
	// Certain: the server has named the file, and there are tasks of it.
	Certain Certainty = "certain"
	// Probable: the run broke after the last of several tasks of the file.
	Probable Certainty = "probable"
	// Possible: the file may hold no more than the one task that there is, or the task
	// may be of another run or another storage.
	Possible Certainty = "possible"
)

// File is a file that a run has left incomplete.
type File struct {
	// Name is what the server says in storage_filename of the file's tasks.
	Name string `json:"name"`
	// Newest is the id of its newest task after the run. A task with a higher id was
	// imported later.
	Newest    int64     `json:"newest"`
	Certainty Certainty `json:"certainty"`
	// Cause is what the server said of the run that broke, as far as it says something.
	Cause string `json:"cause,omitempty"`
	// Shared is another storage that covers the file, in words; "" if none does.
	Shared string `json:"shared,omitempty"`
	// Tasks is how many tasks of the file the project holds.
	Tasks int64 `json:"-"`
	// Missing tells that a sync was to import the file anew and has not.
	Missing bool `json:"-"`
	// Refused is why its tasks were not deleted, "" if that was not wanted.
	Refused string `json:"-"`
}

// IncompleteError tells that a sync has left files incomplete, or was not made
// because files are.
type IncompleteError struct {
	Files []File
	// Cause is why the last run failed, nil if none did.
	Cause error
}

// Error names the files.
func (e *IncompleteError) Error() string {
	text := fmt.Sprintf("incomplete: %s", strings.Join(Review{Incomplete: e.Files}.Names(), ", "))
	if e.Cause != nil {
		text = e.Cause.Error() + "; " + text
	}
	return text
}

// Unwrap gives the failure of the last run.
func (e *IncompleteError) Unwrap() error { return e.Cause }
