package acceptance_test

import (
	"testing"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/acctest"
)

const mlBackendType = "labelstudio_ml_backend"

func TestAccMLBackendIsCreatedChangedAndDestroyedWithItsWebhook(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	model, of := s.NewMLBackend(), s.NewProject()
	backend := s.Instance(mlBackendType)
	config := acctest.Values{"project": of, "url": model.URL}
	backend.Apply(config).Succeeds()
	backend.ExpectEmptyPlan(config)
	t.Log(backend.Attributes())
	config["title"] = "new"
	backend.Apply(config).Succeeds()
	backend.ExpectEmptyPlan(config)
	backend.Apply(nil).Succeeds()
	t.Log(s.Proxy.Requests())
}
