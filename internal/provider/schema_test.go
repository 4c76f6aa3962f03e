package provider_test

import (
	"context"
	"maps"
	"slices"
	"sync"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/provider"
)

// schemas are the provider's schemas as Terraform gets them.
func schemas(t *testing.T) *tfprotov6.GetProviderSchemaResponse {
	t.Helper()
	all, err := readSchemas()
	if err != nil {
		t.Fatal(err)
	}
	for _, problem := range all.Diagnostics {
		t.Errorf("%s: %s", problem.Summary, problem.Detail)
	}
	return all
}

var readSchemas = sync.OnceValues(func() (*tfprotov6.GetProviderSchemaResponse, error) {
	server, err := providerserver.NewProtocol6WithError(provider.New("test")())()
	if err != nil {
		return nil, err
	}
	return server.GetProviderSchema(context.Background(), &tfprotov6.GetProviderSchemaRequest{})
})

// identitySchemas are what the resources' objects are known by.
func identitySchemas(t *testing.T) map[string]*tfprotov6.ResourceIdentitySchema {
	t.Helper()
	server, err := providerserver.NewProtocol6WithError(provider.New("test")())()
	if err != nil {
		t.Fatal(err)
	}
	all, err := server.GetResourceIdentitySchemas(t.Context(), &tfprotov6.GetResourceIdentitySchemasRequest{})
	if err != nil {
		t.Fatal(err)
	}
	for _, problem := range all.Diagnostics {
		t.Errorf("%s: %s", problem.Summary, problem.Detail)
	}
	return all.IdentitySchemas
}

// settable are the attributes that a configuration may set, in order.
func settable(attributes []*tfprotov6.SchemaAttribute) []*tfprotov6.SchemaAttribute {
	return slices.DeleteFunc(slices.Clone(attributes), func(a *tfprotov6.SchemaAttribute) bool { return !a.Required && !a.Optional })
}

// sorted are the keys of a map in order.
func sorted[V any](of map[string]V) []string { return slices.Sorted(maps.Keys(of)) }
