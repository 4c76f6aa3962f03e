package webhook

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// expect compares the diagnostics on an attribute with the one that holds the text, or
// with none.
func expect(t *testing.T, got diag.Diagnostics, attribute, text string) {
	t.Helper()
	if text == "" {
		if len(got) > 0 {
			t.Errorf("got %v, want nothing", got)
		}
		return
	}
	if len(got) != 1 || !strings.Contains(got[0].Summary()+"\n"+got[0].Detail(), text) {
		t.Fatalf("got %v, want %q", got, text)
	}
	if located, ok := got[0].(diag.DiagnosticWithPath); !ok || !located.Path().Equal(path.Root(attribute)) {
		t.Errorf("%v is not on %s", got[0], attribute)
	}
}

func TestActionsThatLeadToNoCallAreRefused(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		action types.String
		want   string
	}{
		"of a project":       {types.StringValue("TASKS_CREATED"), ""},
		"of an organization": {types.StringValue("PROJECT_DELETED"), "PROJECT_DELETED is an event of the organization"},
		"of nobody":          {types.StringValue("TASK_CREATED"), `no action "TASK_CREATED". Use those of PROJECT_UPDATED, TASKS_CREATED, TASKS_DELETED`},
		"with blanks":        {types.StringValue(" TASKS_CREATED"), `no action " TASKS_CREATED"`},
		"null":               {types.StringNull(), `no action ""`},
		"unknown":            {types.StringUnknown(), ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var resp validator.SetResponse
			knownActions{}.ValidateSet(t.Context(), validator.SetRequest{
				Path: path.Root(actions), ConfigValue: types.SetValueMust(types.StringType, []attr.Value{test.action, types.StringValue("PROJECT_UPDATED")}),
			}, &resp)
			expect(t, resp.Diagnostics, actions, test.want)
		})
	}
}

func TestAWebhookThatNeverFiresIsAWarning(t *testing.T) {
	t.Parallel()
	const flag = "send_for_all_actions"
	some := []tftypes.Value{tftypes.NewValue(tftypes.String, "TASKS_CREATED")}
	for name, test := range map[string]struct {
		all     types.Bool
		actions any
		want    string
	}{
		"all":             {types.BoolValue(true), nil, ""},
		"the default":     {types.BoolNull(), nil, ""},
		"unknown":         {types.BoolUnknown(), nil, ""},
		"some":            {types.BoolValue(false), some, ""},
		"unknown actions": {types.BoolValue(false), tftypes.UnknownValue, ""},
		"unset actions":   {types.BoolValue(false), nil, "The webhook never fires"},
		"no actions":      {types.BoolValue(false), []tftypes.Value{}, "Add events to actions"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			only := schema.Schema{Attributes: map[string]schema.Attribute{actions: schema.SetAttribute{ElementType: types.StringType, Optional: true}}}
			texts := tftypes.Set{ElementType: tftypes.String}
			config := tfsdk.Config{Schema: only, Raw: tftypes.NewValue(only.Type().TerraformType(t.Context()), map[string]tftypes.Value{actions: tftypes.NewValue(texts, test.actions)})}
			var resp validator.BoolResponse
			hasActions{}.ValidateBool(t.Context(), validator.BoolRequest{Path: path.Root(flag), ConfigValue: test.all, Config: config}, &resp)
			expect(t, resp.Diagnostics, flag, test.want)
			if resp.Diagnostics.HasError() {
				t.Error("it is an error")
			}
		})
	}
}

func TestHeadersThatTheServerRefusesAreRefusedWithoutShowingThem(t *testing.T) {
	t.Parallel()
	const secret = "hunter2"
	some := func(count int) map[string]attr.Value {
		all := map[string]attr.Value{}
		for i := range count {
			all[fmt.Sprintf("X_a-%d", i)] = types.StringValue(secret)
		}
		return all
	}
	for name, test := range map[string]struct {
		headers map[string]attr.Value
		want    string
	}{
		"none":                   {some(0), ""},
		"as many as may be":      {some(10), ""},
		"one more":               {some(11), "at most 10 headers with a call, and these are 11"},
		"a name with a value":    {map[string]attr.Value{"Authorization: Bearer " + secret: types.StringValue("")}, "without the colon"},
		"an empty name":          {map[string]attr.Value{"": types.StringValue(secret)}, "Header name is not valid"},
		"a name with a new line": {map[string]attr.Value{"a\n": types.StringValue(secret)}, "Header name is not valid"},
		"no value":               {map[string]attr.Value{"a": types.StringNull()}, "Header without a value"},
		"an unknown value":       {map[string]attr.Value{"a": types.StringUnknown()}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var resp validator.MapResponse
			validHeaders{}.ValidateMap(t.Context(), validator.MapRequest{Path: path.Root(headers), ConfigValue: types.MapValueMust(types.StringType, test.headers)}, &resp)
			expect(t, resp.Diagnostics, headers, test.want)
			if strings.Contains(fmt.Sprint(resp.Diagnostics), secret) {
				t.Errorf("the message shows a secret: %v", resp.Diagnostics)
			}
		})
	}
}
