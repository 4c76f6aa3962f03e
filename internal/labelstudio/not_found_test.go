package labelstudio

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// with404 has the API at /here, with object 1 missing, and pages elsewhere.
func with404(whoami http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		switch r.Method + r.URL.Path {
		case "GET/here/api/current-user/whoami":
			whoami(w, r)
		case "GET/here/api/storages/localfiles/":
			say(w, http.StatusBadRequest, `{"detail":"Validation error"}`)
		default:
			page404(w)
		}
	}
}

func TestNotFoundIsBelievedOnlyOfALabelStudio(t *testing.T) {
	t.Parallel()
	me := object(`{"id":5,"email":"a@example.com"}`)
	for _, test := range []struct {
		name   string
		prefix string
		whoami http.HandlerFunc
		gone   bool
		says   string
	}{
		{"missing object", "/here", me, true, "there is no such object on the server"},
		{"wrong prefix", "/there", me, false, "no Label Studio API at "},
		{"no prefix", "", me, false, "no Label Studio API at "},
		{"whoami without an id", "/here", object(`{"status":"UP"}`), false, "no Label Studio API at "},
		{"whoami as a page", "/here", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			write(w, "<title>Log in</title>")
		}, false, `"Log in"`},
		{"whoami refused", "/here", func(w http.ResponseWriter, _ *http.Request) {
			say(w, http.StatusUnauthorized, `{"detail":"Invalid token."}`)
		}, false, "Invalid token."},
		{"whoami without a response", "/here", lostConnection, false, "it is not known whether"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			client, requests := serve(t, with404(test.whoami), func(config *Config) { config.URL += test.prefix; config.Retries = 0 })
			_, err := client.Get(t.Context(), ImportStorages("localfiles"), 1)
			if err == nil || IsNotFound(err) != test.gone || !strings.Contains(err.Error(), test.says) {
				t.Errorf("IsNotFound %v, want %v: %v", IsNotFound(err), test.gone, err)
			}
			if strings.Contains(fmt.Sprint(err), "secret-of-the-page") {
				t.Errorf("the page is in the error: %v", err)
			}
			want := []string{"GET " + test.prefix + "/api/storages/localfiles/1", "GET " + test.prefix + "/api/current-user/whoami"}
			if test.gone {
				want = append(want, "GET "+test.prefix+"/api/storages/localfiles/")
			}
			requests.expect(t, want...)

			_, err = client.Create(t.Context(), Projects, map[string]any{}, nil)
			if err == nil || IsResponseLost(err) || !test.gone && IsNotFound(err) {
				t.Errorf("POST: %v", err)
			}
			if err := client.Delete(t.Context(), ImportStorages("localfiles"), 1); (err == nil) != test.gone {
				t.Errorf("DELETE: %v", err)
			}
		})
	}
}

func TestAnObjectIsNotGoneWhenItsCollectionIs(t *testing.T) {
	t.Parallel()
	client, _ := serve(t, with404(object(`{"id":5}`)), func(config *Config) { config.URL += "/here" })
	switchedOff := ImportStorages("other")
	_, get := client.Get(t.Context(), switchedOff, 1)
	_, update := client.Update(t.Context(), switchedOff, 1, nil)
	_, sync := client.Sync(t.Context(), switchedOff, 1)
	_, create := client.Create(t.Context(), switchedOff, nil, nil)
	_, list := ids(t, client, switchedOff, nil)
	for _, err := range []error{get, update, sync, create, list, client.Delete(t.Context(), switchedOff, 1)} {
		if ReasonOf(err) != ReasonNotOffered || IsNotFound(err) || !strings.Contains(err.Error(), "does not offer api/storages/other/ at all") {
			t.Errorf("%v", err)
		}
	}
}

func TestNotFoundKeepsTheServersWords(t *testing.T) {
	t.Parallel()
	client, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "whoami") {
			say(w, http.StatusOK, `{"id":5}`)
			return
		}
		say(w, http.StatusNotFound, `{"status_code":404,"version":"1.23.2","detail":"No Project matches the given query."}`)
	})
	_, err := client.Get(t.Context(), Projects, 1)
	if !IsNotFound(err) || err.Error() != "GET api/projects/1/: 404 Not Found: No Project matches the given query." {
		t.Error(err)
	}
}
