package provider_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/acctest"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/provider"
)

var update = flag.Bool("update", false, "write the files in testdata anew")

// snapshot is what users' configurations and states rely on.
type snapshot struct {
	Provider           shape            `json:"provider"`
	Resources          map[string]shape `json:"resources"`
	Identities         map[string]shape `json:"identities"`
	DataSources        map[string]shape `json:"data_sources"`
	ListResources      map[string]shape `json:"list_resources"`
	Actions            map[string]shape `json:"actions"`
	EphemeralResources map[string]shape `json:"ephemeral_resources"`
	// Functions are the types of their parameters and, last, of what they return.
	Functions map[string][]string `json:"functions"`
}

type shape struct {
	// Version is that of the state. A state of an older one is upgraded.
	Version int64 `json:"version"`
	// Attributes are type and use of each attribute, the nested ones too.
	Attributes map[string]string `json:"attributes"`
}

func shapeOf(schema *tfprotov6.Schema) shape {
	s := shape{Version: schema.Version, Attributes: map[string]string{}}
	acctest.Walk(schema.Block.Attributes, "", func(name string, a *tfprotov6.SchemaAttribute) {
		words := []string{"nested"}
		if a.Type != nil {
			words = []string{a.Type.String()}
		}
		for _, use := range []struct {
			word string
			is   bool
		}{{"required", a.Required}, {"optional", a.Optional}, {"computed", a.Computed}, {"sensitive", a.Sensitive}, {"write-only", a.WriteOnly}, {"deprecated", a.Deprecated}} {
			if use.is {
				words = append(words, use.word)
			}
		}
		s.Attributes[name] = strings.Join(words, " ")
	})
	return s
}

func shapesOf(schemas map[string]*tfprotov6.Schema) map[string]shape {
	all := map[string]shape{}
	for name, schema := range schemas {
		all[name] = shapeOf(schema)
	}
	return all
}

func actionShapes(schemas map[string]*tfprotov6.ActionSchema) map[string]shape {
	all := map[string]shape{}
	for name, schema := range schemas {
		all[name] = shapeOf(schema.Schema)
	}
	return all
}

func functionTypes(functions map[string]*tfprotov6.Function) map[string][]string {
	all := map[string][]string{}
	for name, function := range functions {
		for _, parameter := range function.Parameters {
			all[name] = append(all[name], parameter.Type.String())
		}
		if function.VariadicParameter != nil {
			all[name] = append(all[name], "variadic "+function.VariadicParameter.Type.String())
		}
		all[name] = append(all[name], function.Return.Type.String())
	}
	return all
}

func identityShapes(t *testing.T) map[string]shape {
	t.Helper()
	all := map[string]shape{}
	for name, schema := range acctest.IdentitySchemas(t) {
		of := shape{Version: schema.Version, Attributes: map[string]string{}}
		for _, a := range schema.IdentityAttributes {
			of.Attributes[a.Name] = a.Type.String()
			if a.RequiredForImport {
				of.Attributes[a.Name] += " required for import"
			}
		}
		all[name] = of
	}
	return all
}

func TestTheSchemaIsTheOneOfTheSnapshot(t *testing.T) {
	t.Parallel()
	all := acctest.Schemas(t)
	now := snapshot{
		Provider:           shapeOf(all.Provider),
		Resources:          shapesOf(all.ResourceSchemas),
		Identities:         identityShapes(t),
		DataSources:        shapesOf(all.DataSourceSchemas),
		ListResources:      shapesOf(all.ListResourceSchemas),
		Actions:            actionShapes(all.ActionSchemas),
		EphemeralResources: shapesOf(all.EphemeralResourceSchemas),
		Functions:          functionTypes(all.Functions),
	}
	content, err := json.MarshalIndent(now, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	content = append(content, '\n')

	file := filepath.Join("testdata", "schema.json")
	known, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var before snapshot
	if err := json.Unmarshal(known, &before); err != nil {
		t.Fatal(err)
	}
	for _, broken := range broken(before.Resources, now.Resources) {
		t.Errorf("%s, so states of released versions can't be read: raise the schema's Version and upgrade them", broken)
	}
	for _, broken := range broken(before.Identities, now.Identities) {
		t.Errorf("%s, so identities in states of released versions can't be read: raise the identity schema's Version and upgrade them", broken)
	}
	switch {
	case bytes.Equal(known, content):
	case *update && !t.Failed():
		if err := os.WriteFile(file, content, 0o600); err != nil {
			t.Fatal(err)
		}
	default:
		t.Errorf("the schema is not that of %s; if the change is intended, run go test ./internal/provider -run TestTheSchema -update and look at the difference", file)
	}
}

// broken are the changes that keep Terraform from reading a state of before. An attribute
// that is gone is none: the framework drops its value.
func broken(before, now map[string]shape) []string {
	var changes []string
	for _, name := range acctest.Sorted(before) {
		if _, ok := now[name]; !ok {
			changes = append(changes, name+" is gone")
			continue
		}
		if now[name].Version > before[name].Version {
			continue
		}
		for _, attribute := range acctest.Sorted(before[name].Attributes) {
			is, ok := now[name].Attributes[attribute]
			was, _, _ := strings.Cut(before[name].Attributes[attribute], " ")
			is, _, _ = strings.Cut(is, " ")
			if ok && is != was {
				changes = append(changes, name+"."+attribute+" was "+was+" and is "+is)
			}
		}
	}
	return changes
}

func TestAStateWithAnAttributeThatIsGoneCanBeRead(t *testing.T) {
	t.Parallel()
	server := provider.NewServer("test")
	for name, schema := range acctest.Schemas(t).ResourceSchemas {
		got, err := server.UpgradeResourceState(t.Context(), &tfprotov6.UpgradeResourceStateRequest{
			TypeName: name, Version: schema.Version, RawState: &tfprotov6.RawState{JSON: []byte(`{"id": 7, "gone": "text"}`)},
		})
		if err != nil || len(got.Diagnostics) > 0 || got.UpgradedState == nil {
			t.Errorf("%s: got %+v, %v", name, got, err)
		}
	}
}

func TestAChangeThatBreaksStatesIsNoticed(t *testing.T) {
	t.Parallel()
	of := func(version int64, attributes map[string]string) map[string]shape {
		return map[string]shape{"r": {Version: version, Attributes: attributes}}
	}
	before := of(1, map[string]string{"a": "tftypes.String optional"})
	for name, test := range map[string]struct {
		now  map[string]shape
		want string
	}{
		"none":                 {before, ""},
		"another use":          {of(1, map[string]string{"a": "tftypes.String required"}), ""},
		"one more":             {of(1, map[string]string{"a": "tftypes.String optional", "b": "tftypes.Bool"}), ""},
		"another type":         {of(1, map[string]string{"a": "tftypes.Number optional"}), "r.a was tftypes.String and is tftypes.Number"},
		"one less":             {of(1, nil), ""},
		"with a new version":   {of(2, nil), ""},
		"no resource any more": {nil, "r is gone"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := strings.Join(broken(before, test.now), "; "); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
