package object

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-log/tfsdklogtest"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
)

// tabProvider has one resource, whose attributes are those of tab.
type tabProvider struct{ server labelstudio.Object }

func (*tabProvider) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "tab"
}
func (*tabProvider) Schema(context.Context, provider.SchemaRequest, *provider.SchemaResponse) {}
func (*tabProvider) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse) {
}
func (*tabProvider) DataSources(context.Context) []func() datasource.DataSource { return nil }
func (p *tabProvider) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{func() resource.Resource { return &tabResource{p.server} }}
}

// tabResource reads what the server has.
type tabResource struct{ server labelstudio.Object }

func (*tabResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "tab"
}

func (*tabResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{Attributes: tab.ResourceAttributes()}
}

func (r *tabResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state types.Object
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	refreshed, err := tab.StateFrom(r.server, state)
	if err != nil {
		resp.Diagnostics.AddError("Can't read", err.Error())
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, refreshed)...)
}

func (*tabResource) Create(context.Context, resource.CreateRequest, *resource.CreateResponse) {}
func (*tabResource) Update(context.Context, resource.UpdateRequest, *resource.UpdateResponse) {}
func (*tabResource) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {}

// dynamic is the object as the protocol carries it.
func dynamic(t *testing.T, object types.Object) *tfprotov6.DynamicValue {
	t.Helper()
	value, err := object.ToTerraformValue(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	carried, err := tfprotov6.NewDynamicValue(value.Type(), value)
	if err != nil {
		t.Fatal(err)
	}
	return &carried
}

// carried is the object that the protocol carries.
func carried(t *testing.T, value *tfprotov6.DynamicValue, diags []*tfprotov6.Diagnostic) types.Object {
	t.Helper()
	for _, d := range diags {
		t.Fatalf("%s: %s", d.Summary, d.Detail)
	}
	of := tabOf(nil).Type(t.Context())
	unmarshalled, err := value.Unmarshal(of.TerraformType(t.Context()))
	if err != nil {
		t.Fatal(err)
	}
	object, err := of.ValueFromTerraform(t.Context(), unmarshalled)
	if err != nil {
		t.Fatal(err)
	}
	return object.(types.Object) //nolint:forcetypeassert // it is of the type
}

func TestTheFrameworkFillsDefaultsInNestedObjects(t *testing.T) {
	t.Parallel()
	a := findIn(t, tab, "filters")
	filters, _ := valueFor(a, object{"items": []object{{"filter": "f"}}}).(types.Object)
	config := tabOf(object{"title": "t", "filters": With(filters, "conjunction", nullOf(Text.attrType()))})
	server := providerserver.NewProtocol6(&tabProvider{})()
	resp, err := server.PlanResourceChange(t.Context(), &tfprotov6.PlanResourceChangeRequest{
		TypeName: "tab", Config: dynamic(t, config), ProposedNewState: dynamic(t, config), PriorState: dynamic(t, types.ObjectNull(typesOf(config))),
	})
	if err != nil {
		t.Fatal(err)
	}
	plan := carried(t, resp.PlannedState, resp.Diagnostics).Attributes()
	wanted := object{"filters": object{"items": []object{{"filter": "f"}}}, "actions": []string{}, "headers": object{}, "params": object{"a": 1}, "ratio": 0.5, "tags": nil, "history": unknown}
	for name, want := range wanted {
		if want := valueFor(findIn(t, tab, name), want); !Same(plan[name], want) {
			t.Errorf("%s is planned as %s, want %s", name, plan[name], want)
		}
	}
}

func TestARefreshKeepsTheSpellingAndLogsNoSecret(t *testing.T) {
	t.Parallel()
	state := tabOf(object{"title": "t", "actions": []string{"a ", "b"}, "folders": object{"x": object{"path": "/a/"}}, "headers": object{"X-A": "s3cret"}, "tags": []string{"old"}})
	server := providerserver.NewProtocol6(&tabProvider{response(t, `{"actions":["b","a"],"folders":{"x":{"path":"/a","note":""}},"headers":{"X-A":"s3cret"},"tags":["new"]}`)})()
	var logs bytes.Buffer
	resp, err := server.ReadResource(tfsdklogtest.RootLogger(t.Context(), &logs), &tfprotov6.ReadResourceRequest{TypeName: "tab", CurrentState: dynamic(t, state)})
	if err != nil {
		t.Fatal(err)
	}
	refreshed := carried(t, resp.NewState, resp.Diagnostics)
	for _, name := range []string{"actions", "folders", "headers"} {
		if got, want := refreshed.Attributes()[name], state.Attributes()[name]; !got.Equal(want) {
			t.Errorf("%s is refreshed to %s, want %s", name, got, want)
		}
	}
	if want := valueFor(findIn(t, tab, "tags"), []string{"new"}); !refreshed.Attributes()["tags"].Equal(want) {
		t.Errorf("the change of tags is not seen: %s", refreshed.Attributes()["tags"])
	}
	if !strings.Contains(logs.String(), "(sensitive value)") || strings.Contains(logs.String(), "s3cret") {
		t.Errorf("the log should show that a secret was compared, and not the secret:\n%s", logs.String())
	}
}
