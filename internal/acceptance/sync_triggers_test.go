package acceptance_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/acctest"
)

// triggers are sync_triggers of a value.
func triggers(value any) map[string]any { return map[string]any{"now": value} }

// A triggered storage is one whose folder has a new file before each apply, so that the
// number of tasks tells whether that has synced.
type triggered struct {
	*acctest.Instance

	s       *acctest.Server
	project int64
	folder  string
	applies int
}

func newTriggered(s *acctest.Server) *triggered {
	return &triggered{Instance: s.Instance(storageType), s: s, project: s.NewProject(), folder: s.Folder(s.T, 0)}
}

func (tr *triggered) config(settings acctest.Values) acctest.Values {
	return acctest.Values{"project": tr.project, "path": tr.folder, "use_blob_urls": true}.With(settings)
}

// expectApply applies the settings and expects an action of the plan, a number of sync
// requests, and a number of tasks in the project.
func (tr *triggered) expectApply(settings acctest.Values, action string, syncs, tasks int) {
	tr.s.T.Helper()
	tr.expectApplyUnknown(settings, settings, action, syncs, tasks)
}

// expectApplyUnknown is expectApply of settings that the plan knows less of.
func (tr *triggered) expectApplyUnknown(planned, settings acctest.Values, action string, syncs, tasks int) {
	t := tr.s.T
	t.Helper()
	tr.applies++
	acctest.AddFile(t, tr.folder, fmt.Sprintf("%d.txt", tr.applies), "a task\n")
	tr.s.Proxy.Reset()
	if got := tr.Plan(tr.config(planned)).Action; got != action {
		t.Errorf("apply %d: the plan will %s, want %s", tr.applies, got, action)
	}
	tr.ApplyUnknown(tr.config(planned), tr.config(settings)).Succeeds()
	if !tr.s.Synced(syncs) {
		t.Errorf("apply %d: got %d syncs, want %d", tr.applies, tr.s.Syncs(), syncs)
	}
	tr.s.ExpectTasks(tr.project, tasks)
	if tr.Attribute("sync_pending") != false {
		t.Errorf("apply %d: sync_pending is %v", tr.applies, tr.Attribute("sync_pending"))
	}
	tr.ExpectEmptyPlan(tr.config(settings))
}

func TestAccSyncTriggersEachChangeSyncsOnceInPlaceAndNothingElseDoes(t *testing.T) {
	t.Parallel()
	storage := newTriggered(acctest.Start(t))
	with := func(set map[string]any) acctest.Values { return acctest.Values{"sync_triggers": set} }
	storage.expectApply(with(map[string]any{"a": "1"}), "create", 1, 1)
	storage.expectApply(with(map[string]any{"a": "1"}), "nothing", 0, 1)
	storage.expectApply(with(map[string]any{"a": "2"}), "update", 1, 3)
	storage.expectApply(with(map[string]any{"a": "2", "b": "1"}), "update", 1, 4)
	storage.expectApply(with(map[string]any{"b": "1"}), "update", 1, 5)
	storage.expectApply(with(map[string]any{"c": "1"}), "update", 1, 6)
	storage.expectApply(with(map[string]any{"c": "1"}).With(acctest.Values{"title": "other", "regex_filter": ".*", "recursive_scan": true}), "update", 0, 6)
	storage.expectApply(with(map[string]any{"c": "2"}).With(acctest.Values{"title": "other, too"}), "update", 1, 8)
	storage.expectApply(nil, "update", 0, 8)
	storage.expectApply(with(map[string]any{"c": "2"}), "update", 1, 10)
	storage.expectApply(with(map[string]any{}), "update", 0, 10)
}

func TestAccSyncTriggersWithoutAnyNothingIsSynced(t *testing.T) {
	t.Parallel()
	storage := newTriggered(acctest.Start(t))
	storage.expectApply(nil, "create", 0, 0)
	storage.expectApply(acctest.Values{"title": "other"}, "update", 0, 0)
	storage.expectApply(acctest.Values{"sync_triggers": map[string]any{}}, "update", 0, 0)
	storage.expectApply(acctest.Values{"sync_triggers": map[string]any{"a": "1"}}, "update", 1, 4)
}

func TestAccSyncTriggersThatAreEmptyDoNotSyncANewStorage(t *testing.T) {
	t.Parallel()
	newTriggered(acctest.Start(t)).expectApply(acctest.Values{"sync_triggers": map[string]any{}}, "create", 0, 0)
}

func TestAccSyncTriggersThatThePlanDoesNotKnowAreComparedByTheApply(t *testing.T) {
	t.Parallel()
	for name, unknown := range map[string]any{"a value": triggers(acctest.Unknown), "the map": acctest.Unknown} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			storage := newTriggered(acctest.Start(t))
			planned := acctest.Values{"sync_triggers": unknown}
			turnsOut := func(value string) acctest.Values { return acctest.Values{"sync_triggers": triggers(value)} }
			retitled := acctest.Values{"title": "other"}
			storage.expectApplyUnknown(planned, turnsOut("one"), "create", 1, 1)
			storage.expectApplyUnknown(planned, turnsOut("one"), "update", 0, 1)
			storage.expectApplyUnknown(planned.With(retitled), turnsOut("one").With(retitled), "update", 0, 1)
			storage.expectApplyUnknown(planned, turnsOut("other"), "update", 1, 4)
		})
	}
}

func TestAccSyncTriggersThatTurnOutEmptyDoNotSync(t *testing.T) {
	t.Parallel()
	storage := newTriggered(acctest.Start(t))
	planned := acctest.Values{"sync_triggers": acctest.Unknown}
	none := acctest.Values{"sync_triggers": map[string]any{}}
	storage.expectApplyUnknown(planned, none, "create", 0, 0)
	storage.expectApplyUnknown(planned, acctest.Values{"sync_triggers": triggers("1")}, "update", 1, 2)
	storage.expectApplyUnknown(planned, none, "update", 0, 2)
}

func TestAccSyncTriggersDestroyNeverSyncs(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	storage := newTriggered(s)
	storage.expectApply(acctest.Values{"sync_triggers": triggers("1")}, "create", 1, 1)
	s.Proxy.Reset()
	if destroyed := storage.Apply(nil); destroyed.Failed {
		t.Fatal(destroyed.Texts())
	}
	s.ExpectRequests("destroy", map[string]int{"sync": 0, http.MethodDelete: 1})
}
