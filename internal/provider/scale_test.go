package provider_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

// projectsOnServer counts the projects, whoever has made them.
func (s *stack) projectsOnServer() int {
	s.t.Helper()
	var list struct{ Count int }
	s.call(http.MethodGet, "/api/projects/?page_size=1", nil, &list)
	return list.Count
}

// SQLite makes two projects of one when several are created at once, and answers
// that it is locked.
func TestAccScaleHundredsOfObjectsAtOnceLeaveNoErrorNoOrphanAndNothingBehind(t *testing.T) {
	s := start(t)
	tf := s.cli("TF_LOG=OFF") // a third of a gigabyte, and it slows Terraform down
	const number = 200
	config := s.config(fmt.Sprintf(`
resource "labelstudio_project" "many" {
  count       = %[1]d
  title       = "project ${count.index}"
  description = "created"
}
resource "labelstudio_local_storage" "many" {
  count       = %[1]d
  project     = labelstudio_project.many[count.index].id
  path        = %[2]q
  description = "created"
}
`, number, s.Folder(t, 0)))
	before := s.projectsOnServer()
	expect := func(step string, projects int, requests map[string]int) {
		t.Helper()
		if got := s.projectsOnServer() - before; got != projects {
			t.Errorf("%s: the server has %d more projects than before, want %d", step, got, projects)
		}
		for method, want := range requests {
			if got := s.proxy.Count(method, ""); got != want {
				t.Errorf("%s: %d %s requests, want %d", step, got, method, want)
			}
		}
		s.proxy.Reset()
	}
	timed := func(step string, do func() outcome) {
		t.Helper()
		start := time.Now()
		do().succeeds()
		t.Logf("%s: %s", step, time.Since(start).Round(time.Second/10))
	}

	timed("create", func() outcome { return tf.apply(config) })
	expect("create", number, map[string]int{http.MethodPost: 2 * number})
	timed("change", func() outcome { return tf.apply(strings.ReplaceAll(config, "created", "changed")) })
	expect("change", number, map[string]int{http.MethodPatch: 2 * number})
	timed("plan", func() outcome { return tf.plan(tf.applied) })
	expect("plan", number, map[string]int{http.MethodGet: 2 * number})
	timed("destroy", func() outcome { return tf.apply(s.config("")) })
	expect("destroy", 0, map[string]int{http.MethodDelete: 2 * number})
}
