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
	for name, test := range map[string]struct {
		options labelstudiotest.Options
		kind    string
		file    string
		content string
		lose    func(s *acctest.Server) error
	}{
		"killed server": {
			labelstudiotest.Options{Stack: labelstudiotest.SQLite}, "local", "tasks.json", list(tasks(someFiles)...),
			func(s *acctest.Server) error {
				if err := s.Kill(); err != nil {
					return err
				}
				return s.Restart(t.Context(), labelstudiotest.Options{})
			},
		},
		"killed worker": {
			labelstudiotest.Options{Stack: labelstudiotest.Worker}, "redis", "tasks", list(tasks(someFiles)...),
			func(s *acctest.Server) error {
				s.Workers[0].Kill()
				_, err := s.StartWorker(t.Context())
				return err
			},
		},
		"request limit": {
			labelstudiotest.Options{Stack: labelstudiotest.Production, Harakiri: 2 * time.Second}, "s3", "tasks.jsonl", lines(tasks(5000)...),
			nil,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := acctest.StartWith(t, test.options)
			project, place := s.NewProject(), s.PlaceFor(test.kind)
			place.Objects.Put(t, test.file, test.content)
			place.Objects.Put(t, "z.json", task("another"))
			file := test.file
			if test.kind == "local" {
				file = filepath.Join(place.Fields["path"].(string), file) //nolint:forcetypeassert // it is one, or the test fails
			}
			if test.lose != nil {
				inMidSync(s, func() error { return test.lose(s) })
			}
			config := withTrigger(acctest.Values(place.With(map[string]any{"project": project}).Fields), "1")
			storage := s.Instance("labelstudio_" + test.kind + "_storage")
			storage.Apply(config).Warns(incompleteFiles, incomplete, fmt.Sprintf("%q", file), "incomplete: the project holds")
			expectIncomplete(s, storage, file)
			if test.lose == nil {
				return // the limit would end the next run, too
			}
			everything := map[string]any{"selectedItems": map[string]any{"all": true, "excluded": []int64{}}}
			s.Call(http.MethodPost, fmt.Sprintf("/api/dm/actions?id=delete_tasks&project=%d", project), everything, nil)
			storage.Apply(config).Succeeds()
			expectIncomplete(s, storage)
			s.ExpectTasks(project, someFiles+1)
		})
	}
}
