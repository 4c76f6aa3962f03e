package crud

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/object"
)

var thing = Resource{
	TypeName: "labelstudio_thing",
	Label:    "thing",
	Place:    "path",
	Table: object.Table{
		{Name: "id", Type: object.Int64, ReadOnly: true},
		{Name: "title", Type: object.Text},
		{Name: "path", Type: object.Path},
		{Name: "regex_filter", Type: object.Text},
	},
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
		"a field":              {refused(map[string][]string{"title": {"is too long."}}), []said{{"title", "is too long."}}},
		"two fields":           {refused(map[string][]string{"title": {"is too long."}, "path": {"is odd."}}), []said{{"path", "is odd."}, {"title", "is too long."}}},
		"two messages":         {refused(map[string][]string{"title": {"one", "two"}}), []said{{"title", "one\ntwo"}}},
		"an unknown field":     {refused(map[string][]string{"created_by.email": {"is odd."}}), []said{{"", "created_by.email: is odd."}}},
		"the whole object":     {refused(map[string][]string{"non_field_errors": {"is odd."}}), []said{{"path", "is odd."}}},
		"an explained one":     {refused(map[string][]string{"non_field_errors": {`Absolute local path "/x" does not exist`}}), []said{{"path", "inside a container"}}},
		"of another one":       {refused(map[string][]string{"title": {"re.error: nothing to repeat"}}), []said{{"regex_filter", "Python's re module"}}},
		"no fields":            {&labelstudio.Error{Status: 500, Detail: "database is locked"}, []said{{"", "-parallelism"}}},
		"no answer":            {errors.New("cannot reach it"), []said{{"", "cannot reach it"}}},
		"about what it hasn't": {errors.New("Error: incompatible with provided labeling schema"), []said{{"", "delete the annotations first"}}},
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

func TestAnObjectWithoutAPlaceHasItsErrorsOnNoAttribute(t *testing.T) {
	t.Parallel()
	homeless := thing
	homeless.Place = ""
	var diags diag.Diagnostics
	homeless.AddError(&diags, "Can't", &labelstudio.Error{Fields: map[string][]string{"non_field_errors": {`Absolute local path "/x" does not exist`}}})
	if len(diags) != 1 || on(diags[0]) != "" {
		t.Errorf("got %v", diags)
	}
}

func TestALostCreationNamesTheImportOfEachCandidate(t *testing.T) {
	t.Parallel()
	var diags diag.Diagnostics
	thing.AddError(&diags, "Can't", fmt.Errorf("wrapped: %w", &labelstudio.LostError{Err: errors.New("reset"), Candidates: []int64{7, 9}}))
	if len(diags) != 1 || !strings.Contains(diags[0].Detail(), "terraform import labelstudio_thing.<name> 7\n\n  terraform import labelstudio_thing.<name> 9") {
		t.Errorf("got %v", diags)
	}
}

func TestTheMessagesOfTheServerAreExplained(t *testing.T) {
	t.Parallel()
	for message, want := range map[string]struct{ about, advice string }{
		"Serving local files from the host filesystem can be a security risk, so LOCAL_FILES_SERVING_ENABLED is disabled by default.": {place, "LABEL_STUDIO_LOCAL_FILES_SERVING_ENABLED=true"},
		`Absolute local path "/r" cannot be the same as LOCAL_FILES_DOCUMENT_ROOT="/r" by security reasons.`:                          {place, "below the server's document root"},
		`Absolute local path "/etc" must be a subdirectory of LOCAL_FILES_DOCUMENT_ROOT="/r" by security reasons.`:                    {place, "is not below"},
		`Absolute local path "/r/x" does not exist`:                                                                 {place, "inside a container"},
		`['Absolute local path "/r/x" does not exist']`:                                                             {place, "inside a container"},
		"Path must be set for Local Files storage":                                                                  {place, "absolute path on the server"},
		"URL resolves to a reserved network address (block: 127.0.0.0/8)":                                           {endpoint, "SSRF_PROTECTION_ENABLED=false"},
		"Debugging info is not available for s3 endpoints on domain: x.":                                            {place, "S3_TRUSTED_STORAGE_DOMAINS"},
		`Invalid pk "58" - object does not exist.`:                                                                  {"project", "The server has no such project"},
		"Authentication token no longer valid: legacy token authentication has been disabled for this organization": {"", "since Label Studio 1.17. Use a personal access token"},
		"Token is blacklisted": {"", "Create a new one"},
		"Token is invalid":     {"", "cut off when it was copied"},
		"Invalid token.":       {"", "belong to the same server"},
		"Authentication credentials were not provided.":                                 {"", "has expired"},
		"OperationalError: database is locked":                                          {"", "-parallelism"},
		`500 Internal Server Error: a web page "500 | Label Studio" instead of JSON`:    {"", "Check that the database runs"},
		"no element found: line 1, column 6":                                            {"label_config", "well-formed XML"},
		"Premature end of data in tag View line 1, line 1, column 7 (<string>, line 1)": {"label_config", "well-formed XML"},
		"re.error: unterminated character set at position 0":                            {"regex_filter", "Python's re module"},
		"Something that nobody has seen":                                                {"", ""},
	} {
		t.Run(message, func(t *testing.T) {
			t.Parallel()
			advice, about := explain(message)
			if about != want.about || !strings.Contains(advice, want.advice) || (advice == "") != (want.advice == "") {
				t.Errorf("got %q about %q, want %q about %q", advice, about, want.advice, want.about)
			}
		})
	}
}

func TestAnImportTakesTheIDAlone(t *testing.T) {
	t.Parallel()
	for id, want := range map[string]int64{"7": 7, "9223372036854775807": 9223372036854775807, "0": 0, "-1": 0, "seven": 0, "7 ": 0, "1/7": 0, "9223372036854775808": 0} {
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			ofThing := schema.Schema{Attributes: thing.Table.ResourceAttributes()}
			resp := resource.ImportStateResponse{
				State:    tfsdk.State{Schema: ofThing, Raw: tftypes.NewValue(ofThing.Type().TerraformType(t.Context()), nil)},
				Identity: &tfsdk.ResourceIdentity{Schema: IdentitySchema(), Raw: tftypes.NewValue(IdentitySchema().Type().TerraformType(t.Context()), nil)},
			}
			thing.ImportState(t.Context(), resource.ImportStateRequest{ID: id}, &resp)
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
	identity := &tfsdk.ResourceIdentity{Schema: IdentitySchema(), Raw: tftypes.NewValue(IdentitySchema().Type().TerraformType(t.Context()),
		map[string]tftypes.Value{"id": tftypes.NewValue(tftypes.Number, 7)})}
	resp := resource.ImportStateResponse{
		State:    tfsdk.State{Schema: ofThing, Raw: tftypes.NewValue(ofThing.Type().TerraformType(t.Context()), nil)},
		Identity: identity,
	}
	thing.ImportState(t.Context(), resource.ImportStateRequest{Identity: identity}, &resp)
	var got types.Int64
	resp.Diagnostics.Append(resp.State.GetAttribute(t.Context(), path.Root("id"), &got)...)
	if resp.Diagnostics.HasError() || got.ValueInt64() != 7 {
		t.Errorf("got %s, %v", got, resp.Diagnostics)
	}
}

func TestCandidatesAreListedWithTheirPlaceAndNotWithoutEnd(t *testing.T) {
	t.Parallel()
	var answers []labelstudio.Object
	for id := range 25 {
		answers = append(answers, labelstudio.Object{
			"id": fmt.Append(nil, id+1), "title": []byte(`"some"`), "path": []byte(`"/data"`),
		})
	}
	text := thing.candidates(answers)
	if !strings.Contains(text, `id 20: title "some", path "/data"`) || strings.Contains(text, "id 21") || !strings.HasSuffix(text, "and 5 more") {
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
