package acctest

import (
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/provider"
)

// Needs skips the test on a Terraform that lacks a feature.
func (s *Server) Needs(feature tfversion.TerraformVersionCheck) {
	s.T.Helper()
	s.TestWith(feature, resource.TestStep{Config: "terraform {}"})
}

// TestWith runs the steps, with the provider in this process, on a Terraform that has a
// feature. Others skip the test.
func (s *Server) TestWith(feature tfversion.TerraformVersionCheck, steps ...resource.TestStep) {
	s.T.Helper()
	resource.Test(s.T, resource.TestCase{
		ProtoV6ProviderFactories: map[string]func() (tfprotov6.ProviderServer, error){
			"labelstudio": providerserver.NewProtocol6WithError(provider.New("test")()),
		},
		TerraformVersionChecks: []tfversion.TerraformVersionCheck{feature},
		Steps:                  steps,
	})
}
