package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"

	"golang.org/x/sync/errgroup"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest"
)

// concurrency is how many resources Terraform works on at once.
const concurrency = 10

// bare makes requests without anything around them.
type bare struct{ *labelstudiotest.Server }

// send makes a request and decodes the response into out, if there is one.
func (b *bare) send(ctx context.Context, method, path string, body, out any) error {
	_, err := b.Do(ctx, method, path, body, out)
	return err
}

// each does something with each id, some at once, and says what that took.
func each(ctx context.Context, ids []int64, do func(ctx context.Context, id int64) error) (usage, error) {
	return measure(func() error {
		group, ctx := errgroup.WithContext(ctx)
		group.SetLimit(concurrency)
		for _, id := range ids {
			group.Go(func() error { return do(ctx, id) })
		}
		return group.Wait()
	})
}

// get reads all objects, one by one.
func (b *bare) get(path string, ids []int64) run {
	return func(ctx context.Context) (usage, error) {
		return each(ctx, ids, func(ctx context.Context, id int64) error {
			return b.send(ctx, http.MethodGet, fmt.Sprintf(path, id), nil, nil)
		})
	}
}

// remove deletes all objects.
func (b *bare) remove(ctx context.Context, path string, ids []int64) error {
	_, err := each(ctx, ids, func(ctx context.Context, id int64) error {
		return b.send(ctx, http.MethodDelete, fmt.Sprintf(path, id), nil, nil)
	})
	return err
}

const (
	storagesPath = "/api/storages/localfiles/"
	storagePath  = storagesPath + "%d"
	projectPath  = "/api/projects/%d/"
)

// storages are the storages of the projects.
func (b *bare) storages(ctx context.Context, projects []int64) (ids []int64, err error) {
	for _, project := range projects {
		var list []struct{ ID int64 }
		if err := b.send(ctx, http.MethodGet, fmt.Sprintf(storagesPath+"?project=%d", project), nil, &list); err != nil {
			return nil, err
		}
		for _, storage := range list {
			ids = append(ids, storage.ID)
		}
	}
	return ids, nil
}

// projects are the newest projects, which the bench has made.
func (b *bare) projects(ctx context.Context, count int) (ids []int64, err error) {
	for page := 1; len(ids) < count; page++ {
		var list struct{ Results []struct{ ID int64 } }
		if err := b.send(ctx, http.MethodGet, fmt.Sprintf("/api/projects/?ordering=-id&include=id&page_size=100&page=%d", page), nil, &list); err != nil {
			return nil, err
		}
		for _, project := range list.Results {
			ids = append(ids, project.ID)
		}
	}
	return ids[:count], nil
}

// storageBody is the body of a request for a storage with a number.
func storageBody(project int64, title, files string, number int64) map[string]any {
	return map[string]any{"project": project, "title": title, "path": folder(files, int(number)), "use_blob_urls": true}
}

// create makes storages in turn in the projects, after so many validations of each as
// the provider makes in plan and apply.
func (b *bare) create(projects []int64, count, validations int, files string) run {
	return func(ctx context.Context) (usage, error) {
		numbers := make([]int64, count)
		for i := range numbers {
			numbers[i] = int64(i)
		}
		return each(ctx, numbers, func(ctx context.Context, number int64) error {
			body := storageBody(projects[number%int64(len(projects))], fmt.Sprintf("bare %d", number), files, number)
			for range validations {
				if err := b.send(ctx, http.MethodPost, storagesPath+"validate", body, nil); err != nil {
					return err
				}
			}
			return b.send(ctx, http.MethodPost, storagesPath, body, nil)
		})
	}
}

// script runs the script with label-studio-sdk.
func (b *bare) script(root string, args ...string) run {
	return func(ctx context.Context) (usage, error) {
		cmd := exec.CommandContext(ctx, b.Python(), append([]string{filepath.Join(root, "internal/bench/sdk.py")}, args...)...) //nolint:gosec // our script
		cmd.Env = append(os.Environ(), "LABEL_STUDIO_URL="+b.URL, "LABEL_STUDIO_API_KEY="+b.LegacyToken)
		return measure(func() error {
			if output, err := cmd.CombinedOutput(); err != nil {
				return fmt.Errorf("the script: %w: %s", err, tail(string(output)))
			}
			return nil
		})
	}
}
