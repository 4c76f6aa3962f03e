package crud

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/object"
)

func TestAReadOnlyDataSourceShowsWhatItsRequestsFind(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		found labelstudio.Object
		err   error
		want  string // the count, or where the error is shown and a part of it
	}{
		"something":     {labelstudio.Object{"count": []byte("7")}, nil, "7"},
		"no parent":     {nil, nil, "project: project 3 does not exist on the server."},
		"an error":      {nil, errors.New("database is locked"), ": database is locked\n\nThe server runs on SQLite"},
		"another shape": {labelstudio.Object{"count": []byte(`"many"`)}, nil, `: the server's count is "many"`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			source := &readOnlyDataSource{ReadOnly: ReadOnly{
				Label: "numbers", Parent: "project",
				Table: object.Table{{Name: "project", Type: object.Int64}, {Name: "count", Type: object.Int64}},
				Get: func(_ context.Context, _ Server, parent int64) (labelstudio.Object, error) {
					if parent != 3 {
						t.Errorf("got the parent %d", parent)
					}
					return test.found, test.err
				},
			}}
			var schema datasource.SchemaResponse
			source.Schema(t.Context(), datasource.SchemaRequest{}, &schema)
			of := schema.Schema.Type().TerraformType(t.Context())
			config := tftypes.NewValue(of, map[string]tftypes.Value{"project": tftypes.NewValue(tftypes.Number, 3), "count": tftypes.NewValue(tftypes.Number, nil)})
			resp := datasource.ReadResponse{State: tfsdk.State{Schema: schema.Schema, Raw: tftypes.NewValue(of, nil)}}
			source.Read(t.Context(), datasource.ReadRequest{Config: tfsdk.Config{Schema: schema.Schema, Raw: config}}, &resp)

			got := ""
			if resp.Diagnostics.HasError() {
				got = on(resp.Diagnostics[0]) + ": " + resp.Diagnostics[0].Detail()
			} else {
				state := Decode(t.Context(), resp.State, &resp.Diagnostics)
				got = state.Attributes()["count"].String()
				if object.Int64Of(state.Attributes()["project"]) != 3 {
					t.Errorf("got %v", state)
				}
			}
			if !strings.HasPrefix(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
