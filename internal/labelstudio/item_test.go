package labelstudio

import (
	"net/http"
	"strings"
	"testing"
)

func TestALogInPageHasDeletedNothing(t *testing.T) {
	t.Parallel()
	client, _ := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		say(w, http.StatusOK, "<html><title>Sign in</title></html>")
	})
	if err := client.Delete(t.Context(), Projects, 1); err == nil || !strings.Contains(err.Error(), `a web page "Sign in" instead of JSON`) {
		t.Error(err)
	}
}
