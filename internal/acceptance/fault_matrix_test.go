package acceptance_test

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/acctest"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/proxy"
)

// The fault matrix: what becomes of each operation when its request meets each
// fault. `make faults` shows it.

const (
	// together is how many objects are at work at once: most of them only wait.
	together = 6
	// filesOfCell is how many files a sync of the matrix imports.
	filesOfCell = 2
)

func TestAccFaultMatrix(t *testing.T) {
	t.Parallel()
	s := startOneAtATime(t)
	if s.LegacyToken == "" || s.PersonalAccessToken == "" {
		t.Skip("the matrix needs a server with both kinds of tokens")
	}
	troubles := troubles(s)
	results := matrix{}
	running := make(chan struct{}, together)
	var lives sync.WaitGroup
	for _, lasting := range []bool{true, false} { // the longest first
		for _, trouble := range troubles {
			for _, typeName := range allTypes {
				running <- struct{}{}
				lives.Go(func() {
					defer func() { <-running }()
					t.Run(fmt.Sprintf("%s lasting %v of %s", trouble.name, lasting, typeName), func(t *testing.T) {
						life(s.In(t), typeName, trouble, lasting, &results)
					})
				})
			}
		}
	}
	lives.Wait()
	if s.Stack != labelstudiotest.Worker { // whose answer to a sync can't say what became of it
		results.compare(t, troubles)
	}
}

// startOneAtATime is start for requests that come from many providers at once:
// SQLite makes orphans of projects that are created at the same time.
func startOneAtATime(t *testing.T) *acctest.Server {
	t.Helper()
	s := acctest.Start(t)
	var turn sync.Mutex
	s.Proxy.Inject(proxy.Fault{Do: func(w http.ResponseWriter, r *http.Request, forward http.Handler) {
		turn.Lock()
		defer turn.Unlock()
		forward.ServeHTTP(w, r)
	}})
	throughProxy := *s.Server
	throughProxy.URL = s.Proxy.URL
	s.Server = &throughProxy
	return s
}

// life is what an object goes through that meets the same trouble in each operation.
func life(s *acctest.Server, typeName string, trouble trouble, lasting bool, results *matrix) {
	front, err := proxy.New(s.URL)
	if err != nil {
		s.T.Fatal(err)
	}
	s.T.Cleanup(front.Close)
	object := s.Instance(typeName)
	folder, model, title, project := s.Folder(s.T, filesOfCell), s.NewMLBackend().URL, rand.Text(), int64(0)
	if typeName != projectType {
		project = s.NewProject()
	}
	for _, operation := range operations {
		if !slices.Contains(operation.types, typeName) {
			continue
		}
		s.T.Run(operation.name, func(t *testing.T) {
			inner := s.In(t)
			inner.Proxy = front
			object.Use(inner)
			c := cell{Server: inner, Instance: object, typeName: typeName, operation: operation, trouble: trouble, lasting: lasting, title: title, project: project, folder: folder, model: model}
			results.add(&c, c.outcome())
		})
	}
}

// A cell of the matrix: an operation on an object that meets a trouble. The object
// goes on to the next operation.
type cell struct {
	*acctest.Server
	*acctest.Instance

	operation
	typeName  string
	trouble   trouble
	lasting   bool
	title     string
	project   int64 // that the object belongs to, 0 for a project
	folder    string
	model     string // the address of an ML backend
	forgotten int64  // the id of the object that is imported
}

func (c *cell) configuration(description string) acctest.Values {
	switch c.typeName {
	case viewType:
		return acctest.Values{"project": c.project, "title": c.title, "grid_fit_images_to_width": description == "one"}
	case webhookType:
		return acctest.Values{"project": c.project, "url": receiver + "/" + c.title, "is_active": false, "send_payload": description == "one"}
	}
	config := acctest.Values{"title": c.title, "description": description}
	switch c.typeName {
	case storageType:
		config["project"], config["path"], config["use_blob_urls"] = c.project, c.folder, true
	case mlBackendType:
		config["project"], config["url"] = c.project, c.model
	}
	return config
}

// What becomes of an operation that meets a trouble. The last three are defects.
const (
	carried = "carried" // nothing to notice
	warned  = "warned"  // applied with a warning, the next apply makes up for the rest
	refused = "refused" // an error says cause and cure, the next apply goes on from there
	asks    = "asks"    // as refused, and the import of what the server has made is named
	lost    = "lost"    // state and server don't agree after the next apply
	doubled = "doubled" // an object or a task is there twice
	unclear = "unclear" // an error or a warning does not say cause and cure
)

// outcome carries the operation out with the trouble, and again without it.
func (c *cell) outcome() string {
	c.before(c)
	known := c.ID()
	c.Proxy.Reset()
	c.meet()
	c.Settings = c.troubled()
	got := c.do(c)
	c.expectFew(c.Proxy.Requests())
	c.Proxy.Reset()
	c.Settings = c.calm()

	word := carried
	switch {
	case got.Failed:
		word = refused
	case len(got.Messages) > 0:
		word = warned
	}
	if id := c.ID(); known != 0 && id != known && slices.Contains(c.onServer(), known) {
		c.T.Errorf("the state had the object %d, which the server still has, and now has %d", known, id)
		return lost
	}
	if orphan := c.orphan(); orphan != 0 {
		word = asks
		if !c.names(got, orphan) {
			c.T.Errorf("neither the error nor the next plan names the object %d: %s", orphan, got.Texts())
			return lost
		}
		c.Import(orphan).Succeeds()
	}
	if again := c.do(c); again.Failed {
		c.T.Errorf("the next apply fails: %s", again.Texts())
		return lost
	}
	if plan := c.PlanUnrefreshed(c.want(c)); plan.Action != "nothing" {
		c.T.Errorf("the plan after that will %s: %s", plan.Action, plan.Texts())
		return lost
	}
	if defect := c.compared(); defect != "" {
		return defect
	}
	if !c.explained(got) {
		return unclear
	}
	return word
}

// meet lets the next request of the operation meet the trouble. A lasting one
// begins there, and then meets all requests about objects of the type.
func (c *cell) meet() {
	fault := proxy.Fault{Method: c.method, Path: c.path(c.typeName), Times: 1, Do: c.trouble.do}
	if c.lasting {
		fault.Do = func(w http.ResponseWriter, r *http.Request, forward http.Handler) {
			c.Proxy.Inject(proxy.Fault{Path: paths[c.typeName].all, Do: c.trouble.do})
			c.trouble.do(w, r, forward)
		}
	}
	c.Proxy.Inject(fault)
}

// troubled are the provider's settings for the command that meets the trouble.
func (c *cell) troubled() acctest.Values {
	settings := c.calm()
	if c.trouble.slow {
		settings["request_timeout"] = patience.String()
	}
	return settings
}

// calm are the provider's settings for a command that does not.
func (c *cell) calm() acctest.Values {
	settings := acctest.Values{"plan_checks": false, "retries": 1, "insecure_skip_verify": true}
	if c.trouble.personal {
		settings["api_key"] = c.PersonalAccessToken
	}
	return settings
}

// expectFew expects that no more requests were made than need be.
func (c *cell) expectFew(requests []proxy.Request) {
	c.T.Helper()
	most := 1
	switch {
	case c.trouble.repeated == none:
	case c.trouble.repeated == every, c.method != http.MethodPost:
		most = 2
	case c.name == "sync": // it is looked for first
		most = 2
	}
	if c.name == "delete" && c.typeName == projectType && c.trouble.failing {
		most *= 2 // a sync may run: that is looked for, and then it is tried again
	}
	mostOthers := c.others
	if c.typeName == mlBackendType {
		mostOthers++ // it has a webhook, and is read again after an update
	}
	path := regexp.MustCompile(c.path(c.typeName))
	same, others := 0, 0
	for _, r := range requests {
		switch {
		case r.Method == c.method && path.MatchString(r.Path):
			same++
		case r.Path != "/api/token/refresh/":
			others++
		}
	}
	if same == 0 || same > most || others > mostOthers {
		c.T.Errorf("got %d requests and %d others, want at most %d and %d: %v", same, others, most, mostOthers, requests)
	}
}

// onServer are the ids of the cell's objects on the server.
func (c *cell) onServer() (ids []int64) {
	c.T.Helper()
	var found []struct{ ID int64 }
	if c.typeName == projectType {
		var list struct{ Results json.RawMessage }
		c.Call(http.MethodGet, "/api/projects/?title="+c.title, nil, &list)
		if err := json.Unmarshal(list.Results, &found); err != nil {
			c.T.Fatal(err)
		}
	} else {
		c.Call(http.MethodGet, fmt.Sprintf("%s?project=%d", acctest.ObjectOf(c.T, c.typeName).List, c.project), nil, &found)
	}
	for _, one := range found {
		ids = append(ids, one.ID)
	}
	return ids
}

// orphan is an object on the server that the state doesn't know, 0 if there is none.
func (c *cell) orphan() int64 {
	c.T.Helper()
	if c.name == "import" {
		return 0 // the user knows it
	}
	for _, id := range c.onServer() {
		if id != c.ID() {
			return id
		}
	}
	return 0
}

// names tells whether the error or the next plan names the import of an object.
func (c *cell) names(got acctest.Result, id int64) bool {
	c.Settings = c.calm().With(acctest.Values{"plan_checks": true})
	planned := c.PlanUnrefreshed(c.want(c))
	c.Settings = c.calm()
	command := fmt.Sprintf(`terraform import %s\.<name> %d\b`, c.typeName, id)
	return regexp.MustCompile(command).MatchString(got.Texts() + planned.Texts())
}

// compared is the defect that the server shows when all is done, "" if it has none.
func (c *cell) compared() string {
	var state []int64
	if id := c.ID(); id != 0 {
		state = append(state, id)
	}
	server := c.onServer()
	if !slices.Equal(server, state) {
		c.T.Errorf("the server has the objects %v, the state %v", server, state)
		if len(server) > len(state) {
			return doubled
		}
		return lost
	}
	if c.name != "sync" {
		return ""
	}
	tasks := c.Tasks(c.project)
	if tasks != filesOfCell {
		c.T.Errorf("the project holds %d tasks of %d files", tasks, filesOfCell)
	}
	switch {
	case tasks > filesOfCell:
		return doubled
	case tasks < filesOfCell:
		return lost
	}
	return ""
}

// explained tells whether each message says cause and cure.
func (c *cell) explained(got acctest.Result) bool {
	for _, d := range got.Messages {
		says := func(text string) bool { return strings.Contains(d.Detail, text) }
		lookedFor := says("The response was lost") && says("apply again")
		if !says(c.trouble.cause) || !says(c.trouble.cure) && !lookedFor {
			c.T.Errorf("want %q and %q in: %s", c.trouble.cause, c.trouble.cure, got.Texts())
			return false
		}
	}
	return true
}
