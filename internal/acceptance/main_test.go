package acceptance_test

import (
	"testing"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/acctest"
)

func TestMain(m *testing.M) { acctest.Main(m) }
