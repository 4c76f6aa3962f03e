package provider_test

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

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest"
)

// The fault matrix: what becomes of each operation when its request meets each
// fault. `make faults` shows it.

const (
	// together is how many objects are at work at once: most of them only wait.
	together = 12
	// filesOfCell is how many files a sync of the matrix imports.
	filesOfCell = 2
)

func TestAccFaultMatrix(t *testing.T) {
	s := startOneAtATime(t)
	if s.LegacyToken == "" || s.PersonalAccessToken == "" {
		t.Skip("the matrix needs a server with both kinds of tokens")
	}
	troubles := s.troubles()
	results := matrix{}
	running := make(chan struct{}, together)
	var lives sync.WaitGroup
	for _, lasting := range []bool{true, false} { // the longest first
		for _, trouble := range troubles {
			for _, typeName := range projectAndStorage {
				running <- struct{}{}
				lives.Go(func() {
					defer func() { <-running }()
					t.Run(fmt.Sprintf("%s lasting %v of %s", trouble.name, lasting, typeName), func(t *testing.T) {
						s.in(t).life(typeName, trouble, lasting, &results)
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
func startOneAtATime(t *testing.T) *stack {
	t.Helper()
	s := start(t)
	var turn sync.Mutex
	s.proxy.Inject(labelstudiotest.Fault{Do: func(w http.ResponseWriter, r *http.Request, forward http.Handler) {
		turn.Lock()
		defer turn.Unlock()
		forward.ServeHTTP(w, r)
	}})
	throughProxy := *s.Server
	throughProxy.URL = s.proxy.URL
	s.Server = &throughProxy
	return s
}

// life is what an object goes through that meets the same trouble in each operation.
func (s *stack) life(typeName string, trouble trouble, lasting bool, results *matrix) {
	proxy, err := labelstudiotest.NewProxy(s.URL)
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(proxy.Close)
	object := newManaged(s.t, typeName)
	folder, title, project := s.Folder(s.t, filesOfCell), rand.Text(), int64(0)
	if typeName == aStorage {
		project = s.newProject()
	}
	for _, operation := range operations {
		if !slices.Contains(operation.types, typeName) {
			continue
		}
		s.t.Run(operation.name, func(t *testing.T) {
			inner := s.in(t)
			inner.proxy = proxy
			c := cell{stack: inner, managed: object, operation: operation, trouble: trouble, lasting: lasting, title: title, project: project, folder: folder}
			results.add(&c, c.outcome())
		})
	}
}

// A cell of the matrix: an operation on an object that meets a trouble. The object
// goes on to the next operation.
type cell struct {
	*stack
	*managed

	operation
	trouble   trouble
	lasting   bool
	title     string
	project   int64 // of a storage
	folder    string
	forgotten int64 // the id of the object that is imported
}

func (c *cell) configuration(description string) values {
	config := values{"title": c.title, "description": description}
	if c.typeName == aStorage {
		config["project"], config["path"], config["use_blob_urls"] = c.project, c.folder, true
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
	known := c.id(c.t)
	c.proxy.Reset()
	c.meet()
	got := c.do(c, c.troubled())
	c.expectFew(c.proxy.Requests())
	c.proxy.Reset()

	word := carried
	switch {
	case got.failed():
		word = refused
	case len(got) > 0:
		word = warned
	}
	if id := c.id(c.t); known != 0 && id != known && slices.Contains(c.onServer(), known) {
		c.t.Errorf("the state had the object %d, which the server still has, and now has %d", known, id)
		return lost
	}
	if orphan := c.orphan(); orphan != 0 {
		word = asks
		if !c.names(got, orphan) {
			c.t.Errorf("neither the error nor the next plan names the object %d: %s", orphan, got)
			return lost
		}
		c.expectNothing(c.imports(c.calm(), orphan))
	}
	if again := c.do(c, c.calm()); again.failed() {
		c.t.Errorf("the next apply fails: %s", again)
		return lost
	}
	if planned, something := c.plan(c.calm(), c.want(c)); something {
		c.t.Errorf("the plan after that is not empty: %s", diagnostics(planned.Diagnostics))
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
	fault := labelstudiotest.Fault{Method: c.method, Path: c.path(c.typeName), Times: 1, Do: c.trouble.do}
	if c.lasting {
		fault.Do = func(w http.ResponseWriter, r *http.Request, forward http.Handler) {
			c.proxy.Inject(labelstudiotest.Fault{Path: paths[c.typeName].all, Do: c.trouble.do})
			c.trouble.do(w, r, forward)
		}
	}
	c.proxy.Inject(fault)
}

// troubled is a provider for the command that meets the trouble.
func (c *cell) troubled() *protocol {
	c.t.Helper()
	settings := values{"plan_checks": false}
	if c.trouble.slow {
		settings["request_timeout"] = patience.String()
	}
	return c.command(settings)
}

// calm is a provider for a command that does not.
func (c *cell) calm() *protocol {
	c.t.Helper()
	return c.command(values{"plan_checks": false})
}

// command is a provider for one command.
func (c *cell) command(settings values) *protocol {
	c.t.Helper()
	settings["retries"], settings["insecure_skip_verify"] = int64(1), true
	if c.trouble.personal {
		settings["api_key"] = c.PersonalAccessToken
	} else {
		settings["api_key"] = c.LegacyToken
	}
	return c.protocol(settings)
}

func (c *cell) expectNothing(problems diagnostics) {
	c.t.Helper()
	if len(problems) > 0 {
		c.t.Fatal(problems)
	}
}

// expectFew expects that no more requests were made than need be.
func (c *cell) expectFew(requests []labelstudiotest.Request) {
	c.t.Helper()
	most := 1
	switch {
	case c.trouble.repeated == none:
	case c.trouble.repeated == every, c.method != http.MethodPost:
		most = 2
	case c.name == "sync": // it is looked for first
		most = 2
	}
	if c.name == "delete" && c.typeName == aProject && c.trouble.failing {
		most *= 2 // a sync may run: that is looked for, and then it is tried again
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
	if same == 0 || same > most || others > c.others {
		c.t.Errorf("got %d requests and %d others, want at most %d and %d: %v", same, others, most, c.others, requests)
	}
}

// onServer are the ids of the cell's objects on the server.
func (c *cell) onServer() (ids []int64) {
	c.t.Helper()
	var found []struct{ ID int64 }
	if c.typeName == aProject {
		var list struct{ Results json.RawMessage }
		c.call(http.MethodGet, "/api/projects/?title="+c.title, nil, &list)
		if err := json.Unmarshal(list.Results, &found); err != nil {
			c.t.Fatal(err)
		}
	} else {
		c.call(http.MethodGet, fmt.Sprintf("/api/storages/localfiles/?project=%d", c.project), nil, &found)
	}
	for _, one := range found {
		ids = append(ids, one.ID)
	}
	return ids
}

// orphan is an object on the server that the state doesn't know, 0 if there is none.
func (c *cell) orphan() int64 {
	c.t.Helper()
	if c.name == "import" {
		return 0 // the user knows it
	}
	for _, id := range c.onServer() {
		if id != c.id(c.t) {
			return id
		}
	}
	return 0
}

// names tells whether the error or the next plan names the import of an object.
func (c *cell) names(got diagnostics, id int64) bool {
	planned, _ := c.plan(c.command(values{"plan_checks": true}), c.want(c))
	command := fmt.Sprintf(`terraform import %s\.<name> %d\b`, c.typeName, id)
	return regexp.MustCompile(command).MatchString(append(got, planned.Diagnostics...).String())
}

// compared is the defect that the server shows when all is done, "" if it has none.
func (c *cell) compared() string {
	var state []int64
	if id := c.id(c.t); id != 0 {
		state = append(state, id)
	}
	server := c.onServer()
	if !slices.Equal(server, state) {
		c.t.Errorf("the server has the objects %v, the state %v", server, state)
		if len(server) > len(state) {
			return doubled
		}
		return lost
	}
	if c.name != "sync" {
		return ""
	}
	tasks := c.tasks(c.project)
	if tasks != filesOfCell {
		c.t.Errorf("the project holds %d tasks of %d files", tasks, filesOfCell)
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
func (c *cell) explained(got diagnostics) bool {
	for _, d := range got {
		says := func(text string) bool { return strings.Contains(d.Detail, text) }
		lookedFor := says("The answer was lost") && says("apply again")
		if !says(c.trouble.cause) || !says(c.trouble.cure) && !lookedFor {
			c.t.Errorf("want %q and %q in: %s", c.trouble.cause, c.trouble.cure, got)
			return false
		}
	}
	return true
}
