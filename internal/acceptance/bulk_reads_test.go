package acceptance_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/acctest"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/proxy"
)

// bulk is a configuration whose refreshes read in bulk.
func bulk(s *acctest.Server, objects string) string {
	return s.ConfigWith("plan_checks = false\nbulk_reads = true", objects)
}

func TestAccBulkReadsAskOnceForTheStoragesOfAProject(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	tf := s.Terraform()
	folder := s.Folder(t, 0)
	objects := acctest.Project("count = 12") +
		acctest.StorageIn(s.NewProject(), "one", folder, "count = 15") + acctest.StorageIn(s.NewProject(), "two", folder, "count = 15")
	tf.Apply(bulk(s, objects)).Succeeds()
	s.Proxy.Reset()
	tf.Plan(bulk(s, objects)).Succeeds().ExpectAction("nothing")
	lists, all := s.Proxy.Count(http.MethodGet, `/localfiles/\?`), s.Proxy.Count("", "/storages/")
	if lists != 2 || all != 2 {
		t.Errorf("30 storages of two projects took %d lists and %d requests in all", lists, all)
	}

	s.Proxy.Reset()
	tf.Plan(s.Config(objects)).Succeeds().ExpectAction("nothing")
	if got := s.Proxy.Count("", `/localfiles/\?`); got != 0 {
		t.Errorf("without bulk_reads, a plan lists storages %d times", got)
	}
}

func TestAccBulkReadsSeeWhatSingleReadsSee(t *testing.T) {
	t.Parallel()
	acctest.Each(t, acctest.ObjectsThat(func(o acctest.Object) bool { return o.Imports() || o.Exports() }), func(s *acctest.Server, object acctest.Object) {
		samples := s.SamplesOf(object)
		config := samples.With("title", samples.One)
		instance := s.Instance(object.Type)
		instance.Settings = acctest.Values{"plan_checks": false, "bulk_reads": true}
		instance.Apply(config).Succeeds()
		instance.ExpectEmptyPlan(config)

		s.Change(object.Type, instance.ID(), samples.Patch(object, s.Fields(object.Type, instance.ID()), "title", "by hand"))
		s.Proxy.Reset()
		if got := instance.Plan(config).Changed(); len(got) != 1 || got[0] != "title" {
			s.T.Errorf("a title that somebody changed: the plan changes %v", got)
		}
		if got := s.Proxy.Count(http.MethodGet, fmt.Sprintf("/%d$", instance.ID())); got != 0 {
			s.T.Errorf("the storage was asked for alone %d times", got)
		}
	})
}

func TestAccBulkReadsForgetAStorageOnlyAfterItsOwnResponse(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	tf := s.Terraform()
	project := s.NewProject()
	objects := acctest.StorageIn(project, "kept", s.Folder(t, 0)) + acctest.StorageIn(project, "gone", s.Folder(t, 0))
	tf.Apply(bulk(s, objects)).Succeeds()
	id := tf.ID(strings.Replace(acctest.StorageAddress, ".test", ".gone", 1))
	s.RemoveObject(storageType, id)
	s.Proxy.Reset()
	planned := tf.Plan(bulk(s, objects))
	if got := s.Proxy.Count(http.MethodGet, fmt.Sprintf("/localfiles/%d$", id)); got != 1 {
		t.Errorf("the missing storage was asked for %d times, want once", got)
	}
	if warnings := planned.Warnings(); len(warnings) != 1 || !strings.Contains(warnings[0].Summary, "gone from the server") {
		t.Errorf("got %s", planned.Texts())
	}
	// The list is refused: each storage is asked for.
	tf.Apply(bulk(s, objects))
	s.Proxy.Reset()
	s.Proxy.Inject(proxy.Fault{Method: http.MethodGet, Path: `/localfiles/\?`, Do: proxy.Respond(http.StatusBadRequest, `{"detail":"no"}`)})
	tf.Plan(bulk(s, objects)).Succeeds().ExpectAction("nothing")
}
