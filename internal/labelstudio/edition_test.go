package labelstudio

import (
	"net/http"
	"strings"
	"testing"
)

func TestTheCloudIsKnownByItsAddress(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]bool{
		"https://app.humansignal.com":             true,
		"https://APP.HumanSignal.com:443/sub":     true,
		"https://label-studio.example.com":        false,
		"https://humansignal.com.example.com":     false,
		"https://example.com/app.humansignal.com": false,
	} {
		if got := isCloud(address); got != want {
			t.Errorf("%s: got %v, want %v", address, got, want)
		}
	}
}

func TestErrorsOfTheEnterpriseEditionSaySo(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		whoami     string
		enterprise bool
	}{
		// As BaseWhoAmIUser of the API schema of Label Studio 1.23.2 describes it.
		"Community": {`{"id":1,"first_name":"","last_name":"","username":"a","email":"a@example.com","last_activity":"2026-11-26T14:00:00Z","custom_hotkeys":{},"avatar":null,"initials":"a","phone":"",` +
			`"active_organization":1,"active_organization_meta":{"title":"Label Studio","email":"a@example.com"},"allow_newsletters":false,"date_joined":"2026-11-26T14:00:00Z","permissions":[]}`, false},
		// As WhoAmIUser of label-studio-sdk 2.1.2 describes it.
		"Enterprise": {`{"id":1,"username":"a","email":"a@example.com","active_organization":1,"permissions":[],` +
			`"lse_fields":{"invite_activated":true,"onboarding_state":"signup","social_auth_finished":true},"org_membership":[{"role":"OW","active":"2026-11-26T14:00:00Z","organization_id":1}],"pause":{}}`, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client, requests := serve(t, func(w http.ResponseWriter, r *http.Request) {
				switch {
				case strings.HasSuffix(r.URL.Path, "whoami"):
					say(w, http.StatusOK, test.whoami)
				case r.Method == http.MethodPost:
					say(w, http.StatusBadRequest, `{"detail":"Validation error","validation_errors":{"workspace":["This field is required."]}}`)
				default:
					say(w, http.StatusOK, `[]`)
				}
			})
			if _, err := client.Create(t.Context(), Projects, nil, nil); IsEnterprise(err) {
				t.Error("the edition is known without a response that tells it")
			}
			if err := client.CheckAccess(t.Context()); err != nil {
				t.Fatal(err)
			}
			_, refused := client.Create(t.Context(), Projects, nil, nil)
			_, unexpected := client.Get(t.Context(), Projects, 1)
			for _, err := range []error{refused, unexpected} {
				if err == nil || IsEnterprise(err) != test.enterprise {
					t.Errorf("Enterprise: %v, want %v: %v", IsEnterprise(err), test.enterprise, err)
				}
			}
			if got := len(requests.all()); got != 4 {
				t.Errorf("got %v, want no request more than the calls need", requests.all())
			}
		})
	}
}
