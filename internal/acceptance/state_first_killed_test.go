package acceptance_test

import (
	"cmp"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/acctest"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/program"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/proxy"
)

// What is left when the provider, or Terraform with it, is killed in the middle of
// an apply of many objects.

const (
	killedProjects = 10
	killedStorages = 40
	killedViews    = 10
	killedWebhooks = 20
	killedModels   = 10
	killedSyncs    = 8 // of the storages
	killedFiles    = 2 // of each storage that syncs
)

// A victim is an apply that is killed now and then, and what it makes.
type victim struct {
	*acctest.Server
	*acctest.Terraform

	t        *testing.T
	run      string // begins all titles
	folder   string
	model    string           // the address of an ML backend
	views    int              // how many the configuration has
	webhooks int              // the same of webhooks
	models   int              // and of ML backends
	adopted  map[string]int64 // what import blocks take over
}

// config is the configuration with all objects.
func (v *victim) config(checks bool, description string) string {
	var imports strings.Builder
	for _, address := range slices.Sorted(maps.Keys(v.adopted)) {
		fmt.Fprintf(&imports, "import {\n  to = %s\n  id = %d\n}\n", address, v.adopted[address])
	}
	return v.ConfigWith(fmt.Sprintf("plan_checks = %v", checks), fmt.Sprintf(`
resource "labelstudio_project" "many" {
  count         = %d
  title         = "%s-${count.index}"
  description   = %q
  force_destroy = true
}
resource "labelstudio_local_storage" "many" {
  count         = %d
  project       = labelstudio_project.many[count.index %% %d].id
  title         = "%s-${count.index}"
  path          = "%s/${count.index}"
  description   = %q
  use_blob_urls = true
  sync_triggers = count.index < %d ? { now = "1" } : null
}
resource "labelstudio_view" "many" {
  count                    = %d
  project                  = labelstudio_project.many[count.index %% %d].id
  title                    = "%s-${count.index}"
  grid_fit_images_to_width = %v
}
resource "labelstudio_webhook" "many" {
  count        = %d
  project      = labelstudio_project.many[count.index %% %d].id
  url          = "%s/%s-${count.index}"
  is_active    = false
  send_payload = %v
}
resource "labelstudio_ml_backend" "many" {
  count       = %d
  project     = labelstudio_project.many[count.index %% %d].id
  title       = "%s-${count.index}"
  url         = %q
  description = %q
}
%s`, killedProjects, v.run, description, killedStorages, killedProjects, v.run, v.folder, description, killedSyncs,
		v.views, killedProjects, v.run, description == "one", v.webhooks, killedProjects, receiver, v.run, description == "one",
		v.models, killedProjects, v.run, v.model, description, imports.String()))
}

// A moment is when the victim is killed: before the server gets such a request of
// the apply, or when it has acted and the provider doesn't know.
type moment struct {
	method, path string
	acted        bool
}

func (m moment) String() string {
	return fmt.Sprintf("%s %s, acted %v", m.method, m.path, m.acted)
}

// third is the request at which the victim is killed. Terraform makes ten at once.
const third = 3

// killedAt applies the configuration and kills the provider, and Terraform too if
// so wanted, at the moment.
func (v *victim) killedAt(at moment, config string, terraformToo bool) {
	v.t.Helper()
	v.Proxy.Reset()
	v.Write("main.tf", config)
	v.Applied = config
	apply := v.Command("apply", "-auto-approve", "-json", "-input=false")
	kill := func(*http.Request) {
		if terraformToo {
			v.killTerraform(apply)
		}
		v.killProvider()
	}
	v.Proxy.Inject(proxy.Fault{Method: at.method, Path: at.path, Times: third - 1, Do: proxy.Before(func(*http.Request) {})})
	do := proxy.After(kill)
	if !at.acted {
		do = func(w http.ResponseWriter, r *http.Request, forward http.Handler) {
			kill(r)
			proxy.ResetBefore()(w, r, forward)
		}
	}
	v.Proxy.Inject(proxy.Fault{Method: at.method, Path: at.path, Times: 1, Do: do})
	if err := apply.Run(); err == nil {
		v.t.Fatalf("nothing was killed at %s", at)
	}
}

// killProvider kills the provider that was started last.
func (v *victim) killProvider() {
	text, err := os.ReadFile(filepath.Join(v.Folder, "pid"))
	if err != nil {
		v.t.Error(err)
		return
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil {
		v.t.Error(err)
		return
	}
	provider, err := os.FindProcess(pid)
	if err != nil {
		v.t.Error(err)
		return
	}
	_ = provider.Kill() // Terraform may have ended it just now
}

// killTerraform kills Terraform, but not while it writes the state: it empties the
// file first, and a kill in between is its own affair.
func (v *victim) killTerraform(apply *exec.Cmd) {
	for {
		_ = apply.Process.Signal(syscall.SIGSTOP)
		time.Sleep(10 * time.Millisecond) // its threads stop one by one
		state, err := os.ReadFile(filepath.Join(v.Folder, "terraform.tfstate"))
		if err != nil || json.Valid(state) {
			break
		}
		_ = apply.Process.Signal(syscall.SIGCONT)
		time.Sleep(time.Millisecond)
	}
	_ = apply.Process.Kill()
}

// serverObjects are the addresses of the objects on the server, by id.
func (v *victim) serverObjects() map[string]map[int64]string {
	v.t.Helper()
	type object struct {
		ID         int64
		Title, URL string
		Data       struct{ Title string } // of a view
	}
	var projects struct{ Results []object }
	v.Call(http.MethodGet, "/api/projects/?page_size=100&title="+v.run, nil, &projects)
	found := map[string]map[int64]string{projectType: {}, storageType: {}, viewType: {}, webhookType: {}, mlBackendType: {}}
	note := func(typeName string, objects []object) {
		for _, o := range objects {
			// An ML backend's webhook has no name of ours.
			if _, index, ours := strings.Cut(cmp.Or(o.Title, o.Data.Title, o.URL), v.run+"-"); ours {
				found[typeName][o.ID] = fmt.Sprintf("%s.many[%s]", typeName, index)
			}
		}
	}
	note(projectType, projects.Results)
	for id := range found[projectType] {
		var storages []object
		v.Call(http.MethodGet, fmt.Sprintf("/api/storages/localfiles/?project=%d", id), nil, &storages)
		note(storageType, storages)
		var views []object
		v.Call(http.MethodGet, fmt.Sprintf("/api/dm/views/?project=%d", id), nil, &views)
		note(viewType, views)
		var webhooks []object
		v.Call(http.MethodGet, fmt.Sprintf("/api/webhooks/?project=%d", id), nil, &webhooks)
		note(webhookType, webhooks)
		var models []object
		v.Call(http.MethodGet, fmt.Sprintf("/api/ml/?project=%d", id), nil, &models)
		note(mlBackendType, models)
	}
	return found
}

// settled are the objects on the server when it has done what it was at.
func (v *victim) settled() map[string]map[int64]string {
	v.t.Helper()
	for before := v.serverObjects(); ; {
		time.Sleep(300 * time.Millisecond)
		now := v.serverObjects()
		if reflect.DeepEqual(before, now) {
			return now
		}
		before = now
	}
}

// examine looks at state and server after a kill, and takes over what the plan
// names. It returns the ids in the state.
func (v *victim) examine(before map[string]int64, description string) map[string]int64 {
	v.t.Helper()
	server, state := v.settled(), v.IDs()
	for address, id := range before {
		typeName, _, _ := strings.Cut(address, ".")
		if _, exists := server[typeName][id]; exists && state[address] != id {
			v.t.Errorf("%s was in the state with the id %d, and is there with %d", address, id, state[address])
		}
	}
	orphans := map[string]int64{}
	for _, objects := range server {
		for id, address := range objects {
			// The kill may have come before an import, too.
			if state[address] != id && v.adopted[address] != id {
				orphans[address] = id
			}
		}
	}
	if len(orphans) == 0 {
		return state
	}
	planned := v.Plan(v.config(true, description))
	for _, address := range slices.Sorted(maps.Keys(orphans)) {
		typeName, _, _ := strings.Cut(address, ".")
		command := fmt.Sprintf("terraform import %s.<name> %d", typeName, orphans[address])
		if !regexp.MustCompile(regexp.QuoteMeta(command) + `\b`).MatchString(planned.Texts()) {
			v.t.Errorf("the next plan does not say %q for %s:\n%s", command, address, planned.Texts())
		}
		v.adopted[address] = orphans[address]
	}
	v.t.Logf("the server has made %d objects that the state doesn't know", len(orphans))
	return state
}

// converges applies the configuration in peace.
func (v *victim) converges(config string) {
	v.t.Helper()
	v.Proxy.Reset()
	if got := v.Apply(config); got.Failed {
		v.t.Fatal(got.Texts())
	}
}

// victim is one with nothing applied yet.
func newVictim(s *acctest.Server) *victim {
	s.T.Helper()
	v := &victim{Server: s, t: s.T, Terraform: s.Terraform("TF_LOG=OFF"), run: rand.Text(), folder: s.Folder(s.T, 0), model: s.NewMLBackend().URL, adopted: map[string]int64{}}
	for i := range killedStorages {
		folder := filepath.Join(v.folder, strconv.Itoa(i))
		s.MakeFolder(folder)
		for n := range killedFiles {
			acctest.AddFile(s.T, folder, fmt.Sprintf("%d.txt", n), "a task")
		}
	}
	// The program that Terraform starts tells its process, and becomes the provider.
	binaries, err := acctest.BuiltProvider()
	if err != nil {
		s.T.Fatal(err)
	}
	const executable = "terraform-provider-labelstudio"
	script := fmt.Sprintf("#!/bin/sh\necho $$ > %q\nexec %q \"$@\"\n", filepath.Join(v.Folder, "pid"), filepath.Join(binaries, executable))
	s.MakeFolder(filepath.Join(v.Folder, "bin"))
	if err := os.WriteFile(filepath.Join(v.Folder, "bin", executable), []byte(script), 0o700); err != nil { //nolint:gosec // a program
		s.T.Fatal(err)
	}
	v.Write("terraform.rc", program.DevOverrides(acctest.Source(), filepath.Join(v.Folder, "bin")))
	return v
}

// expectAll expects that state and server have all objects, the same, and as
// many tasks as there are files that were synced.
func (v *victim) expectAll() {
	v.t.Helper()
	server, state := v.serverObjects(), v.IDs()
	if len(state) != killedProjects+killedStorages+killedViews+killedWebhooks+killedModels || len(server[projectType]) != killedProjects || len(server[storageType]) != killedStorages ||
		len(server[viewType]) != killedViews || len(server[webhookType]) != killedWebhooks || len(server[mlBackendType]) != killedModels {
		v.t.Errorf("the state has %d objects, the server %d projects, %d storages, %d views, %d webhooks and %d ML backends",
			len(state), len(server[projectType]), len(server[storageType]), len(server[viewType]), len(server[webhookType]), len(server[mlBackendType]))
	}
	tasks := 0
	for id := range server[projectType] {
		tasks += v.Tasks(id)
	}
	if want := killedSyncs * killedFiles; tasks != want {
		v.t.Errorf("the server has %d tasks, want %d", tasks, want)
	}
}

func TestAccStateFirstKilledAppliesLoseNothingAndTheNextOneGoesOn(t *testing.T) {
	t.Parallel()
	for name, terraformToo := range map[string]bool{"provider": false, "terraform and provider": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := acctest.Start(t)
			v := newVictim(s)
			state := map[string]int64{}
			kill := func(description string, wanted func(string) string, moments ...moment) {
				for _, at := range moments {
					for _, at.acted = range []bool{false, true} {
						begin := time.Now()
						v.killedAt(at, wanted(description), terraformToo)
						state = v.examine(state, description)
						t.Logf("%s: %s", at, time.Since(begin).Round(time.Second/10))
					}
				}
			}
			all := func(description string) string { return v.config(false, description) }
			kill("one", all,
				moment{method: http.MethodPost, path: listPath(projectType)},
				moment{method: http.MethodPost, path: listPath(storageType)},
				moment{method: http.MethodPost, path: acctest.SyncRequest},
			)
			v.converges(all("one"))
			state = v.IDs()
			v.views = killedViews // one sort after the other: together with storages, most would be made before the third
			kill("one", all, moment{method: http.MethodPost, path: listPath(viewType)})
			v.converges(all("one"))
			state = v.IDs()
			v.webhooks = killedWebhooks
			kill("one", all, moment{method: http.MethodPost, path: listPath(webhookType)})
			v.converges(all("one"))
			state = v.IDs()
			v.models = killedModels
			kill("one", all, moment{method: http.MethodPost, path: listPath(mlBackendType)})
			v.converges(all("one"))
			state = v.IDs()
			kill("one", all, moment{method: http.MethodGet, path: itemPath(storageType)})
			kill("other", all, moment{method: http.MethodPatch, path: `^/api/`})
			v.converges(all("other"))
			v.expectAll()
			if planned := v.Plan(all("other")).Succeeds().Output; strings.Contains(planned, `"planned_change"`) {
				t.Errorf("the plan is not empty: %s", planned)
			}
			kill("other", func(string) string { return s.Config("") }, moment{method: http.MethodDelete, path: `^/api/`})
			v.converges(s.Config(""))
			if left := v.serverObjects(); len(left[projectType])+len(left[storageType])+len(left[viewType])+len(left[webhookType])+len(left[mlBackendType]) > 0 {
				t.Errorf("the server still has %v", left)
			}
		})
	}
}
