package acceptance_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/acctest"
)

func TestAccImportIsCompleteFromTheIDOrTheIdentityAlone(t *testing.T) {
	t.Parallel()
	acctest.Each(t, acctest.Objects, func(s *acctest.Server, object acctest.Object) {
		samples := s.SamplesOf(object)
		silent := append(acctest.SecretsOf(acctest.AttributesOf(s.T, object.Type)), object.TooNew(s)...)
		config := acctest.Values{}
		for name := range samples {
			if acctest.SecretOf(name) == "" && !slices.Contains(slices.Concat(acctest.NotImported, acctest.Ours), name) {
				config[name] = samples.One(name)
			}
		}
		instance := s.Instance(object.Type)
		instance.Apply(config).Succeeds()
		id, want := instance.ID(), instance.Attributes()
		for way, imports := range map[string]func(int64) acctest.Result{"id": instance.Import, "identity": instance.ImportByIdentity} {
			instance.Forget()
			if imported := imports(id); imported.Failed {
				s.T.Fatal(imported.Texts())
			}
			for name, got := range instance.Attributes() {
				if !slices.Contains(slices.Concat(acctest.NotImported, silent), name) && !acctest.SameJSON(got, want[name]) {
					s.T.Errorf("after an import by %s %s is %v, want %v", way, name, got, want[name])
				}
			}
			for name := range config {
				if slices.Contains(silent, name) {
					config[name] = nil
				}
			}
			if plan := instance.PlanUnrefreshed(config); plan.Action != "nothing" {
				s.T.Errorf("the plan after an import by %s changes %v", way, plan.Changed())
			}
		}
	})
}

func TestAccImportIsCompleteAndOurOwnAttributesAreTheirDefaults(t *testing.T) {
	t.Parallel()
	acctest.Each(t, acctest.Objects, func(s *acctest.Server, object acctest.Object) {
		instance := s.Instance(object.Type)
		instance.Apply(s.SamplesOf(object).Least()).Succeeds()
		id, want := instance.ID(), instance.Attributes()
		instance.Forget()
		if imported := instance.Import(id); imported.Failed {
			s.T.Fatal(imported.Texts())
		}
		secrets := acctest.SecretsOf(acctest.AttributesOf(s.T, object.Type))
		for name, got := range instance.Attributes() {
			if !slices.Contains(secrets, name) && !acctest.SameJSON(got, want[name]) {
				s.T.Errorf("after an import %s is %v, want %v", name, got, want[name])
			}
		}
	})
}

func TestAccImportIsCompleteAnImportedStorageIsNotSyncedUntilTriggersAreAddedAndThenImportsNothingTwice(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	tf := s.Terraform()
	of, folder := s.NewProject(), s.Folder(t, 3)
	plain := s.Config(acctest.StorageIn(of, "test", folder, "use_blob_urls = true"))
	triggered := s.Config(acctest.StorageIn(of, "test", folder, "use_blob_urls = true", acctest.Triggers("1")))
	tf.Apply(triggered).Succeeds()
	id := tf.ID(acctest.StorageAddress)
	s.ExpectTasks(of, 3)

	if removed := tf.Run("state", "rm", acctest.StorageAddress); removed.Failed {
		t.Fatal(removed.Output)
	}
	tf.Write("main.tf", plain)
	s.Proxy.Reset()
	if imported := tf.Run("import", acctest.StorageAddress, fmt.Sprint(id)); imported.Failed {
		t.Fatal(imported.Output)
	}
	tf.Plan(plain).Succeeds().ExpectAction("nothing")
	tf.Apply(plain).Succeeds()
	if syncs := s.Syncs(); syncs != 0 {
		t.Errorf("%d syncs without triggers", syncs)
	}

	s.Proxy.Reset()
	tf.Plan(triggered).Succeeds().ExpectAction("update")
	tf.Apply(triggered).Succeeds()
	if syncs := s.Syncs(); syncs != 1 {
		t.Errorf("%d syncs when triggers were added, want 1", syncs)
	}
	s.ExpectTasks(of, 3)
	tf.Plan(triggered).Succeeds().ExpectAction("nothing")
}

// The API accepts less than a configuration of a new object has to say.
func TestAccImportIsCompleteOfWhateverTheServerHolds(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	of, model := s.NewProject(), s.NewMLBackend().URL
	for name, test := range map[string]struct {
		object string
		body   map[string]any
	}{
		"a project without a title":      {"project", map[string]any{"title": nil}},
		"a project with an empty title":  {"project", map[string]any{}},
		"an XML declaration":             {"project", map[string]any{"label_config": "<?xml version='1.0'?><View></View>"}},
		"a storage without a bucket":     {"s3_storage", map[string]any{"project": of}},
		"a storage with what can't work": {"s3_storage", map[string]any{"project": of, "bucket": "", "s3_endpoint": "minio:9000"}},
		"a title of 256 letters":         {"s3_storage", map[string]any{"project": of, "title": strings.Repeat("ä", 256)}},
		"an ML backend without texts":    {"ml_backend", map[string]any{"project": of, "url": model, "title": nil, "description": nil, "basic_auth_user": ""}},
		"an ML backend with a version":   {"ml_backend", map[string]any{"project": of, "url": model, "auto_update": false, "model_version": "old", "extra_params": `"text"`}},
		"a view without data":            {"view", map[string]any{"project": of}},
		"a view without a title":         {"view", map[string]any{"project": of, "data": map[string]any{"title": ""}}},
		"a view as a browser makes it": {"view", map[string]any{"project": of, "data": map[string]any{
			"title": "Default", "type": "list", "target": "tasks", "ordering": []string{}, "filters": map[string]any{"conjunction": "and", "items": []any{}},
			"hiddenColumns": map[string]any{"explore": []string{}, "labeling": []string{}}, "columnsWidth": map[string]any{}, "columnsDisplayType": map[string]any{},
			"gridWidth": 4, "gridFitImagesToWidth": false, "semantic_search": []any{}, "agreement_selected": map[string]any{},
		}}},
		"a view with half of its keys": {"view", map[string]any{"project": of, "data": map[string]any{
			"title": "t", "hiddenColumns": map[string]any{"explore": []string{"tasks:id"}}, "filters": map[string]any{"conjunction": "or"},
		}}},
		"a view with nulls": {"view", map[string]any{"project": of, "data": map[string]any{
			"title": nil, "type": nil, "hiddenColumns": nil, "columnsWidth": nil, "columnsDisplayType": nil, "gridWidth": nil, "gridFitImagesToWidth": nil,
		}}},
		"a view with what can't work": {"view", map[string]any{"project": of, "data": map[string]any{
			"title": "t", "type": "table", "gridWidth": 0, "ordering": []string{"tasks:id", "tasks:inner_id"}, "columnsWidth": map[string]any{"": -1},
			"filters": map[string]any{"conjunction": "xor", "items": []map[string]any{{"filter": "filter:tasks:ground_truth", "operator": "in_list", "type": "Boolean", "value": nil}}},
		}}},
	} {
		t.Run(name, func(t *testing.T) {
			s := s.In(t)
			object := acctest.ObjectOf(t, "labelstudio_"+test.object)
			instance := s.Instance(object.Type)
			if imported := instance.Import(object.Create(s, test.body)); imported.Failed {
				t.Fatal(imported.Texts())
			}
			config := acctest.Values{} // as Terraform generates it
			for _, a := range acctest.AttributesOf(t, object.Type) {
				if !slices.Contains(acctest.Ours, a.Name) {
					config[a.Name] = instance.Attribute(a.Name)
				}
			}
			instance.ExpectEmptyPlan(config)
		})
	}
}

func TestAccImportIsCompleteAnIDThatIsNoneIsAClearError(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	tf := s.Terraform()
	tf.Write("main.tf", s.Config(independent(s)))
	for _, address := range addresses {
		for _, id := range []string{"abc", "-1", "0", "1.5", "99999999999999999999", " 1", "1/2"} {
			if text := acctest.Flat(tf.Run("import", "-no-color", address, id).Output); !strings.Contains(text, "Import id is not a number") ||
				!strings.Contains(text, fmt.Sprintf("is imported by its numeric id, for example 7, but got %q", id)) {
				t.Errorf("the import of %q says\n%s", id, text)
			}
		}
		if text := acctest.Flat(tf.Run("import", "-no-color", address, "987654321").Output); !strings.Contains(text, "Cannot import non-existent remote object") {
			t.Errorf("the import of a missing object says\n%s", text)
		}
	}
	if state := tf.State(); state != "" {
		t.Errorf("the state is %s", state)
	}
}
