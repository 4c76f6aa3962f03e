package acceptance_test

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/acctest"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/proxy"
)

// A comparison is a filter.
type comparison struct {
	column, typeName, operator string
	value                      string // JSON
}

// filtered are filters that all tasks have to meet.
func filtered(comparisons ...comparison) map[string]any {
	items := make([]any, len(comparisons))
	for i, of := range comparisons {
		items[i] = map[string]any{"column": of.column, "operator": of.operator, "type": of.typeName, "value": of.value}
	}
	return map[string]any{"conjunction": "and", "items": items}
}

// shownIn are the names of the tasks that a tab shows, in its order.
func shownIn(s *acctest.Server, project, view int64) []string {
	s.T.Helper()
	var list struct {
		Tasks []struct{ Data struct{ Name string } }
	}
	s.Call(http.MethodGet, fmt.Sprintf("/api/tasks/?project=%d&view=%d", project, view), nil, &list)
	names := []string{}
	for _, task := range list.Tasks {
		names = append(names, task.Data.Name)
	}
	return names
}

// labeled is a project with three tasks: one that has an annotation, one that has a
// prediction, and one that has a draft. It returns the id of the annotator, too.
func labeled(s *acctest.Server) (project, annotator int64) {
	s.T.Helper()
	project = s.NewProject()
	s.Change(projectType, project, map[string]any{"label_config": acctest.AnnotatedConfig})
	s.Call(http.MethodPost, fmt.Sprintf("/api/projects/%d/import", project), []map[string]any{
		{"name": "one", "text": "a cat", "n": 1}, {"name": "two", "text": "a dog", "n": 10}, {"name": "three", "text": "", "n": 2},
	}, nil)
	var list struct{ Tasks []struct{ ID int64 } }
	s.Call(http.MethodGet, fmt.Sprintf("/api/tasks/?project=%d", project), nil, &list)
	if len(list.Tasks) != 3 {
		s.T.Fatalf("the project has the tasks %v, want three", list.Tasks)
	}
	result := []map[string]any{{"from_name": "quality", "to_name": "text", "type": "choices", "value": map[string]any{"choices": []string{"good"}}}}
	s.Call(http.MethodPost, fmt.Sprintf("/api/tasks/%d/annotations/", list.Tasks[0].ID), map[string]any{"result": result, "lead_time": 12.5}, nil)
	s.Call(http.MethodPost, "/api/predictions/", map[string]any{"task": list.Tasks[1].ID, "result": result, "score": 0.5, "model_version": "v1"}, nil)
	s.Change(projectType, project, map[string]any{"model_version": "v1"}) // whose scores count
	s.Call(http.MethodPost, fmt.Sprintf("/api/tasks/%d/drafts", list.Tasks[2].ID), map[string]any{"result": result, "lead_time": 1}, nil)
	var me struct{ ID int64 }
	s.Call(http.MethodGet, "/api/current-user/whoami", nil, &me)
	return project, me.ID
}

func TestAccViewShowsTheTasksThatItsFilterAsksFor(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	project, annotator := labeled(s)
	view := checked(s, viewType)
	const text, unknown, number = "tasks:data.text", "tasks:data.name", "tasks:data.n"
	const past, future = `"2001-01-01T00:00:00.000Z"`, `"2101-01-01T00:00:00.000Z"`
	between := func(least, most string) string { return fmt.Sprintf(`{"min": %s, "max": %s}`, least, most) }
	me := fmt.Sprint(annotator)
	leadTime := "Time"
	if s.OlderThan("1.23.0") {
		leadTime = "Number"
	}
	for _, test := range []struct {
		comparison

		want string
	}{
		{comparison{text, "String", "contains", `"cat"`}, "one"},
		{comparison{text, "String", "not_contains", `"cat"`}, "two three"},
		{comparison{text, "String", "regex", `"^a (cat|dog)$"`}, "one two"},
		{comparison{text, "String", "equal", `"a dog"`}, "two"},
		{comparison{text, "String", "not_equal", `"a dog"`}, "one three"},
		{comparison{text, "String", "empty", `true`}, "three"},
		{comparison{text, "String", "empty", `false`}, "one two"},
		{comparison{unknown, "Unknown", "contains", `"t"`}, "two three"},
		{comparison{unknown, "Unknown", "equal", `"one"`}, "one"},
		{comparison{number, "Number", "equal", `10`}, "two"},
		{comparison{number, "Number", "not_equal", `10`}, "one three"},
		{comparison{number, "Number", "less", `2`}, "one"},
		{comparison{number, "Number", "less_or_equal", `2`}, "one three"},
		{comparison{number, "Number", "greater", `2`}, "two"},
		{comparison{number, "Number", "greater_or_equal", `2`}, "two three"},
		{comparison{number, "Number", "in", between("2", "10.5")}, "two three"},
		{comparison{number, "Number", "not_in", between("2", "10.5")}, "one"},
		{comparison{"tasks:inner_id", "Number", "less", `3`}, "one two"},
		{comparison{"tasks:total_annotations", "Number", "equal", `0`}, "two three"},
		{comparison{"tasks:total_annotations", "Number", "empty", `true`}, "two three"},
		{comparison{"tasks:predictions_score", "Number", "greater", `0.25`}, "two"},
		{comparison{"tasks:avg_lead_time", leadTime, "greater", `10`}, "one"},
		{comparison{"tasks:avg_lead_time", leadTime, "in", between("10", "20")}, "one"},
		{comparison{"tasks:completed_at", "Datetime", "less", future}, "one"},
		{comparison{"tasks:completed_at", "Datetime", "greater", past}, "one"},
		{comparison{"tasks:created_at", "Datetime", "in", between(past, future)}, "one two three"},
		{comparison{"tasks:created_at", "Datetime", "not_in", between(past, future)}, ""},
		{comparison{"tasks:completed_at", "Datetime", "empty", `true`}, "two three"},
		{comparison{"tasks:draft_exists", "Boolean", "equal", `true`}, "three"},
		{comparison{"tasks:draft_exists", "Boolean", "equal", `false`}, "one two"},
		{comparison{"tasks:annotators", "List", "contains", me}, "one"},
		{comparison{"tasks:annotators", "List", "not_contains", me}, "two three"},
		{comparison{"tasks:annotators", "List", "empty", `true`}, "two three"},
		{comparison{"tasks:predictions_model_versions", "List", "contains", `["v1", "v2"]`}, "two"},
		{comparison{"tasks:predictions_model_versions", "List", "not_contains", `["v1"]`}, "one three"},
	} {
		config := acctest.Values{"project": project, "title": "filtered", "filters": filtered(test.comparison)}
		if test.column == number {
			config["columns_display_type"] = map[string]any{number: "Number"}
		}
		view.Apply(config).Succeeds()
		if got := strings.Join(shownIn(s, project, view.ID()), " "); got != test.want {
			t.Errorf("%v shows %q, want %q", test.comparison, got, test.want)
		}
	}

	either := filtered(comparison{text, "String", "equal", `"a cat"`}, comparison{number, "Number", "equal", `2`})
	config := acctest.Values{"project": project, "title": "filtered", "filters": either, "columns_display_type": map[string]any{number: "Number"}}
	view.Apply(config).Succeeds()
	if got := shownIn(s, project, view.ID()); len(got) != 0 {
		t.Errorf("both of two filters show %v, want nothing", got)
	}
	either["conjunction"], config["ordering"] = "or", []string{"-" + number}
	view.Apply(config).Succeeds()
	if got, want := shownIn(s, project, view.ID()), []string{"three", "one"}; !slices.Equal(got, want) {
		t.Errorf("one of two filters shows %v, want %v", got, want)
	}
	view.ExpectEmptyPlan(config)
}

func TestAccViewPlansRefuseWhatTheServerAcceptsAndCanNotShow(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	of := s.NewProject()
	one := func(column, typeName, operator, value string) map[string]any {
		return filtered(comparison{column, typeName, operator, value})
	}
	const date = "tasks:created_at"
	for name, test := range map[string]struct {
		attribute string
		value     any
		says      string
	}{
		"a blank title":                     {"title", " ", "a character that is not a blank"},
		"another type":                      {"type", "table", "list, grid"},
		"another conjunction":               {"filters", map[string]any{"conjunction": "xor", "items": []any{}}, "conjunction has to be one of and, or"},
		"an operator that the UI lacks":     {"filters", one("tasks:id", "Number", "in_list", `1`), "in items[0], operator has to be one of equal, not_equal, less"},
		"an operator of another type":       {"filters", one("tasks:id", "Number", "contains", `1`), "operator has to be one of equal"},
		"another column type":               {"filters", one("tasks:id", "Integer", "equal", `1`), "type has to be one of String, Unknown"},
		"a text for a number":               {"filters", one("tasks:id", "Number", "equal", `"1"`), "value has to be the JSON of a number"},
		"a number for a text":               {"filters", one("tasks:data.t", "String", "equal", `1`), "value has to be the JSON of a text"},
		"an empty text":                     {"filters", one("tasks:data.t", "String", "equal", `""`), "a text that is not empty"},
		"a number for a range":              {"filters", one("tasks:id", "Number", "in", `1`), "for in and not_in { min = 1, max = 3 }"},
		"half a range":                      {"filters", one("tasks:id", "Number", "in", `{"min":1}`), "for in and not_in { min = 1, max = 3 }"},
		"a date alone":                      {"filters", one(date, "Datetime", "less", `"2021-01-01"`), "a time such as 2021-01-01T00:00:00.000Z"},
		"a time without its milliseconds":   {"filters", one(date, "Datetime", "less", `"2021-01-01T00:00:00Z"`), "with milliseconds"},
		"a range of times without them":     {"filters", one(date, "Datetime", "in", `{"min":"2021-01-01T00:00:00Z","max":"2021-01-01T00:00:00Z"}`), "with milliseconds"},
		"a text for a flag":                 {"filters", one("tasks:draft_exists", "Boolean", "equal", `"yes"`), "true or false"},
		"a text for empty":                  {"filters", one("tasks:id", "Number", "empty", `"yes"`), "true or false"},
		"a name for a user":                 {"filters", one("tasks:annotators", "List", "contains", `"me"`), "the id of a user"},
		"a text for versions":               {"filters", one("tasks:predictions_model_versions", "List", "contains", `"v1"`), "a list of versions"},
		"an order of no column":             {"ordering", []string{"id"}, "begins with tasks:"},
		"an order of several columns":       {"ordering", []string{"tasks:id", "tasks:inner_id"}, "a single column"},
		"hidden columns that are none":      {"hidden_columns", map[string]any{"explore": []string{"id"}}, "begins with tasks:"},
		"widths of what is no column":       {"columns_width", map[string]any{"id": 1}, "begins with tasks:"},
		"no width":                          {"columns_width", map[string]any{"tasks:id": 0}, "a number of pixels above 0"},
		"null as a width":                   {"columns_width", map[string]any{"tasks:id": nil}, "a number of pixels above 0"},
		"a display type that nothing has":   {"columns_display_type", map[string]any{"tasks:data.t": "Float"}, "each type has to be one of String"},
		"more tiles than the UI has places": {"grid_width", 11, "from 1 to 10"},
	} {
		t.Run(name, func(t *testing.T) {
			config := acctest.Values{"project": of, "title": "refused", test.attribute: test.value}
			acctest.ObjectOf(t, viewType).Create(s.In(t), config) // which fails if the server refuses it, too
			s.In(t).Instance(viewType).Plan(config).Fails(test.attribute, "Invalid value", test.says)
		})
	}
	if asked := s.Proxy.Requests(); len(asked) > 0 {
		t.Errorf("the plans asked for %v", asked)
	}
	s.Instance(viewType).Plan(acctest.Values{"project": of, "title": "x", "filters": one("filter:tasks:id", "Number", "equal", `1`)}).
		Fails("filters", "Invalid value", "in items[0], column has to be the id of a column, which begins with tasks:")
	s.Instance(viewType).Plan(acctest.Values{"project": of, "title": "x", "ordering": []string{}}).Fails("ordering", "Invalid Attribute Value", "at least 1 elements")
	s.Instance(viewType).Plan(acctest.Values{"project": of}).Fails("title", "Missing value")
}

// uiData is what the user interface writes into a tab when somebody changes anything.
func uiData() map[string]any {
	return map[string]any{
		"title": "mine", "type": "grid", "target": "tasks", "ordering": []string{"tasks:completed_at"},
		"filters":       map[string]any{"conjunction": "or", "items": []any{map[string]any{"filter": "filter:tasks:id", "operator": "equal", "type": "Number", "value": 1}}},
		"hiddenColumns": map[string]any{"explore": []string{"tasks:id"}, "labeling": []string{}}, "columnsWidth": map[string]any{"tasks:id": 123},
		"columnsDisplayType": map[string]any{"tasks:data.n": "Number"}, "gridWidth": 7, "gridFitImagesToWidth": true,
		"semantic_search": []any{}, "agreement_selected": map[string]any{"ground_truth": false},
	}
}

func TestAccViewLeavesToOthersWhatIsNotSet(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	view, config := s.Instance(viewType), acctest.Values{"project": s.NewProject(), "title": "mine"}
	view.Apply(config).Succeeds()
	s.Change(viewType, view.ID(), map[string]any{"data": uiData()})
	view.ExpectEmptyPlan(config)

	config["title"], config["grid_width"] = "still mine", 2
	view.Apply(config).Succeeds()
	want := uiData()
	want["title"], want["gridWidth"] = "still mine", 2
	if got := s.Fields(viewType, view.ID())["data"]; !acctest.SameJSON(got, want) {
		t.Errorf("the tab has %v, want %v", got, want)
	}
	view.ExpectEmptyPlan(config)
}

// newTab is what the user interface gives a new tab, but for the hidden columns.
var newTab = map[string]any{
	"type": "list", "ordering": []string{"tasks:id"}, "filters": map[string]any{"conjunction": "and", "items": []any{}},
	"columnsWidth": map[string]any{}, "columnsDisplayType": map[string]any{}, "gridWidth": 4, "gridFitImagesToWidth": false,
}

func TestAccViewTakesOffTheServerWhatIsTakenOutOfTheConfiguration(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	samples := s.SamplesOf(acctest.ObjectOf(t, viewType))
	view, whole := s.Instance(viewType), acctest.Values{}
	for name := range samples {
		whole[name] = samples.One(name)
	}
	view.Apply(samples.Least()).Succeeds()
	created := s.Fields(viewType, view.ID())["data"]
	view.Apply(whole).Succeeds()
	view.Apply(samples.Least()).Succeeds()
	view.ExpectEmptyPlan(samples.Least())
	emptied, _ := s.Fields(viewType, view.ID())["data"].(map[string]any)
	if !acctest.SameJSON(emptied, created) {
		t.Errorf("the tab has %v, and had %v at first", emptied, created)
	}
	for name, want := range newTab {
		if !acctest.SameJSON(emptied[name], want) {
			t.Errorf("%s is %v, want %v", name, emptied[name], want)
		}
	}

	// As if nobody had ever set anything.
	id := view.ID()
	view.Forget()
	view.Import(id).Succeeds()
	view.ExpectEmptyPlan(samples.Least())
}

func TestAccViewOfAUserComesUnderTerraformWhole(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	var made struct{ ID int64 }
	s.Call(http.MethodPost, "/api/dm/views/", map[string]any{"project": s.NewProject(), "data": uiData()}, &made)
	view := s.Instance(viewType)
	view.Import(made.ID).Succeeds()
	config := acctest.Values{} // as Terraform generates it
	for _, a := range acctest.AttributesOf(t, viewType) {
		if config[a.Name] = view.Attribute(a.Name); config[a.Name] == nil {
			t.Errorf("%s is not imported", a.Name)
		}
	}
	view.ExpectEmptyPlan(config)
}

func TestAccViewHidesWhatTheServerHidesInANewTab(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	project, view := s.NewProject(), s.Instance(viewType)
	view.Apply(acctest.Values{"project": project, "title": "new"}).Succeeds()
	found, read := s.Provider(acctest.Values{}).Read("labelstudio_data_manager_columns", acctest.Values{"project": project})
	read.Succeeds()
	want := map[string][]string{"explore": {}, "labeling": {}}
	columns, _ := found["columns"].([]any)
	for _, one := range columns {
		column, _ := one.(map[string]any)
		id, _ := column["id"].(string)
		shown, _ := column["visibility_defaults"].(map[string]any)
		for place := range want {
			if shown[place] == false && !strings.HasPrefix(id, "tasks:data.") {
				want[place] = append(want[place], id)
			}
		}
	}
	hidden, _ := s.Fields(viewType, view.ID())["hidden_columns"].(map[string]any)
	for place, ids := range want {
		got := []string{}
		elements, _ := hidden[place].([]any)
		for _, id := range elements {
			got = append(got, fmt.Sprint(id))
		}
		slices.Sort(got)
		if slices.Sort(ids); !slices.Equal(got, ids) || len(ids) == 0 {
			t.Errorf("%s hides %v, want %v", place, got, ids)
		}
	}
}

// The list of tasks fails with one of them missing.
func TestAccViewSendsBothListsOfHiddenColumns(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	project, view := s.NewProject(), s.Instance(viewType)
	for place, other := range map[string]string{"explore": "labeling", "labeling": "explore"} {
		config := acctest.Values{"project": project, "title": "new", "hidden_columns": map[string]any{place: []string{"tasks:id"}}}
		view.Apply(config).Succeeds()
		if got := s.Fields(viewType, view.ID())["hidden_columns"]; !acctest.SameJSON(got, map[string]any{place: []string{"tasks:id"}, other: []string{}}) {
			t.Errorf("the hidden columns are %v", got)
		}
		shownIn(s, project, view.ID())
		view.ExpectEmptyPlan(config)
	}
}

func TestAccViewComparesFilterValuesAsJSONAndTitlesExactly(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	view, config := s.Instance(viewType), acctest.Values{"project": s.NewProject(), "title": " mine"}
	config["filters"] = filtered(comparison{"tasks:id", "Number", "in", `{"max": 3.0, "min": 1}`})
	view.Apply(config).Succeeds()
	if got := s.Fields(viewType, view.ID())["title"]; got != " mine" {
		t.Errorf("the title is %q", got)
	}
	view.ExpectEmptyPlan(config.With(acctest.Values{"filters": filtered(comparison{" tasks:id", "Number ", " in", `{"min":1,"max":3}`})}))
	if changed := view.Plan(config.With(acctest.Values{"filters": filtered(comparison{"tasks:id", "Number", "in", `{"min":1,"max":4}`})})).Changed(); !slices.Equal(changed, []string{"filters"}) {
		t.Errorf("another value changes %v", changed)
	}
	if changed := view.Plan(config.With(acctest.Values{"title": "mine"})).Changed(); !slices.Equal(changed, []string{"title"}) {
		t.Errorf("a title without its blank changes %v", changed)
	}
}

func TestAccViewPlansWarnOfColumnsThatTheProjectDoesNotHave(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	project, _ := labeled(s)
	of := acctest.Values{"project": project, "title": "new"}
	says := func(name string) string {
		return fmt.Sprintf("Project %d does not have all columns of %s", project, name)
	}
	for name, value := range map[string]any{
		"filters":              filtered(comparison{"tasks:data.image", "Image", "contains", `"x"`}, comparison{"tasks:id", "Number", "equal", `1`}),
		"ordering":             []string{"-tasks:data.image"},
		"hidden_columns":       map[string]any{"explore": []string{"tasks:data.image", "tasks:id"}},
		"columns_width":        map[string]any{"tasks:data.image": 1, "tasks:id": 1},
		"columns_display_type": map[string]any{"tasks:data.image": "Image", "tasks:data.n": "Number"},
	} {
		checked(s, viewType).Plan(of.With(acctest.Values{name: value})).
			Warns(name, says(name), "has no column tasks:data.image: ", "depends_on on the storage")
	}
}

func TestAccViewPlansWarnOfFiltersThatTheUserInterfaceWouldRewrite(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	project, _ := labeled(s)
	view := checked(s, viewType)
	config := acctest.Values{"project": project, "title": "new", "filters": filtered(comparison{"tasks:data.n", "Number", "equal", `1`})}
	view.Plan(config).Warns("filters", "The column tasks:data.n has the type Unknown", `type = "Unknown"`, "columns_display_type")
	config["columns_display_type"] = map[string]any{"tasks:data.n": "Number"}
	view.Apply(config).Succeeds()
	view.ExpectEmptyPlan(config)
}

func TestAccViewPlansAskForTheColumnsOfAProjectOnce(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	of := s.NewProject()
	tf := s.Terraform()
	config := s.Checking(acctest.ViewIn(of, "test", "one", `ordering = ["-tasks:id"]`) + acctest.ViewIn(of, "other", "two", `ordering = ["tasks:id"]`))
	tf.Plan(config).Succeeds()
	if asked := s.Proxy.Count(http.MethodGet, "/api/dm/columns/"); asked != 1 {
		t.Errorf("the plan asked for the columns %d times: %v", asked, s.Proxy.Requests())
	}
	s.Proxy.Reset()
	view := checked(s, viewType)
	view.Plan(acctest.Values{"project": acctest.Unknown, "title": "new", "ordering": []string{"tasks:id"}}).Succeeds()
	view.Plan(acctest.Values{"project": of, "title": "new"})
	if asked := s.Proxy.Count(http.MethodGet, "/api/dm/columns/"); asked != 0 {
		t.Errorf("plans that name no column of a known project asked for them: %v", s.Proxy.Requests())
	}
}

// The server tells no time of creation, so the tabs are listed before.
func TestAccViewIsCreatedWithAListAndAPost(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	view, config := s.Instance(viewType), acctest.Values{"project": s.NewProject(), "title": "new"}
	view.Apply(config).Succeeds()
	expectAsked(s, "creation", "GET /api/dm/views/", "POST /api/dm/views/")
	view.Change(config.With(acctest.Values{"title": "newer"})).Succeeds()
	expectAsked(s, "change", "GET /api/dm/views/#/", "PATCH /api/dm/views/#/")
	view.Change(nil).Succeeds()
	expectAsked(s, "destruction", "GET /api/dm/views/#/", "DELETE /api/dm/views/#/")
}

func TestAccViewsAreOrderedAsTheyAreCreated(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	project := s.NewProject()
	for order := range int64(3) {
		view := s.Instance(viewType)
		view.Apply(acctest.Values{"project": project, "title": fmt.Sprint(order)}).Succeeds()
		if got := view.Attribute("order"); got != order {
			t.Errorf("the tab %d has the place %v", order, got)
		}
		s.Call(http.MethodPost, "/api/dm/views/order/", map[string]any{"project": project, "ids": []int64{view.ID()}}, nil)
		view.ExpectEmptyPlan(acctest.Values{"project": project, "title": fmt.Sprint(order)})
	}
}

func TestAccViewGoesWithItsProject(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	project, view := s.Instance(projectType), s.Instance(viewType)
	project.Apply(acctest.Values{"title": "acceptance test"}).Succeeds()
	view.Apply(acctest.Values{"project": project.ID(), "title": "mine"}).Succeeds()
	id := view.ID()
	project.Apply(nil).Succeeds()
	if s.Exists(viewType, id) {
		t.Error("the server still has it")
	}
	view.Apply(nil).Warns("", "The view is gone from the server", fmt.Sprintf("view %d does not exist any more", id), "The next apply creates a new one")
}

func TestAccViewTwinsAreLegalAndAPlanNamesTheImportOfTheOneThatIsThere(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	first, second := s.Instance(viewType), checked(s, viewType)
	config := acctest.Values{"project": s.NewProject(), "title": "mine"}
	first.Apply(config).Succeeds()
	second.Plan(config.With(acctest.Values{"title": "mine "})).Succeeds()
	second.Apply(config).Warns("title", fmt.Sprintf("The view %d has this title", first.ID()), "with the same title. If", fmt.Sprintf("terraform import labelstudio_view.<name> %d", first.ID()))
	second.ExpectEmptyPlan(config)
}

func TestAccViewIsFoundByDataSourcesAndLists(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	of, view, other := s.NewProject(), s.Instance(viewType), s.Instance(viewType)
	config := acctest.Values{"project": of, "title": "mine", "filters": filtered(comparison{"tasks:id", "Number", "equal", `1`}), "ordering": []string{"-tasks:id"}}
	view.Apply(config).Succeeds()
	other.Apply(config.With(acctest.Values{"title": "other"})).Succeeds()
	s.Instance(viewType).Apply(config.With(acctest.Values{"project": s.NewProject()})).Succeeds()
	for _, lookup := range []acctest.Values{{"id": view.ID()}, {"project": of, "title": "mine"}} {
		found := expectFound(s, viewType, lookup, view.Attributes(), "id", "project", "title", "filters", "ordering", "order", "user")
		if found["type"] != "list" || found["grid_width"] != int64(4) {
			t.Errorf("what is not set is %v", found)
		}
	}
	all, read := s.Provider(acctest.Values{}).Read("labelstudio_views", acctest.Values{"project": of})
	read.Succeeds()
	var ids []any
	views, _ := all["views"].([]any)
	for _, one := range views {
		attributes, _ := one.(map[string]any)
		ids = append(ids, attributes["id"])
	}
	if !slices.Equal(ids, []any{view.ID(), other.ID()}) {
		t.Errorf("got %v, want %d and %d", ids, view.ID(), other.ID())
	}
	listed := s.Provider(acctest.Values{}).List(viewType, acctest.Values{"project": of}, true, 0)
	if len(listed) != 2 || listed[0].DisplayName != "mine" || listed[1].DisplayName != "other" {
		t.Fatalf("got %v", listed)
	}
	for _, one := range listed {
		expectAsImported(s, viewType, one)
	}
}

func TestAccViewColumnsAreThoseOfTheDataManager(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	project, _ := labeled(s)
	found, read := s.Provider(acctest.Values{}).Read("labelstudio_data_manager_columns", acctest.Values{"project": project})
	read.Succeeds()
	types := map[string]any{}
	columns, _ := found["columns"].([]any)
	for _, one := range columns {
		column, _ := one.(map[string]any)
		types[fmt.Sprint(column["id"])] = column["type"]
	}
	want := map[string]any{"tasks:id": "Number", "tasks:data.text": "String", "tasks:data.n": "Unknown", "tasks:annotators": "List", "tasks:completed_at": "Datetime", "tasks:draft_exists": "Boolean"}
	for id, typeName := range want {
		if types[id] != typeName {
			t.Errorf("%s is %v, want %v, among %v", id, types[id], typeName, slices.Sorted(maps.Keys(types)))
		}
	}
	if _, heading := types["tasks:data"]; heading {
		t.Error("the data as a whole is a column")
	}
	_, read = s.Provider(acctest.Values{}).Read("labelstudio_data_manager_columns", acctest.Values{"project": 987654321})
	read.Fails("project", "No project has this id", "project 987654321 does not exist on the server")
}

func TestAccViewErrorsNameCauseAndCure(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	view := s.Instance(viewType)
	config := acctest.Values{"project": s.NewProject(), "title": "new", "filters": filtered(comparison{"tasks:project__title", "String", "equal", `"x"`})}
	view.Apply(config).Fails("filters", "Can't create the view", `"__" is not generally allowed in filters`, "DATA_MANAGER_FILTER_ALLOWLIST")
	view.Apply(acctest.Values{"project": 987654321, "title": "new"}).Fails("project", "Can't create the view", "The server has no such project")

	broken := acctest.ObjectOf(t, viewType).Create(s, map[string]any{"project": config["project"], "title": "x", "columns_width": map[string]any{"tasks:id": "wide"}})
	view.Import(broken).Fails("", "Can't read the view", "the server's data.columnsWidth", "Delete the tab")
}

// A PATCH sends all of what the server has beside the change.
func TestAccViewIsNotTouchedWhereAnotherProjectHasIt(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	view, config := s.Instance(viewType), acctest.Values{"project": s.NewProject(), "title": "mine"}
	view.Apply(config).Succeeds()
	s.Proxy.Inject(proxy.Fault{Method: http.MethodGet, Do: proxy.RewriteBody(func(body []byte) []byte {
		return []byte(strings.ReplaceAll(string(body), `"project":`, `"project":1`))
	})})
	for _, wanted := range []acctest.Values{config, config.With(acctest.Values{"title": "new"}), nil} {
		view.Change(wanted)
		view.Apply(wanted).Fails("project", "Another view has this id", "Check url", "terraform state rm")
	}
	if changes := s.Proxy.Count(http.MethodPatch, "") + s.Proxy.Count(http.MethodDelete, ""); changes > 0 || !view.Exists() {
		t.Errorf("the server got %v", s.Proxy.Requests())
	}
}
