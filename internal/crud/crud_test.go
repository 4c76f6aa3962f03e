package crud

import (
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/object"
)

var thing = Definition{
	TypeName: "labelstudio_thing",
	Label:    "thing",
	Table: object.Table{
		{Name: "id", Type: object.Int64, ReadOnly: true},
		{Name: "project", Type: object.Int64},
		{Name: "title", Type: object.Text},
		{Name: "path", Type: object.Path},
		{Name: "regex_filter", Type: object.Text},
	},
	DisplayName:    []string{"title", "path"},
	NonFieldErrors: "path",
	Parent:         "project",
	Filters:        []string{"title"},
	Advice: []Advice{
		{Message: regexp.MustCompile(`nothing to repeat`), Attribute: "regex_filter", Text: "See Python's re module."},
		{Message: regexp.MustCompile(`is missing`), Text: "Create it."},
		{Message: regexp.MustCompile(`database is locked`), Text: "Not a thing of the database."},
	},
	Redact: func(message string) string { return strings.ReplaceAll(message, "hunter2", "(password)") },
}

// on is the attribute that a message lands on, "" if none.
func on(message diag.Diagnostic) string {
	located, ok := message.(diag.DiagnosticWithPath)
	if !ok {
		return ""
	}
	return located.Path().String()
}

func TestAnErrorLandsOnWhatItIsAbout(t *testing.T) {
	t.Parallel()
	refused := func(fields map[string][]string) error {
		return fmt.Errorf("wrapped: %w", &labelstudio.Error{Status: 400, Detail: "Validation error", Fields: fields})
	}
	type said struct{ attribute, text string }
	for name, test := range map[string]struct {
		err  error
		want []said
	}{
		"a field":                 {refused(map[string][]string{"title": {"is too long."}}), []said{{"title", "is too long."}}},
		"two fields":              {refused(map[string][]string{"title": {"is too long."}, "path": {"is odd."}}), []said{{"path", "is odd."}, {"title", "is too long."}}},
		"two messages":            {refused(map[string][]string{"title": {"one", "two"}}), []said{{"title", "one\ntwo"}}},
		"an unknown field":        {refused(map[string][]string{"created_by.email": {"is odd."}}), []said{{"", "created_by.email: is odd."}}},
		"the whole object":        {refused(map[string][]string{"non_field_errors": {"is odd."}}), []said{{"path", "is odd."}}},
		"a part of a field":       {refused(map[string][]string{"title.0": {"is odd."}}), []said{{"title", "title.0: is odd."}}},
		"advice":                  {refused(map[string][]string{"non_field_errors": {"/x is missing"}}), []said{{"path", "/x is missing\n\nCreate it."}}},
		"advice on another field": {refused(map[string][]string{"title": {"re.error: nothing to repeat"}}), []said{{"regex_filter", "Python's re module"}}},
		"advice on any object":    {refused(map[string][]string{"project": {`Invalid pk "58" - object does not exist.`}}), []said{{"project", "The server has no such project"}}},
		"the object's own advice": {&labelstudio.Error{Status: 500, Detail: "database is locked"}, []said{{"", "Not a thing of the database."}}},
		"no fields":               {&labelstudio.Error{Status: 502, Reason: labelstudio.ReasonBadGateway, Detail: "an odd page"}, []said{{"", "The gateway in front of Label Studio does not reach it"}}},
		"no response":             {errors.New("cannot find it"), []said{{"", "cannot find it"}}},
		"a secret":                {refused(map[string][]string{"title": {"hunter2 is too short."}}), []said{{"title", "(password) is too short."}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var diags diag.Diagnostics
			thing.AddError(&diags, "Can't", test.err)
			if len(diags) != len(test.want) {
				t.Fatalf("got %v", diags)
			}
			for i, want := range test.want {
				if on(diags[i]) != want.attribute || !strings.Contains(diags[i].Detail(), want.text) || diags[i].Summary() != "Can't" || diags[i].Severity() != diag.SeverityError {
					t.Errorf("got %v on %q, want %q on %q", diags[i], on(diags[i]), want.text, want.attribute)
				}
			}
		})
	}
}

func TestErrorsOfAnObjectAsAWholeMayLandOnNoAttribute(t *testing.T) {
	t.Parallel()
	other := thing
	other.NonFieldErrors = ""
	var diags diag.Diagnostics
	other.AddError(&diags, "Can't", &labelstudio.Error{Fields: map[string][]string{"non_field_errors": {"is odd."}}})
	if len(diags) != 1 || on(diags[0]) != "" {
		t.Errorf("got %v", diags)
	}
}

func TestALostCreationNamesTheImportOfEachCandidate(t *testing.T) {
	t.Parallel()
	for want, candidates := range map[string][]int64{
		"terraform import labelstudio_thing.<name> 7\n\n  terraform import labelstudio_thing.<name> 9": {7, 9},
		"If it is there later, import it": nil,
	} {
		var diags diag.Diagnostics
		thing.AddError(&diags, "Can't", fmt.Errorf("wrapped: %w", &labelstudio.LostError{Err: errors.New("reset"), Candidates: candidates}))
		if len(diags) != 1 || !strings.Contains(diags[0].Detail(), want) {
			t.Errorf("%v: got %v", candidates, diags)
		}
	}
}

func TestAListIsAskedForByParentAndFiltersThatAreSet(t *testing.T) {
	t.Parallel()
	listed := thing
	listed.ListQuery = url.Values{"ordering": {"id"}}
	for want, config := range map[string]labelstudio.Object{
		"ordering=id":                     {},
		"ordering=id&project=7":           {"project": []byte("7"), "path": []byte(`"/data"`)},
		"ordering=id&project=7&title=a+b": {"project": []byte("7"), "title": []byte(`"a b"`)},
	} {
		set, err := listed.Table.ObjectFrom(config)
		if err != nil {
			t.Fatal(err)
		}
		if got := listed.query(set, listed.Filters...).Encode(); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	if listed.ListQuery.Encode() != "ordering=id" {
		t.Errorf("the definition now asks for %s", listed.ListQuery.Encode())
	}
}

func TestADisplayNameIsWhatTheObjectHasOfIt(t *testing.T) {
	t.Parallel()
	for want, found := range map[string]labelstudio.Object{
		"Photos (/data)": {"id": []byte("7"), "title": []byte(`"Photos"`), "path": []byte(`"/data"`)},
		"Photos":         {"id": []byte("7"), "title": []byte(`"Photos"`), "path": []byte("null")},
		"/data":          {"id": []byte("7"), "title": []byte(`""`), "path": []byte(`"/data"`)},
		"thing 7":        {"id": []byte("7")},
	} {
		if got := thing.displayName(found); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func identitySchema(t *testing.T) identityschema.Schema {
	t.Helper()
	var resp resource.IdentitySchemaResponse
	(&Resource{Definition: thing}).IdentitySchema(t.Context(), resource.IdentitySchemaRequest{}, &resp)
	return resp.IdentitySchema
}

func TestAnImportTakesTheIDAlone(t *testing.T) {
	t.Parallel()
	for id, want := range map[string]int64{"7": 7, "9223372036854775807": 9223372036854775807, "0": 0, "-1": 0, "seven": 0, "7 ": 0, "1/7": 0, "9223372036854775808": 0} {
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			ofThing := schema.Schema{Attributes: thing.Table.ResourceAttributes()}
			resp := resource.ImportStateResponse{
				State:    tfsdk.State{Schema: ofThing, Raw: tftypes.NewValue(ofThing.Type().TerraformType(t.Context()), nil)},
				Identity: &tfsdk.ResourceIdentity{Schema: identitySchema(t), Raw: tftypes.NewValue(identitySchema(t).Type().TerraformType(t.Context()), nil)},
			}
			(&Resource{Definition: thing}).ImportState(t.Context(), resource.ImportStateRequest{ID: id}, &resp)
			if want == 0 {
				if !resp.Diagnostics.HasError() || !strings.Contains(resp.Diagnostics[0].Detail(), fmt.Sprintf("%q", id)) {
					t.Errorf("got %v", resp.Diagnostics)
				}
				return
			}
			var got, identity types.Int64
			resp.Diagnostics.Append(resp.State.GetAttribute(t.Context(), path.Root("id"), &got)...)
			resp.Diagnostics.Append(resp.Identity.GetAttribute(t.Context(), path.Root("id"), &identity)...)
			if resp.Diagnostics.HasError() || got.ValueInt64() != want || identity.ValueInt64() != want {
				t.Errorf("got %s and the identity %s, %v", got, identity, resp.Diagnostics)
			}
		})
	}
}

func TestAnImportByIdentityTakesItsID(t *testing.T) {
	t.Parallel()
	ofThing := schema.Schema{Attributes: thing.Table.ResourceAttributes()}
	identity := &tfsdk.ResourceIdentity{Schema: identitySchema(t), Raw: tftypes.NewValue(identitySchema(t).Type().TerraformType(t.Context()),
		map[string]tftypes.Value{"id": tftypes.NewValue(tftypes.Number, 7)})}
	resp := resource.ImportStateResponse{
		State:    tfsdk.State{Schema: ofThing, Raw: tftypes.NewValue(ofThing.Type().TerraformType(t.Context()), nil)},
		Identity: identity,
	}
	(&Resource{Definition: thing}).ImportState(t.Context(), resource.ImportStateRequest{Identity: identity}, &resp)
	var got types.Int64
	resp.Diagnostics.Append(resp.State.GetAttribute(t.Context(), path.Root("id"), &got)...)
	if resp.Diagnostics.HasError() || got.ValueInt64() != 7 {
		t.Errorf("got %s, %v", got, resp.Diagnostics)
	}
}

func TestCandidatesAreListedByTheirIDsAndNotWithoutEnd(t *testing.T) {
	t.Parallel()
	var found []labelstudio.Object
	for id := range 25 {
		found = append(found, labelstudio.Object{
			"id": fmt.Append(nil, id+1), "title": []byte(`"some"`), "path": []byte(`"/data"`),
		})
	}
	text := thing.candidates(found)
	if !strings.Contains(text, "19, 20 and 5 more.") || strings.Contains(text, "21") || strings.Contains(text, "some") || strings.Contains(text, "/data") {
		t.Errorf("got %s", text)
	}
	if text := thing.candidates(nil); !strings.Contains(text, "no thing at all") {
		t.Errorf("got %s", text)
	}
}

func TestProviderDataOfAnotherSortIsAnError(t *testing.T) {
	t.Parallel()
	var diags diag.Diagnostics
	var server Server
	Configure(nil, &server, &diags) // before the provider is configured
	Configure(Server{PlanChecks: true}, &server, &diags)
	if diags.HasError() || !server.PlanChecks {
		t.Errorf("got %+v, %v", server, diags)
	}
	Configure("something else", &server, &diags)
	if !diags.HasError() {
		t.Error("no error")
	}
}
