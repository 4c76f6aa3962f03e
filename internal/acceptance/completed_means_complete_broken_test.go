package acceptance_test

import (
	"fmt"
	"net/http"
	"path/filepath"
	"testing"
	"time"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/acctest"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest"
)

// Runs that die inside a file, on the servers where that happens. Each of these tests
// waits a minute until the run is certainly dead.
func TestAccCompletedMeansCompleteBrokenRunsLeaveTheirFileIncomplete(t *testing.T) {
	t.Parallel()
	const limit = 3 * time.Second
	for name, test := range map[string]struct {
		options labelstudiotest.Options
		kind    string
		file    string
		form    func(...string) string
		tasks   int
		breaks  func(s *acctest.Server)
	}{
		"killed server": {
			labelstudiotest.Options{Stack: labelstudiotest.SQLite}, "local", "tasks.json", list, someFiles,
			func(s *acctest.Server) {
				inMidSync(s, func() error {
					if err := s.Kill(); err != nil {
						return err
					}
					return s.Restart(t.Context(), labelstudiotest.Options{})
				})
			},
		},
		"killed worker": {
			labelstudiotest.Options{Stack: labelstudiotest.Worker}, "redis", "tasks", list, someFiles,
			func(s *acctest.Server) {
				inMidSync(s, func() error {
					s.Workers[0].Kill()
					_, err := s.StartWorker(t.Context())
					return err
				})
			},
		},
		"request limit": {
			labelstudiotest.Options{Stack: labelstudiotest.Production, Harakiri: limit}, "s3", "tasks.jsonl", lines, 60,
			func(s *acctest.Server) {
				if err := s.Database.DelayTask(t.Context(), 3, 2*limit); err != nil {
					t.Fatal(err)
				}
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := acctest.StartWith(t, test.options)
			project, place := s.NewProject(), s.PlaceFor(test.kind)
			place.Objects.Put(t, test.file, test.form(tasks(test.tasks)...))
			place.Objects.Put(t, "z.json", task("another"))
			file := test.file
			if test.kind == "local" {
				file = filepath.Join(place.Fields["path"].(string), file) //nolint:forcetypeassert // it is one, or the test fails
			}
			test.breaks(s)
			config := withTrigger(acctest.Values(place.With(map[string]any{"project": project}).Fields), "1")
			storage := s.Instance("labelstudio_" + test.kind + "_storage")
			storage.Apply(config).Warns(incompleteFiles, incomplete, fmt.Sprintf("%q", file), "incomplete: the project holds")
			expectIncomplete(s, storage, file)
			everything := map[string]any{"selectedItems": map[string]any{"all": true, "excluded": []int64{}}}
			s.Call(http.MethodPost, fmt.Sprintf("/api/dm/actions?id=delete_tasks&project=%d", project), everything, nil)
			storage.Apply(config).Succeeds()
			expectIncomplete(s, storage)
			s.ExpectTasks(project, test.tasks+1)
		})
	}
}
