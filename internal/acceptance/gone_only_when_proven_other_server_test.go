package acceptance_test

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/acctest"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/proxy"
)

// Another server under the same address: no object leaves the state, and none is
// changed. More of it is in gone_only_when_proven_test.go.

// databaseDown is what Label Studio answers to each request, even to /health, while
// it can't read its database: PostgreSQL is stopped, or the file of SQLite broken.
//
//go:embed testdata/database-down.html
var databaseDown string

// threatened are objects in a state and on a server, some of which the next
// configuration changes, and the others it destroys.
type threatened struct {
	*acctest.Server

	tf     *acctest.Terraform
	next   string
	state  map[string]any
	fields map[string]map[string]any
}

// threaten makes the objects, one of each sort to change and one to destroy. The views are
// in a project that is there already.
func threaten(s *acctest.Server, viewed int64) *threatened {
	s.T.Helper()
	of := &threatened{Server: s, tf: s.Terraform(), fields: map[string]map[string]any{}}
	local, number, hooked, modelled, model := s.PlaceFor("local"), fmt.Sprint(s.NewProject()), s.NewProject(), s.NewProject(), s.NewMLBackend().URL
	objects := func(title string) []string {
		return []string{
			strings.Replace(acctest.Project(), "acceptance test", title, 1) + local.Block("labelstudio_local_storage", number, "title = "+acctest.Quoted(title)),
			local.Block("labelstudio_local_export_storage", number, "title = "+acctest.Quoted(title)) +
				acctest.ViewIn(viewed, "test", title) + strings.Replace(acctest.WebhookIn(hooked, "test", receiver), receiver, receiver+"/"+title, 1),
			acctest.MLBackendIn(modelled, "test", model, "title = "+acctest.Quoted(title)),
		}
	}
	made := ""
	for _, more := range append(objects("kept"), objects("doomed")...) {
		// One after another, so that each server counts them the same way.
		if strings.Contains(more, `"doomed"`) {
			more = strings.ReplaceAll(more, `"test" {`, `"doomed" {`)
		}
		made += more
		of.tf.Apply(s.Config(made)).Succeeds()
	}
	of.next = s.ConfigWith("retries = 0", strings.Join(objects("changed"), ""))
	of.state = attributes(of.tf)
	for address := range of.state {
		of.fields[address] = of.onServer(address)
	}
	return of
}

// attributes are those of all objects in the state on the disk.
func attributes(tf *acctest.Terraform) map[string]any {
	tf.T.Helper()
	content, err := os.ReadFile(filepath.Join(tf.Folder, "terraform.tfstate"))
	if err != nil {
		tf.T.Fatal(err)
	}
	var state struct {
		Resources []struct {
			Type, Name string
			Instances  []struct {
				Status     string // whether it is tainted
				Attributes map[string]any
			}
		}
	}
	if err := json.Unmarshal(content, &state); err != nil {
		tf.T.Fatal(err)
	}
	attributes := map[string]any{}
	for _, r := range state.Resources {
		for _, instance := range r.Instances {
			attributes[r.Type+"."+r.Name] = instance
		}
	}
	return attributes
}

// onServer is what the server says of an object.
func (of *threatened) onServer(address string) map[string]any {
	of.T.Helper()
	typeName, _, _ := strings.Cut(address, ".")
	fields := of.Fields(typeName, of.tf.ID(address))
	if typeName == mlBackendType {
		delete(fields, "updated_at") // each read changes it
	}
	return fields
}

// expectUnharmed lets the commands meet another server that would change and destroy
// the objects. Each error says all the texts.
func (of *threatened) expectUnharmed(t *testing.T, other proxy.Action, texts ...string) {
	t.Helper()
	of.tf.Write("main.tf", of.next)
	// A saved plan holds no LABEL_STUDIO_URL: it may be applied where that is another one.
	of.tf.Run("plan", "-json", "-input=false", "-out=saved").Succeeds()
	defer of.Proxy.Inject(proxy.Fault{Do: other})()
	for _, command := range [][]string{
		{"apply", "-json", "saved"},
		{"apply", "-json", "-auto-approve", "-input=false"},
		{"destroy", "-json", "-auto-approve", "-input=false"},
	} {
		failed := of.tf.Run(command...)
		problems := failed.Errors()
		if len(problems) != len(of.state) {
			t.Errorf("%s: got %d errors, want one of each of the %d objects:\n%s", command, len(problems), len(of.state), failed.Texts())
		}
		for _, problem := range problems {
			for _, text := range texts {
				if said := problem.Summary + "\n" + problem.Detail; !strings.Contains(said, text) {
					t.Errorf("%s: the error lacks %q:\n%s", command, text, said)
				}
			}
		}
		if after := attributes(of.tf); !reflect.DeepEqual(after, of.state) {
			t.Fatalf("%s: the state was\n%v\nand is\n%v", command, of.state, after)
		}
	}
}

// expectUntouched compares the objects on the server with what they were.
func (of *threatened) expectUntouched(t *testing.T) {
	t.Helper()
	for address, before := range of.fields {
		if after := of.onServer(address); !reflect.DeepEqual(after, before) {
			t.Errorf("%s was\n%v\non the server and is\n%v", address, before, after)
		}
	}
}

func TestAccGoneOnlyWhenProvenNoOtherServerUnderTheAddressHarmsTheObjects(t *testing.T) {
	t.Parallel()
	answer := func(status int, body string) proxy.Action {
		kind := "application/json"
		if strings.HasPrefix(body, "<") {
			kind = "text/html; charset=utf-8"
		}
		return proxy.Respond(status, body, "Content-Type", kind)
	}
	const nowhere = "no Label Studio API at"
	s := acctest.Start(t)
	of := threaten(s, s.NewProject())
	for name, other := range map[string]struct {
		do   proxy.Action
		says []string
	}{
		"log-in page":                  {answer(http.StatusOK, "<html><title>Sign in</title></html>"), []string{`a web page "Sign in" instead of JSON`, "`url` may be that of a log-in page"}},
		"log-in page of another host":  {proxy.Redirect(http.StatusFound, "https://login.example.com/start?next=x"), []string{"redirects to https://login.example.com/start"}},
		"single page app":              {answer(http.StatusOK, "<!doctype html><html><head><title>Shop</title></head><body><div id=root></div></body></html>"), []string{`a web page "Shop" instead of JSON`}},
		"gateway without a server":     {answer(http.StatusBadGateway, "<html><head><title>502 Bad Gateway</title></head></html>"), []string{"502 Bad Gateway", "perhaps from a gateway in front of Label Studio"}},
		"gateway under maintenance":    {answer(http.StatusServiceUnavailable, "<html><head><title>Maintenance</title></head></html>"), []string{"503", `"Maintenance"`, "perhaps from a gateway"}},
		"gateway that forbids":         {answer(http.StatusForbidden, "<html><head><title>403 Forbidden</title></head></html>"), []string{"403", "perhaps from a gateway"}},
		"database that is down":        {answer(http.StatusInternalServerError, databaseDown), []string{`"500 | Label Studio"`, "Check that the database runs"}},
		"nothing":                      {answer(http.StatusOK, ""), []string{"the response is empty, not the JSON that is expected", "Label Studio doesn't send such a response"}},
		"no content":                   {answer(http.StatusNoContent, ""), []string{"the response is empty, not the JSON that is expected", "Label Studio doesn't send such a response"}},
		"API gateway without a route":  {answer(http.StatusNotFound, `{"message":"no Route matched with those values"}`), []string{nowhere, "Check `url` and its path prefix"}},
		"Django without Label Studio":  {answer(http.StatusNotFound, `{"detail":"Not found."}`), []string{nowhere, "Check `url` and its path prefix"}},
		"API that answers everything":  {answer(http.StatusOK, `{"status":"ok"}`), []string{"another object than the one asked for", "Label Studio doesn't send such a response"}},
		"API that lists nothing":       {answer(http.StatusOK, `[]`), []string{"the response is not the JSON that is expected", "Label Studio doesn't send such a response"}},
		"API that says null":           {answer(http.StatusOK, `null`), []string{"the response is null", "Label Studio doesn't send such a response"}},
		"API gateway that wants a key": {answer(http.StatusUnauthorized, `{"message":"No API key found in request"}`), []string{"No API key found in request", "the token is refused", "Check that the token in `api_key` belongs to this server"}},
	} {
		t.Run(name, func(t *testing.T) {
			of.expectUnharmed(t, other.do, other.says...)
		})
	}
	of.expectUntouched(t)
}

// Both servers know the token, and count the same ids.
func TestAccGoneOnlyWhenProvenAnotherDatabaseWithTheSameIDsIsNotTouched(t *testing.T) {
	t.Parallel()
	s, other := acctest.StartOwn(t), acctest.StartOwn(t)
	// A view is known by its project alone, which has to be another one.
	first, _ := s.NewProject(), s.NewProject()
	_, second := other.NewProject(), other.NewProject()
	of, theirs := threaten(s, first), threaten(other, second)
	for address := range of.state {
		if mine := of.tf.ID(address); mine != theirs.tf.ID(address) {
			t.Fatalf("%s has the id %d here and %d there, so this test shows nothing", address, mine, theirs.tf.ID(address))
		}
	}
	of.expectUnharmed(t, func(w http.ResponseWriter, r *http.Request, _ http.Handler) { other.Proxy.ServeHTTP(w, r) },
		"has this id", "Check url", "terraform state rm")
	of.expectUntouched(t)
	theirs.expectUntouched(t)
}
