package labelstudio

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// ofOrganization responds as the server of a user in the organization.
func ofOrganization(organization, settings string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/whoami") {
			say(w, http.StatusOK, `{"id":5,"active_organization":`+organization+`}`)
			return
		}
		say(w, http.StatusOK, settings)
	}
}

func TestSettingsHaveTheIDOfTheOrganization(t *testing.T) {
	t.Parallel()
	client, requests := serve(t, ofOrganization("3", `{"api_tokens_enabled":true}`))
	found, err := client.Get(t.Context(), JWTSettings, 3)
	if err != nil || found.ID() != 3 || !found.Bool("api_tokens_enabled") {
		t.Errorf("got %s, %v", found, err)
	}
	changed, err := client.Update(t.Context(), JWTSettings, 3, map[string]any{"api_tokens_enabled": true})
	if err != nil || changed.ID() != 3 {
		t.Errorf("got %s, %v", changed, err)
	}
	if _, err := client.Update(t.Context(), SessionPolicy, 3, map[string]any{}); err != nil {
		t.Error(err)
	}
	listed := 0
	for found, err := range client.List(t.Context(), SessionPolicy, nil) {
		if listed++; err != nil || found.ID() != 3 {
			t.Errorf("the list has %s, %v", found, err)
		}
	}
	if listed != 1 {
		t.Errorf("the list has %d objects", listed)
	}
	const whoami = "GET /api/current-user/whoami"
	requests.expect(t, whoami, "GET /api/jwt/settings", "POST /api/jwt/settings", "PATCH /api/session-policy/", whoami, "GET /api/session-policy/")
}

func TestSettingsOfAnotherOrganizationAreAnError(t *testing.T) {
	t.Parallel()
	for organization, want := range map[string]string{
		"3":    "the user of api_key works in organization 3, not in organization 1",
		"null": "the user of api_key works in no organization",
	} {
		client, _ := serve(t, ofOrganization(organization, `{}`))
		_, err := client.Get(t.Context(), JWTSettings, 1)
		if ReasonOf(err) != ReasonOtherOrganization || !strings.Contains(fmt.Sprint(err), want) || IsNotFound(err) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
}
