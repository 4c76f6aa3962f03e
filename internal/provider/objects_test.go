package provider_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest"
)

// What the tests share that run over all attributes of a resource, or look past
// the provider at its objects.

const projectAddress = "labelstudio_project.test"

// collections are where the server keeps the objects of a resource. An object is
// below, and ends with the same slash or without.
var collections = func() map[string]struct{ list, item string } {
	of := map[string]struct{ list, item string }{"labelstudio_project": {"/api/projects/", "/api/projects/%d/"}}
	for kind, service := range map[string]string{"local": "localfiles", "s3": "s3", "gcs": "gcs", "azure": "azure", "redis": "redis"} {
		imports, exports := "/api/storages/"+service, "/api/storages/export/"+service
		of["labelstudio_"+kind+"_storage"] = struct{ list, item string }{imports + "/", imports + "/%d"}
		of["labelstudio_"+kind+"_export_storage"] = struct{ list, item string }{exports, exports + "/%d"}
	}
	return of
}()

// eachAttribute is a configuration with an object for each settable attribute of
// a resource, named after the attribute. The object has the value of the
// attribute, if that is not "", and of others what it needs.
func (s *stack) eachAttribute(typeName string, attributes []*tfprotov6.SchemaAttribute, of samples, value func(*tfprotov6.SchemaAttribute) string) string {
	s.t.Helper()
	var objects strings.Builder
	for _, about := range attributes {
		if of[about.Name].one == "" || of[about.Name].other == "" {
			s.t.Fatalf("%s.%s has no sample", typeName, about.Name)
		}
		objects.WriteString(of.block(typeName, about.Name, about, attributes, value))
	}
	return s.config(objects.String())
}

// attributesOf are the attributes of a resource that a configuration may set, for
// the Terraform at hand.
func attributesOf(t *testing.T, typeName string) []*tfprotov6.SchemaAttribute {
	t.Helper()
	attributes := settable(schemas(t).ResourceSchemas[typeName].Block.Attributes)
	have, err := terraformVersion()
	if err != nil {
		t.Fatal(err)
	}
	if have.LessThan(tfversion.Version1_11_0) { // it knows no write-only attributes
		attributes = slices.DeleteFunc(attributes, func(a *tfprotov6.SchemaAttribute) bool { return secretOf(a) != "" })
	}
	return attributes
}

// fields is what the server says of an object.
func (s *stack) fields(typeName string, id int64) map[string]any {
	s.t.Helper()
	var fields map[string]any
	s.call(http.MethodGet, fmt.Sprintf(collections[typeName].item, id), nil, &fields)
	return fields
}

// idOf is the id of an object in the state.
func idOf(state *terraform.State, address string) (int64, error) {
	object, ok := state.RootModule().Resources[address]
	if !ok {
		return 0, fmt.Errorf("%s is not in the state", address)
	}
	return strconv.ParseInt(object.Primary.ID, 10, 64)
}

// exists tells whether the server has the object.
func (s *stack) exists(typeName string, id int64) bool {
	s.t.Helper()
	status, err := s.Do(context.Background(), http.MethodGet, fmt.Sprintf(collections[typeName].item, id), nil, nil)
	if err != nil && status != http.StatusNotFound {
		s.t.Fatal(err)
	}
	return err == nil
}

// remove deletes an object past the provider.
func (s *stack) remove(typeName string, id int64) {
	s.t.Helper()
	s.call(http.MethodDelete, fmt.Sprintf(collections[typeName].item, id), nil, nil)
}

// id is the id of an object in the state.
func (tf *cli) id(address string) int64 {
	tf.t.Helper()
	id := tf.ids()[address]
	if id == 0 {
		tf.t.Fatalf("%s is not in the state", address)
	}
	return id
}

// ids are the ids of the objects in the state, by their addresses.
func (tf *cli) ids() map[string]int64 {
	tf.t.Helper()
	var state struct {
		Resources []struct {
			Mode, Type, Name string
			Instances        []struct {
				IndexKey   json.RawMessage `json:"index_key"`
				Attributes struct{ ID json.RawMessage }
			}
		}
	}
	text := tf.state()
	if err := json.Unmarshal([]byte(text), &state); err != nil && text != "" {
		tf.t.Fatal(err)
	}
	ids := map[string]int64{}
	for _, r := range state.Resources {
		for _, instance := range r.Instances {
			address := r.Type + "." + r.Name
			if instance.IndexKey != nil {
				address += "[" + string(instance.IndexKey) + "]"
			}
			// The ids of other providers' objects are no numbers.
			if id, err := strconv.ParseInt(string(instance.Attributes.ID), 10, 64); err == nil && r.Mode == "managed" {
				ids[address] = id
			}
		}
	}
	return ids
}

// state is the state as text, to see that it has not changed.
func (tf *cli) state() string {
	tf.t.Helper()
	return tf.run("state", "pull").output
}

// sent collects the bodies of the requests with the method from now on.
func (s *stack) sent(method string) *[]map[string]any {
	s.t.Helper()
	bodies := &[]map[string]any{}
	var mutex sync.Mutex
	s.proxy.Inject(labelstudiotest.Fault{Method: method, Do: func(w http.ResponseWriter, r *http.Request, forward http.Handler) {
		text, err := io.ReadAll(r.Body)
		if err != nil {
			s.t.Error(err)
		}
		r.Body = io.NopCloser(strings.NewReader(string(text)))
		var body map[string]any
		if err := json.Unmarshal(text, &body); err != nil {
			s.t.Errorf("%s %s: %v in %q", r.Method, r.URL, err, text)
		}
		mutex.Lock()
		*bodies = append(*bodies, body)
		mutex.Unlock()
		forward.ServeHTTP(w, r)
	}})
	return bodies
}

// expectSent compares the bodies that were sent, in any order.
func (s *stack) expectSent(got *[]map[string]any, want ...map[string]any) {
	s.t.Helper()
	texts := func(bodies []map[string]any) []string {
		var texts []string
		for _, body := range bodies {
			texts = append(texts, fmt.Sprint(body)) // in the order of the keys
		}
		slices.Sort(texts)
		return texts
	}
	if !slices.Equal(texts(*got), texts(want)) {
		s.t.Errorf("sent\n  %s\nwant\n  %s", strings.Join(texts(*got), "\n  "), strings.Join(texts(want), "\n  "))
	}
}
