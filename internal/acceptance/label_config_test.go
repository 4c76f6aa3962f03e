package acceptance_test

import (
	"fmt"
	"maps"
	"net/http"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/acctest"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelconfig"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/proxy"
)

// peculiar are labeling configurations with what the server's templates don't have.
var peculiar = map[string]string{
	"Repeater": `<View><Repeater on="$pages" indexFlag="{{idx}}">
		<Image name="page_{{idx}}" value="$pages[{{idx}}].url"/>
		<Choices name="kind_{{idx}}" toName="page_{{idx}}"><Choice value="cover"/></Choices>
	</Repeater></View>`,
	"alias, entities and several objects": `<View><Text name="a" value="$a"/><Text name="b" value="$b"/>
		<Labels name="l" toName="a,b"><Label value="Person" alias="PER"/><Label value="R&amp;D &lt;&#233;&gt;"/></Labels></View>`,
	"dynamic labels and nested ones": `<View><HyperText name="h" valueList="$pages"/><Choices name="c" toName="h" value="$options"/>
		<Taxonomy name="t" toName="h"><Choice value="animal"><Choice value="cat"/></Choice></Taxonomy><Filter name="f" toName="c"/></View>`,
	"namespaces": `<View xmlns:x="urn:x"><Text name="t" x:value="$no" value="$yes"/><Choices name="c" toName="t"><x:Choice value="no"/><Choice value="yes"/></Choices></View>`,
}

// serverControl is a control of a project's label config, as the server reads it.
type serverControl struct {
	Type          string
	ToName        []string `json:"to_name"`
	Labels        []string
	DynamicLabels bool `json:"dynamic_labels"`
	Inputs        []struct{ Type, Value, ValueList string }
}

func TestAccLabelConfigsAreReadAsTheServerReadsThem(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	project := s.NewProject()
	var known struct {
		Templates []struct{ Title, Config string }
	}
	s.Call(http.MethodGet, "/api/templates/", nil, &known)
	configs := maps.Clone(peculiar)
	for _, template := range known.Templates {
		configs[template.Title] = template.Config
	}
	if len(configs) < 60 {
		t.Fatalf("got %d labeling configurations, which are too few to show something", len(configs))
	}
	for name, text := range configs {
		t.Run(name, func(t *testing.T) {
			s := s.In(t)
			config, err := labelconfig.Parse(text)
			if err != nil {
				t.Fatal(err)
			}
			compareControls(s, project, text, config)
			compareDataKeys(s, project, text, config)
		})
	}
}

// compareControls compares the controls, and the objects that they refer to.
func compareControls(s *acctest.Server, project int64, text string, config labelconfig.Config) {
	s.T.Helper()
	var stored struct {
		Parsed map[string]serverControl `json:"parsed_label_config"`
	}
	s.Call(http.MethodPatch, fmt.Sprintf("/api/projects/%d/", project), map[string]any{"label_config": text}, &stored)
	got := map[string]serverControl{}
	for _, control := range config.Controls {
		read := serverControl{Type: control.Type, ToName: control.ToName, Labels: control.Labels, DynamicLabels: control.DynamicLabels}
		for _, object := range config.Objects {
			if slices.Contains(control.ToName, object.Name) {
				input := struct{ Type, Value, ValueList string }{Type: object.Type, Value: strings.TrimLeft(object.Value, "$")}
				if strings.Contains(text, "valueList=\""+object.Value) {
					input.Value, input.ValueList = "", input.Value
				}
				read.Inputs = append(read.Inputs, input)
			}
		}
		got[control.Name] = read
	}
	for name, control := range stored.Parsed { // JSON has [] for nothing
		if len(control.Labels) == 0 {
			control.Labels = nil
		}
		if len(control.Inputs) == 0 {
			control.Inputs = nil
		}
		stored.Parsed[name] = control
	}
	if !reflect.DeepEqual(got, stored.Parsed) {
		s.T.Errorf("got the controls\n%+v\nwant\n%+v\nin\n%s", got, stored.Parsed, text)
	}
}

var comment = regexp.MustCompile(`(?s)<!--.*?-->`)

// compareDataKeys compares the data keys with those of the sample that the server makes
// of a task. A comment may hold a sample of its own.
func compareDataKeys(s *acctest.Server, project int64, text string, config labelconfig.Config) {
	s.T.Helper()
	var sample struct {
		Task map[string]any `json:"sample_task"`
	}
	s.Call(http.MethodPost, fmt.Sprintf("/api/projects/%d/sample-task/", project), map[string]any{"label_config": comment.ReplaceAllString(text, "")}, &sample)
	if got, want := slices.Sorted(slices.Values(config.DataKeys)), slices.Sorted(maps.Keys(sample.Task)); !slices.Equal(got, want) {
		s.T.Errorf("got the data keys %q, want %q in\n%s", got, want, text)
	}
}

// The server refuses such tasks if they are uploaded.
func TestAccLabelConfigsThatShowWhatTasksLackAreAWarningAfterTheSync(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	project, folder := s.NewProject(), s.Folder(t, 0)
	s.Change(projectType, project, map[string]any{"label_config": `<View><Image name="image" value="$image"/></View>`})
	config := acctest.Values{"project": project, "path": folder}
	storage := checked(s, storageType)
	summary := fmt.Sprintf("Tasks of project %d lack what its label_config shows", project)
	syncs := func(trigger string) acctest.Result { return storage.Apply(withTrigger(config, trigger)) }

	acctest.AddFile(t, folder, "good.json", `{"data": {"image": "a.jpg"}}`)
	syncs("1").Succeeds()
	acctest.AddFile(t, folder, "bad.json", `{"data": {"url": "b.jpg"}}`)
	syncs("2").Warns("project", summary, `not all tasks have: "image" (tasks: about 1)`, `The tasks have "image" (tasks: about 1), "url" (tasks: about 1).`)
	s.Proxy.Reset()
	syncs("3").Succeeds() // it imports nothing
	if got := s.Proxy.Count("GET", "/api/projects/"); got > 0 {
		t.Errorf("got %d requests about the project after a sync that imported nothing, want none", got)
	}

	acctest.AddFile(t, folder, "other.json", `{"data": {"url": "c.jpg"}}`)
	_, acted := s.Provider(acctest.Values{}).Invoke(syncAction, acctest.Values{"id": storage.ID()})
	acted.Warns("", summary, `"image" (tasks: about 1)`)

	acctest.AddFile(t, folder, "unreachable.json", `{"data": {"url": "d.jpg"}}`)
	storage.Settings["retries"] = 0
	s.Proxy.Inject(proxy.Fault{Path: "/summary/$", Do: proxy.ResetBefore()})
	syncs("4").Succeeds()
	s.Proxy.Reset()

	acctest.AddFile(t, folder, "unchecked.json", `{"data": {"url": "e.jpg"}}`)
	storage.Settings["plan_checks"] = false
	syncs("5").Succeeds()
	if got := s.Proxy.Count("GET", "/api/projects/"); got > 0 {
		t.Errorf("got %d requests about the project without plan_checks, want none", got)
	}
}
