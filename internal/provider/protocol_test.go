package provider_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/provider"
)

// What the tests share of features that not every Terraform has: they talk to the
// provider as Terraform does, and use a Terraform that has the feature besides.

// protocol is the provider as Terraform talks to it, configured for the server
// under test.
type protocol struct {
	tfprotov6.ProviderServer
	tfprotov6.ListResourceServer
	tfprotov6.ActionServer

	t       *testing.T
	schemas *tfprotov6.GetProviderSchemaResponse
}

// protocol configures the provider with further settings.
func (s *stack) protocol(settings values) *protocol {
	s.t.Helper()
	server, err := providerserver.NewProtocol6WithError(provider.New("test")())()
	if err != nil {
		s.t.Fatal(err)
	}
	lists, _ := server.(tfprotov6.ListResourceServer)
	actions, _ := server.(tfprotov6.ActionServer)
	p := &protocol{ProviderServer: server, ListResourceServer: lists, ActionServer: actions, t: s.t, schemas: schemas(s.t)}
	settings["url"] = s.proxy.URL
	configured, err := p.ConfigureProvider(s.t.Context(), &tfprotov6.ConfigureProviderRequest{Config: p.block(p.schemas.Provider, settings)})
	if err != nil {
		s.t.Fatal(err)
	}
	p.sound(configured.Diagnostics)
	return p
}

// values are the attributes of a block that are set.
type values map[string]any

// block is a block of a configuration.
func (p *protocol) block(schema *tfprotov6.Schema, set values) *tfprotov6.DynamicValue {
	p.t.Helper()
	object, ok := schema.ValueType().(tftypes.Object)
	if !ok {
		p.t.Fatalf("a block is a %s", schema.ValueType())
	}
	attributes := map[string]tftypes.Value{}
	for name, of := range object.AttributeTypes {
		attributes[name] = tftypes.NewValue(of, set[name])
	}
	block, err := tfprotov6.NewDynamicValue(object, tftypes.NewValue(object, attributes))
	if err != nil {
		p.t.Fatal(err)
	}
	return &block
}

// sound expects that the provider has nothing to say.
func (p *protocol) sound(diagnostics []*tfprotov6.Diagnostic) {
	p.t.Helper()
	for _, d := range diagnostics {
		p.t.Fatalf("%s: %s: %s", d.Severity, d.Summary, d.Detail)
	}
}

// needs skips the test on a Terraform that lacks a feature.
func (s *stack) needs(feature tfversion.TerraformVersionCheck) {
	s.t.Helper()
	s.testWith(feature, resource.TestStep{Config: "terraform {}"})
}

// testWith is test for a Terraform that has a feature. Others skip it.
func (s *stack) testWith(feature tfversion.TerraformVersionCheck, steps ...resource.TestStep) {
	s.t.Helper()
	resource.Test(s.t, resource.TestCase{
		ProtoV6ProviderFactories: map[string]func() (tfprotov6.ProviderServer, error){
			"labelstudio": providerserver.NewProtocol6WithError(provider.New("test")()),
		},
		TerraformVersionChecks: []tfversion.TerraformVersionCheck{feature},
		Steps:                  steps,
	})
}
