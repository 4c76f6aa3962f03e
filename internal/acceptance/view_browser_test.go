package acceptance_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/acctest"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/browser"
)

// logIn starts a browser and logs in to the server.
func logIn(s *acctest.Server) (browserTab context.Context) {
	s.T.Helper()
	if s.Password == "" {
		s.T.Skip("nothing names the password of the server's user")
	}
	const email, password = chromedp.CSS("input[name=email]"), chromedp.CSS("input[name=password]")
	browserTab = browser.Start(s.T)
	err := chromedp.Do(browserTab,
		chromedp.Navigate(s.URL+"/user/login/"),
		chromedp.SendKeys(email, s.Username),
		chromedp.SendKeys(password, s.Password),
		chromedp.Submit(password),
		chromedp.WaitReady(chromedp.CSS(".main-menu-trigger")),
	)
	if err != nil {
		s.T.Fatal(err)
	}
	return browserTab
}

// A page is what a browser shows of a tab of the Data Manager.
type page struct {
	// Title is that of the active tab.
	Title string
	Tasks []int64
	// Columns are the ids of a list's columns.
	Columns []string
	// Tiles is how many tiles a row of a grid has, and 0 in a list.
	Tiles int
}

// shownPage is the page as JavaScript.
const shownPage = `({
	Title: document.querySelector("[class*='tabs-dm__item_active']")?.innerText.trim() ?? "",
	Tasks: [...document.querySelectorAll("input[aria-label^='Select Task ']")].map(box => Number(box.getAttribute("aria-label").slice("Select Task ".length))),
	Columns: [...document.querySelectorAll("[data-id^='tasks:']")].map(head => head.dataset.id),
	Tiles: Number(document.querySelector("[class*='grid-view_columnCount_']")?.className.match(/columnCount_(\d+)/)[1] ?? 0),
})`

// open opens the tab of a view that shows tasks.
func open(browserTab context.Context, s *acctest.Server, view *acctest.Instance) (shown page) {
	s.T.Helper()
	if err := chromedp.Do(browserTab, chromedp.Navigate(fmt.Sprintf("%s/projects/%d/data?tab=%d", s.URL, view.Attribute("project"), view.ID()))); err != nil {
		s.T.Fatal(err)
	}
	acctest.Until(s.T, fmt.Sprintf("the tasks of the tab %q", view.Attribute("title")), func() bool {
		ctx, cancel := context.WithTimeout(browserTab, 5*time.Second) // a page that hangs does not respond
		defer cancel()
		var err error
		shown, err = chromedp.Run(ctx, chromedp.Evaluate[page](shownPage))
		return err == nil && shown.Title == view.Attribute("title") && len(shown.Tasks) > 0
	})
	return shown
}

func TestAccViewOpenedInABrowserShowsItsTasksAndIsNotChanged(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	project, annotator := labeled(s)
	var list struct {
		Tasks []struct {
			ID   int64
			Data struct{ Name string }
		}
	}
	s.Call(http.MethodGet, fmt.Sprintf("/api/tasks/?project=%d", project), nil, &list)
	names := map[int64]string{}
	for _, task := range list.Tasks {
		names[task.ID] = task.Data.Name
	}
	leadTime := "Time"
	if s.OlderThan("1.23.0") {
		leadTime = "Number"
	}
	const number = "tasks:data.n"
	one := func(column, typeName, operator, value string) map[string]any {
		return filtered(comparison{column, typeName, operator, value})
	}
	browserTab, opened := logIn(s), map[*acctest.Instance]acctest.Values{}
	for _, test := range []struct {
		title  string
		config acctest.Values
		tasks  string
	}{
		{"all", acctest.Values{}, "one two three"},
		{"String", acctest.Values{"filters": one("tasks:data.text", "String", "not_contains", `"cat"`)}, "two three"},
		{"Unknown", acctest.Values{"filters": one("tasks:data.name", "Unknown", "contains", `"t"`)}, "two three"},
		{"Number", acctest.Values{"filters": one("tasks:total_annotations", "Number", "equal", `0`)}, "two three"},
		{"Range", acctest.Values{"filters": one("tasks:inner_id", "Number", "in", `{"min": 1, "max": 2}`)}, "one two"},
		{"Time", acctest.Values{"filters": one("tasks:avg_lead_time", leadTime, "greater", `10`)}, "one"},
		{"Datetime", acctest.Values{"filters": one("tasks:completed_at", "Datetime", "less", `"2101-01-01T00:00:00.000Z"`)}, "one"},
		{"Boolean", acctest.Values{"filters": one("tasks:draft_exists", "Boolean", "equal", `true`)}, "three"},
		{"List", acctest.Values{"filters": one("tasks:annotators", "List", "not_contains", fmt.Sprint(annotator))}, "two three"},
		{"Versions", acctest.Values{"filters": one("tasks:predictions_model_versions", "List", "contains", `["v1"]`)}, "two"},
		{"Empty", acctest.Values{"filters": one("tasks:data.text", "String", "empty", `true`)}, "three"},
		{"Order", acctest.Values{"ordering": []string{"-tasks:inner_id"}}, "three two one"},
		{"Display type", acctest.Values{"filters": one(number, "Number", "greater", `1`), "ordering": []string{"-" + number}, "columns_display_type": map[string]any{number: "Number"}}, "two three"},
	} {
		view := s.Instance(viewType)
		config := test.config.With(acctest.Values{"project": project, "title": test.title})
		view.Apply(config).Succeeds()
		shown := open(browserTab, s, view)
		tasks := []string{}
		for _, task := range shown.Tasks {
			tasks = append(tasks, names[task])
		}
		if got := strings.Join(tasks, " "); got != test.tasks || shown.Title != test.title || shown.Tiles != 0 {
			t.Errorf("the browser shows %q as %+v, want the tasks %q in a list of this title", got, shown, test.tasks)
		}
		opened[view] = config
	}

	grid := s.Instance(viewType)
	opened[grid] = acctest.Values{"project": project, "title": "grid", "type": "grid", "grid_width": 3}
	grid.Apply(opened[grid]).Succeeds()
	if shown := open(browserTab, s, grid); len(shown.Tasks) != 3 || shown.Tiles != 3 {
		t.Errorf("the browser shows %+v, want three tasks in a grid of three tiles", shown)
	}

	hiding := s.Instance(viewType)
	opened[hiding] = acctest.Values{"project": project, "title": "hidden columns", "columns_width": map[string]any{"tasks:id": 200},
		"hidden_columns": map[string]any{"explore": []string{"tasks:completed_at", number}}}
	hiding.Apply(opened[hiding]).Succeeds()
	shown := open(browserTab, s, hiding)
	for column, want := range map[string]bool{"tasks:completed_at": false, number: false, "tasks:data.text": true, "tasks:inner_id": true} {
		if got := slices.Contains(shown.Columns, column); got != want {
			t.Errorf("whether the browser shows the column %s is %v, want %v", column, got, want)
		}
	}

	// The user interface has had time to change them.
	for view, config := range opened {
		view.ExpectEmptyPlan(config)
	}
}
