package acctest

import (
	"context"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/provider"
)

// Walk visits attributes and those that are nested in them.
func Walk(attributes []*tfprotov6.SchemaAttribute, prefix string, visit func(name string, a *tfprotov6.SchemaAttribute)) {
	for _, a := range attributes {
		visit(prefix+a.Name, a)
		if a.NestedType != nil {
			Walk(a.NestedType.Attributes, prefix+a.Name+".", visit)
		}
	}
}

// AttributesOf are the attributes of a resource that a configuration may set, for
// the Terraform at hand, without those that have tests of their own.
func AttributesOf(t *testing.T, typeName string) []*tfprotov6.SchemaAttribute {
	t.Helper()
	attributes := Settable(Schemas(t).ResourceSchemas[typeName].Block.Attributes)
	apart := ObjectOf(t, typeName).Apart
	attributes = slices.DeleteFunc(attributes, func(a *tfprotov6.SchemaAttribute) bool { return slices.Contains(apart, a.Name) })
	have, err := terraformVersion()
	if err != nil {
		t.Fatal(err)
	}
	if have.LessThan(tfversion.Version1_11_0) { // it knows no write-only attributes
		attributes = slices.DeleteFunc(attributes, func(a *tfprotov6.SchemaAttribute) bool { return SecretOf(a.Name) != "" })
	}
	return attributes
}

// SecretOf is the secret that a write-only attribute or its version belongs to, or "".
func SecretOf(name string) string {
	for _, suffix := range []string{"_wo_version", "_wo"} {
		if secret, found := strings.CutSuffix(name, suffix); found {
			return secret
		}
	}
	return ""
}

// SecretsOf names the attributes that no server gives away.
func SecretsOf(attributes []*tfprotov6.SchemaAttribute) []string {
	var names []string
	for _, a := range attributes {
		if a.Sensitive && SecretOf(a.Name) == "" {
			names = append(names, a.Name)
		}
	}
	return names
}

// Schemas are the provider's schemas as Terraform gets them.
func Schemas(t *testing.T) *tfprotov6.GetProviderSchemaResponse {
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
	return provider.NewServer("test").GetProviderSchema(context.Background(), &tfprotov6.GetProviderSchemaRequest{})
})

// IdentitySchemas are what the resources' objects are known by.
func IdentitySchemas(t *testing.T) map[string]*tfprotov6.ResourceIdentitySchema {
	t.Helper()
	all, err := provider.NewServer("test").GetResourceIdentitySchemas(t.Context(), &tfprotov6.GetResourceIdentitySchemasRequest{})
	if err != nil {
		t.Fatal(err)
	}
	for _, problem := range all.Diagnostics {
		t.Errorf("%s: %s", problem.Summary, problem.Detail)
	}
	return all.IdentitySchemas
}

// Settable are the attributes that a configuration may set, in order.
func Settable(attributes []*tfprotov6.SchemaAttribute) []*tfprotov6.SchemaAttribute {
	return slices.DeleteFunc(slices.Clone(attributes), func(a *tfprotov6.SchemaAttribute) bool { return !a.Required && !a.Optional })
}

// Sorted are the keys of a map in order.
func Sorted[V any](of map[string]V) []string { return slices.Sorted(maps.Keys(of)) }
