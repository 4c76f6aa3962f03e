package crud

import (
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/object"
)

func TestSettingsAreChangedNotCreated(t *testing.T) {
	t.Parallel()
	policy := Definition{
		Label: "session policy", Collection: labelstudio.SessionPolicy,
		Table: object.Table{{Name: "id", Type: object.Int64, ReadOnly: true}, {Name: "age", Type: object.Int64, Computed: true}, {Name: "idle", Type: object.Int64, Computed: true}},
	}
	for name, test := range map[string]struct {
		age      int64
		patch    string // the body of the change
		response int
	}{
		"as the server has it": {10, "", http.StatusOK},
		"other values":         {20, `{"age":20}`, http.StatusOK},
		"a refusal":            {20, `{"age":20}`, http.StatusForbidden},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var changes []string
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Type", "application/json")
				response := `{"id":1,"active_organization":3}`
				switch {
				case r.Method == http.MethodPatch:
					body, _ := io.ReadAll(r.Body)
					changes = append(changes, string(body))
					w.WriteHeader(test.response)
					response = `{"age":20,"idle":5}`
				case strings.HasSuffix(r.URL.Path, "/session-policy/"):
					response = `{"age":10,"idle":5}`
				}
				_, _ = w.Write([]byte(response))
			}))
			defer server.Close()
			client, err := labelstudio.New(labelstudio.Config{URL: server.URL, APIKey: strings.Repeat("0", 40)})
			if err != nil {
				t.Fatal(err)
			}
			of := schema.Schema{Attributes: policy.Table.ResourceAttributes()}
			values := func(id, idle types.Int64) types.Object {
				return types.ObjectValueMust(policy.Table.AttributeTypes(), map[string]attr.Value{"id": id, "age": types.Int64Value(test.age), "idle": idle})
			}
			plan, config := tfsdk.Plan{Schema: of}, tfsdk.State{Schema: of}
			var diags diag.Diagnostics
			diags.Append(plan.Set(t.Context(), values(types.Int64Unknown(), types.Int64Unknown()))...)
			diags.Append(config.Set(t.Context(), values(types.Int64Null(), types.Int64Null()))...)
			resp := resource.CreateResponse{State: tfsdk.State{Schema: of, Raw: tftypes.NewValue(of.Type().TerraformType(t.Context()), nil)}, Diagnostics: diags}
			(&Settings{Resource{policy, Server{Client: client}}}).Create(t.Context(), resource.CreateRequest{Plan: plan, Config: tfsdk.Config(config)}, &resp)

			if got := strings.Join(changes, " "); got != test.patch {
				t.Errorf("got the changes %q, want %q", got, test.patch)
			}
			if failed := test.response != http.StatusOK; failed != resp.Diagnostics.HasError() || failed != resp.State.Raw.IsNull() {
				t.Fatalf("got the state %s, %v", resp.State.Raw, resp.Diagnostics)
			} else if failed {
				return
			}
			state := Decode(t.Context(), resp.State, &resp.Diagnostics)
			if got := []int64{ID(state), object.Int64Of(state.Attributes()["age"]), object.Int64Of(state.Attributes()["idle"])}; !slices.Equal(got, []int64{3, test.age, 5}) {
				t.Errorf("got %d", got)
			}
		})
	}
}

func TestThePluralOfALabel(t *testing.T) {
	t.Parallel()
	for label, want := range map[string]string{"webhook": "webhooks", "session policy": "session policies"} {
		if got := (Definition{Label: label}).plural(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
