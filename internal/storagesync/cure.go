package storagesync

import (
	"context"
	"fmt"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
)

// tasksAPage is how many tasks are read at once before they are deleted.
const tasksAPage = 500

// settle handles the files that are known to be incomplete, before the first request.
// As long as the project has tasks of such a file, a sync skips the file.
func (r *run) settle(ctx context.Context) error {
	if err := r.recount(ctx); err != nil {
		return err
	}
	for i, file := range r.review.Incomplete {
		if file.Tasks == 0 || !r.Files.DeleteTasks {
			continue
		}
		refused, err := r.deleteTasks(ctx, file)
		if err != nil {
			return err
		}
		if r.review.Incomplete[i].Refused = refused; refused == "" {
			r.review.Incomplete[i].Tasks = 0
		}
	}
	if begun := r.review.Begun(); len(begun) > 0 {
		return &IncompleteError{Files: begun}
	}
	found, err := r.judge(ctx)
	if found > 0 && r.Files.StopAtFirst {
		return &IncompleteError{Files: r.review.Begun()}
	}
	return err
}

// deleteTasks deletes the tasks of a file. If somebody has worked on one of them, it
// deletes none and returns the reason.
//
// It deletes each task by its id. The data manager's action that deletes tasks by a
// filter deletes all tasks of the project if it does not understand the filter, and the
// project's views if no task is left.
func (r *run) deleteTasks(ctx context.Context, file File) (refused string, err error) {
	shared, err := r.shared(ctx)
	if err != nil {
		return "", err
	}
	if shared != "" {
		return fmt.Sprintf("the %s covers the same files, and the server does not say which of the two has made a task", shared), nil
	}
	of := []labelstudio.TaskFilter{labelstudio.OfFile(file.Name)}
	drafts, err := r.find(ctx, append(of, labelstudio.TaskFilter{Column: "draft_exists", Operator: "equal", Type: "Boolean", Value: true}), "id")
	if err != nil {
		return "", err
	}
	if drafts.Total > 0 {
		return fmt.Sprintf("%d of the tasks of %s have drafts of annotations", drafts.Total, file.Name), nil
	}
	var ids []int64
	for page := 1; ; page++ {
		part, err := r.Client.FindTasks(ctx, r.Project, of, "id", page, tasksAPage)
		if err != nil {
			return "", err
		}
		for _, task := range part.Tasks {
			if task.Int("total_annotations")+task.Int("cancelled_annotations") > 0 {
				return fmt.Sprintf("task %d of %s has annotations", task.ID(), file.Name), nil
			}
			ids = append(ids, task.ID())
		}
		if int64(len(ids)) >= part.Total || len(part.Tasks) == 0 {
			break
		}
	}
	for _, id := range ids {
		if err := r.Client.Delete(ctx, labelstudio.Tasks, id); err != nil {
			return "", err
		}
	}
	return "", nil
}

// confirm checks that the last run has imported the files whose tasks were deleted. It
// can't tell that of a run that has only been started.
func (r *run) confirm(ctx context.Context) error {
	if r.known.Running() {
		return nil
	}
	awaited := r.review.Incomplete
	r.review.Incomplete = nil
	for i, file := range awaited {
		if file.Tasks > 0 { // a run of this sync has broken in it
			r.review.Incomplete = append(r.review.Incomplete, file)
			continue
		}
		found, err := r.find(ctx, []labelstudio.TaskFilter{labelstudio.OfFile(file.Name)}, "id")
		if err != nil {
			r.review.Incomplete = append(r.review.Incomplete, awaited[i:]...)
			return err
		}
		if found.Total == 0 {
			file.Missing = true
			r.review.Incomplete = append(r.review.Incomplete, file)
		}
	}
	if len(r.review.Incomplete) > 0 {
		return &IncompleteError{Files: r.review.Incomplete}
	}
	return nil
}
