package storage

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/setdefault"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/crud"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/object"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/storagesync"
)

// Attributes of import storages that say which files are incomplete, and what to do
// about them.
const (
	incompleteFiles = "incomplete_files"
	acceptedFiles   = "accept_incomplete_files"
	deleteTasks     = "delete_tasks_of_incomplete_files"
)

func incompleteAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		incompleteFiles: schema.SetAttribute{
			Computed: true, ElementType: types.StringType,
			MarkdownDescription: "Names of the files, objects or keys that were imported only in part, or may have been, because a sync broke inside them. " +
				"Label Studio remembers the names of the files that it has imported, not their tasks, so no later sync imports the rest. " +
				"`sync_pending` is true until the set is empty. An apply does not sync while the project holds tasks of one of these files: delete these tasks, then apply again. " +
				"Always empty with `use_blob_urls = true`, where each file is one task.",
		},
		acceptedFiles: schema.SetAttribute{
			Optional: true, Computed: true, ElementType: types.StringType, Default: setdefault.StaticValue(setOf(nil)),
			MarkdownDescription: "Names from `" + incompleteFiles + "` that the provider treats as complete, because you have checked the file or don't need the rest of it. " +
				"The provider can't distinguish a file that holds one task from a file in which a sync broke after the first task. A file in this set counts as complete even if a later sync breaks in it. Defaults to an empty set.",
		},
		deleteTasks: schema.BoolAttribute{
			Optional: true, Computed: true, Default: booldefault.StaticBool(false),
			MarkdownDescription: "Whether an apply **deletes the tasks** of the files in `" + incompleteFiles + "` before it syncs. The sync then imports these files again, as tasks with new ids. " +
				"An apply deletes no task of a file, and fails, if one of its tasks has annotations or drafts, or if another import storage of the project covers the same files. " +
				"Predictions that the file doesn't hold are lost. With `false`, delete the tasks yourself. Defaults to `false`.",
		},
	}
}

// readsTasks tells whether the files of the storage hold tasks. With use_blob_urls a
// file is the content of one task. Redis storages have no use_blob_urls and always read
// tasks.
func (k kind) readsTasks(whole types.Object) bool {
	urls, ok := whole.Attributes()[useBlobURLs.Name]
	return k.breaks && (!ok || !object.BoolOf(urls))
}

// withFiles is a plan or state that names the incomplete files.
func (k kind) withFiles(whole types.Object, names []string) types.Object {
	if !k.breaks {
		return whole
	}
	return object.With(whole, incompleteFiles, setOf(names))
}

func setOf(names []string) types.Set {
	elements := make([]attr.Value, len(names))
	for i, name := range names {
		elements[i] = types.StringValue(name)
	}
	return types.SetValueMust(types.StringType, elements)
}

// namesIn are the known texts in a set.
func namesIn(whole types.Object, attribute string) []string {
	set, _ := whole.Attributes()[attribute].(types.Set)
	return textsOf(set)
}

func textsOf(set types.Set) []string {
	var texts []string
	for _, element := range set.Elements() {
		texts = append(texts, object.StringOf(element))
	}
	return texts
}

// stillIncomplete are the incomplete files of the state that the plan doesn't accept.
func stillIncomplete(plan, state types.Object) []string {
	accepted := namesIn(plan, acceptedFiles)
	return slices.DeleteFunc(namesIn(state, incompleteFiles), func(name string) bool { return storagesync.NamesFile(accepted, name) })
}

// files describes the storage's files for a sync: those of the settings before the
// change, and those of the new settings.
func (k kind) files(before, after types.Object, known storagesync.Review) *storagesync.Files {
	if !k.readsTasks(after) && len(known.Incomplete) == 0 {
		return nil
	}
	files := &storagesync.Files{
		Known:       known,
		Accepted:    namesIn(after, acceptedFiles),
		DeleteTasks: object.BoolOf(after.Attributes()[deleteTasks]),
		Covers: func(other labelstudio.Object) bool {
			return other.ID() != crud.ID(after) && k.shares(after, other)
		},
	}
	for _, whole := range []types.Object{before, after} {
		prefix := k.names(object.StringOf(whole.Attributes()[k.within]))
		if !slices.Contains(files.Prefixes, prefix) {
			files.Prefixes = append(files.Prefixes, prefix)
		}
	}
	return files
}

// directory is the beginning of the names of all files in a directory, or of all
// objects with a prefix. The server adds a slash.
func directory(place string) string {
	if place = strings.TrimRight(labelstudio.NormalPath(place), "/"); place != "" {
		place += "/"
	}
	return place
}

// keysLike is the beginning of all keys that match a pattern of Redis.
func keysLike(pattern string) string {
	if end := strings.IndexAny(pattern, `*?[\`); end >= 0 {
		return pattern[:end]
	}
	return pattern
}

// privateState is what Terraform keeps for the provider beside a state.
type privateState interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}

// reviewKey is where the private state holds the last review of the files.
const reviewKey = "review"

// knownReview is the last review. The state has the names of the incomplete files, the
// private state has the rest. There is no private state if the storage was imported: then
// all runs before the last one count as judged.
func knownReview(ctx context.Context, private privateState, state types.Object, last storagesync.Last, diags *diag.Diagnostics) storagesync.Review {
	kept, problems := private.GetKey(ctx, reviewKey)
	diags.Append(problems...)
	review := storagesync.Review{Judged: last.Baseline()}
	var saved storagesync.Review
	if kept != nil && json.Unmarshal(kept, &saved) == nil {
		review.Judged = saved.Judged
	}
	for _, name := range namesIn(state, incompleteFiles) {
		file := storagesync.File{Name: name, Newest: math.MaxInt64, Certainty: storagesync.Possible}
		if i := slices.IndexFunc(saved.Incomplete, func(f storagesync.File) bool { return storagesync.SameFile(f.Name, name) }); i >= 0 {
			file = saved.Incomplete[i]
		}
		review.Incomplete = append(review.Incomplete, file)
	}
	return review
}

func saveReview(ctx context.Context, private privateState, review storagesync.Review, diags *diag.Diagnostics) {
	text, err := json.Marshal(review)
	if err != nil {
		diags.AddError("Can't save which files of the storage are incomplete", err.Error()+"\n\nThis is a bug in the provider. Please report it.")
		return
	}
	diags.Append(private.SetKey(ctx, reviewKey, text)...)
}

// reviewFiles looks for files that a run outside Terraform has left incomplete, if the
// response shows that such a run has failed.
func (r *storageResource) reviewFiles(ctx context.Context, state types.Object, response labelstudio.Object, resp *resource.ReadResponse) {
	storage := r.synced(r.Server, state, response, defaultTimeout)
	known := knownReview(ctx, resp.Private, state, storage.Last, &resp.Diagnostics)
	review := known
	storage.Files = r.files(state, state, known)
	switch {
	case !storage.Last.Broken(known.Judged) && len(known.Incomplete) == 0:
	case storage.Files == nil:
		review.Judged = storage.Last.Mark()
	default:
		var unsure bool
		var err error
		review, unsure, err = storage.Review(ctx)
		if err != nil {
			detail, _ := r.ExplainError(err)
			resp.Diagnostics.AddAttributeWarning(path.Root(incompleteFiles), "Can't check the storage for incomplete files",
				fmt.Sprintf("A sync of %s broke, perhaps inside a file, and the provider could not check its files: %s\n\nThe next refresh checks them again.", r.Name(crud.ID(state)), detail))
		}
		if unsure {
			resp.Diagnostics.AddAttributeWarning(path.Root(incompleteFiles), "A sync may have left a file incomplete",
				fmt.Sprintf("The server has received nothing from the last sync of %s for some time, so the sync may have died. If it died inside a file, no later sync imports the rest of that file. "+
					"The next apply that syncs the storage waits until this is certain, and names the file.", r.Name(crud.ID(state))))
		}
		pending := len(review.Incomplete) > 0 || (unsure || err != nil || object.BoolOf(state.Attributes()[syncPending])) && asksForSync(state)
		state = object.With(r.withFiles(state, review.Names()), syncPending, types.BoolValue(pending))
		resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
		if begun := review.Begun(); len(begun) > 0 {
			resp.Diagnostics.AddAttributeWarning(path.Root(incompleteFiles), incomplete, r.describeIncomplete(&storagesync.IncompleteError{Files: begun}))
		}
	}
	saveReview(ctx, resp.Private, review, &resp.Diagnostics)
}

const incomplete = "Files of the storage are incomplete"

// describeIncomplete says which files are incomplete, and what to do about it.
func (k kind) describeIncomplete(e *storagesync.IncompleteError) string {
	var text strings.Builder
	for _, file := range e.Files {
		fmt.Fprintf(&text, "%q %s.\n", file.Name, describeFile(file))
		if file.Cause != "" {
			detail, _ := k.definition().Explain(file.Cause)
			fmt.Fprintf(&text, "The server says about that sync: %s\n", detail)
		}
		if file.Refused != "" {
			fmt.Fprintf(&text, "%s = true did not delete its tasks: %s.\n", deleteTasks, file.Refused)
		}
		text.WriteString("\n")
	}
	if !slices.ContainsFunc(e.Files, func(file storagesync.File) bool { return file.Tasks > 0 }) {
		return strings.TrimSpace(text.String())
	}
	text.WriteString("Label Studio remembers the names of the files that it has imported, not their tasks, so no later sync imports the rest of a file.\n\n" +
		"To import the whole file, correct it if it made the sync fail, delete its tasks in the Data Manager (filter by the column Storage Filename), and sync again; an apply does that if sync_triggers is set. " +
		"Annotations of these tasks are deleted, too: export them first. ")
	if !slices.ContainsFunc(e.Files, func(file storagesync.File) bool { return file.Refused != "" }) {
		fmt.Fprintf(&text, "Or set %s = true in %s: the next apply then deletes the tasks, unless they have annotations or drafts. ", deleteTasks, k.definition().TypeName)
	}
	fmt.Fprintf(&text, "If the file is complete, or you don't need the rest, add its name to %s.", acceptedFiles)
	return text.String()
}

func describeFile(file storagesync.File) string {
	tasks := fmt.Sprintf("the project holds %d tasks of it", file.Tasks)
	if file.Tasks == 1 {
		tasks = "the project holds 1 task of it"
	}
	switch {
	case file.Missing:
		return "has no tasks any more, and the sync imported no task of it: the file may be gone, or regex_filter may not match it. Restore the file, or add its name to " + acceptedFiles
	case file.Shared != "":
		return fmt.Sprintf("may be incomplete: %s, which may come from the %s. It covers the same files, and the server does not say which storage created a task", tasks, file.Shared)
	case file.Certainty == storagesync.Certain:
		return "is incomplete: " + tasks + ", but a sync broke inside the file or left out some of its tasks"
	case file.Certainty == storagesync.Probable:
		return "is probably incomplete: " + tasks + ", and a sync broke there"
	}
	return "may be incomplete: " + tasks + ", and a sync broke in this file or after it. The file may hold no other tasks"
}
