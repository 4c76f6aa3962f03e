package acctest

import (
	"testing"

	"github.com/hashicorp/go-version"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/provider"
)

// NeedsTerraform skips the test on an older Terraform or OpenTofu.
func NeedsTerraform(t *testing.T, least *version.Version) {
	t.Helper()
	skipUnlessAcceptance(t)
	have, err := terraformVersion()
	if err != nil {
		t.Fatal(err)
	}
	if have.LessThan(least) {
		t.Skipf("Terraform CLI version %s is below %s: skipping test", have, least)
	}
}

// Test runs the steps of the test framework, with the provider in this process.
func (s *Server) Test(steps ...resource.TestStep) {
	s.T.Helper()
	resource.Test(s.T, resource.TestCase{
		ProtoV6ProviderFactories: map[string]func() (tfprotov6.ProviderServer, error){
			"labelstudio": func() (tfprotov6.ProviderServer, error) { return provider.NewServer("test"), nil },
		},
		Steps: steps,
	})
}
