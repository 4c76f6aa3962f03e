package crud

import (
	"errors"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
)

func TestAnErrorOfTheClientSaysWhatToDo(t *testing.T) {
	t.Parallel()
	for reason, want := range map[labelstudio.Reason]string{
		labelstudio.ReasonUnreachable:        "this machine reaches it",
		labelstudio.ReasonNotHTTPS:           "begin with http://",
		labelstudio.ReasonUntrusted:          "`ca_cert`",
		labelstudio.ReasonConnectionBroke:    "Check that Label Studio runs",
		labelstudio.ReasonTimeout:            "raise request_timeout",
		labelstudio.ReasonTooLarge:           "Check that url leads to Label Studio",
		labelstudio.ReasonRedirect:           "Set `url` to the final address of Label Studio",
		labelstudio.ReasonLogInPage:          "log-in page of a gateway",
		labelstudio.ReasonTokenRefused:       "`api_key`",
		labelstudio.ReasonNotLabelStudio:     "Check `url` and its path prefix",
		labelstudio.ReasonOtherOrganization:  "terraform state rm",
		labelstudio.ReasonNotOffered:         "ENABLE_LOCAL_FILES_STORAGE=false",
		labelstudio.ReasonTooManyRequests:    "-parallelism",
		labelstudio.ReasonServerError:        "look at the server's log",
		labelstudio.ReasonDatabaseLocked:     "SQLite",
		labelstudio.ReasonErrorPage:          "Check that the database runs",
		labelstudio.ReasonBadGateway:         "Check that Label Studio runs",
		labelstudio.ReasonServiceUnavailable: "Check that Label Studio runs",
		labelstudio.ReasonGatewayTimeout:     "raise the gateway's time limit",
		labelstudio.ReasonWebPage:            "`url` may be that of a log-in page",
		labelstudio.ReasonBrokenJSON:         "look at the gateway's log",
		labelstudio.ReasonUnexpected:         "Label Studio doesn't send such a response",
	} {
		t.Run(string(reason), func(t *testing.T) {
			t.Parallel()
			var diags diag.Diagnostics
			thing.AddError(&diags, "Can't", &labelstudio.Error{Method: "GET", Path: "api/things/1/", Reason: reason, Detail: "it failed"})
			if len(diags) != 1 || on(diags[0]) != "" || !strings.HasPrefix(diags[0].Detail(), "GET api/things/1/: it failed\n\n") || !strings.Contains(diags[0].Detail(), want) {
				t.Errorf("got %v, want %q", diags, want)
			}
		})
	}
}

func TestTheServersMessageIsExplainedRatherThanTheReason(t *testing.T) {
	t.Parallel()
	refused := &labelstudio.Error{Status: 401, Reason: labelstudio.ReasonTokenRefused, Detail: "the token is refused: Token is blacklisted"}
	if detail, _ := thing.ExplainError(refused); !strings.Contains(detail, "was revoked or rotated") || strings.Contains(detail, reasonAdvice[refused.Reason]) {
		t.Error(detail)
	}
}

func TestALostCreationSaysWhatToDo(t *testing.T) {
	t.Parallel()
	broke := &labelstudio.Error{Reason: labelstudio.ReasonConnectionBroke}
	for name, test := range map[string]struct {
		lost *labelstudio.LostError
		says string
	}{
		"with candidates":   {&labelstudio.LostError{Err: broke, Candidates: []int64{7}}, "import or delete the right one, and apply again"},
		"search failed":     {&labelstudio.LostError{Err: broke, SearchErr: errors.New("x")}, "Look for it on the server"},
		"made, not found":   {&labelstudio.LostError{Err: &labelstudio.Error{Status: 201}}, "Look for it on the server"},
		"not made":          {&labelstudio.LostError{Err: broke}, "It is safe to apply again"},
		"and why it failed": {&labelstudio.LostError{Err: broke}, reasonAdvice[broke.Reason]},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := thing.describeLost(test.lost); !strings.Contains(got, test.says) {
				t.Errorf("got %q, want %q", got, test.says)
			}
		})
	}
}

func TestErrorsOfTheEnterpriseEditionSayWhatIsTested(t *testing.T) {
	t.Parallel()
	const says = "tested only with the Community edition"
	for name, test := range map[string]struct {
		refused labelstudio.Error
		may     bool // be caused by the edition
	}{
		"of a field":              {labelstudio.Error{Fields: map[string][]string{"title": {"wrong"}}}, true},
		"with advice":             {labelstudio.Error{Detail: `Invalid pk "7"`}, true},
		"for a reason":            {labelstudio.Error{Reason: labelstudio.ReasonUnexpected}, true},
		"that nobody can explain": {labelstudio.Error{Detail: "no"}, true},
		"of the token":            {labelstudio.Error{Reason: labelstudio.ReasonTokenRefused, Detail: "Invalid token."}, false},
		"of a gateway":            {labelstudio.Error{Reason: labelstudio.ReasonBadGateway}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, enterprise := range []bool{false, true} {
				test.refused.Enterprise = enterprise
				var diags diag.Diagnostics
				thing.AddError(&diags, "Can't", &test.refused)
				if len(diags) != 1 || strings.Contains(diags[0].Detail(), says) != (enterprise && test.may) {
					t.Errorf("Enterprise %v: %v", enterprise, diags)
				}
			}
		})
	}
}
