package labelstudio

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"testing"
	"time"
	"net/http"
	"net/http/httputil"
	"net/http/httptest"
	"strings"
	"encoding/json"
	"sync"
)

func TestReal(t *testing.T) {
	base := os.Getenv("REAL")
	root := "/tmp/lsclient/d/files"
	ctx := context.Background()
	logf := func(_ context.Context, m string, f ...map[string]any) { fmt.Println("   log", f[0]["method"], f[0]["path"], f[0]["status"], f[0]["duration_ms"]) }
	mk := func(u, key string) *Client {
		c, err := New(Config{URL: u, APIKey: key, RequestTimeout: 60 * time.Second, Retries: 2, Log: logf, UserAgent: "x"})
		if err != nil { t.Fatal(err) }
		return c
	}
	legacy := mk(base, legacyKey)
	show := func(name string, o Object, err error) { fmt.Printf("%s: id=%d err=%v gone=%v lost=%v\n", name, o.ID(), err, IsNotFound(err), IsAnswerLost(err)) }
	// PAT
	got, err := legacy.do(ctx, "GET", "api/token/", nil, nil)
	if err == nil {
		var toks []map[string]any
		_ = json.Unmarshal(got.body, &toks)
		for _, k := range toks {
			_, err := legacy.post(ctx, "api/token/blacklist/", map[string]any{"refresh": k["token"]})
			fmt.Println("blacklist", err)
			_, err = New(Config{URL: base, APIKey: fmt.Sprint(k["token"])})
			fmt.Println("shortened:", err)
		}
	}
	o, err := legacy.Post(ctx, "api/token/", map[string]any{})
	show("make PAT", o, err)
	pat := o.Text("token")
	c := mk(base, pat)
	_, ok := c.auth.(*personalToken)
	fmt.Println("is PAT:", ok)
	p, err := c.Create(ctx, Projects, map[string]any{"title": "  Client test ", "label_config": "<View></View>"}, nil)
	show("project", p, err)
	fmt.Printf("title %q\n", p.Text("title"))
	pid := p.ID()
	in := ImportStorages("localfiles")
	for _, kind := range []string{"localfiles"} {
		for _, col := range []Collection{ImportStorages(kind), ExportStorages(kind)} {
			s, err := c.Create(ctx, col, map[string]any{"project": pid, "path": root + "/ds1/", "use_blob_urls": true}, func(o Object) bool { return true })
			show("storage", s, err)
			s2, err := c.Get(ctx, col, s.ID())
			show("get", s2, err)
			fmt.Println("SamePath", SamePath(root+"/ds1/", s2.Text("path")), s2.Text("path"))
			s3, err := c.Update(ctx, col, s.ID(), map[string]any{"path": root + "/ds1", "title": "t"})
			show("patch", s3, err)
			_, err = c.Update(ctx, col, s.ID(), map[string]any{"title": "t2"})
			show("patch without path", nil, err)
			_, err = c.Update(ctx, col, s.ID(), map[string]any{"path": "/etc", "title": strings.Repeat("x", 300)})
			show("patch bad", nil, err)
			r, err := c.Sync(ctx, col, s.ID())
			show("sync", r, err)
			fmt.Println(r.Text("status"), r.Int("last_sync_count"))
			n := 0
			for o, err := range c.List(ctx, col, url.Values{"project": {fmt.Sprint(pid)}}) { n++; if err != nil { t.Error(err) }; _ = o }
			fmt.Println("listed", n)
			_, err = c.Post(ctx, col.Action("validate"), map[string]any{"project": pid, "path": root + "/ds1"})
			show("validate", nil, err)
			_, err = c.Post(ctx, col.Action("validate"), map[string]any{"project": pid, "path": root + "/nope"})
			show("validate nope", nil, err)
			show("delete", nil, c.Delete(ctx, col, s.ID()))
			show("delete again", nil, c.Delete(ctx, col, s.ID()))
			_, err = c.Get(ctx, col, s.ID())
			show("get gone", nil, err)
			_, err = c.Sync(ctx, col, s.ID())
			show("sync gone", nil, err)
		}
	}
	f, err := c.Post(ctx, in.Action("files"), map[string]any{"project": pid, "path": root + "/ds1", "limit": 1})
	show("files", f, err)
	fmt.Println(string(f["files"]))
	_, err = c.Post(ctx, in.Action("files"), map[string]any{"project": pid, "path": root + "/ds1", "regex_filter": "["})
	show("files bad regex", nil, err)
	_, err = c.Post(ctx, Projects.Action("validate"), map[string]any{"label_config": "<View></View>"})
	show("project validate", nil, err)
	_, err = c.Post(ctx, Projects.Action("validate"), map[string]any{"label_config": "<View><Choices toName='x'/></View>"})
	show("project validate bad", nil, err)
	_, err = c.Update(ctx, Projects, pid, map[string]any{"label_config": "<View>"})
	show("project patch bad", nil, err)
	for _, err := range c.List(ctx, in, nil) { show("list without project", nil, err) }
	for _, err := range c.List(ctx, in, url.Values{"project": {"99999"}}) { show("list of no project", nil, err) }
	for _, a := range []Collection{AllImportStorages, AllExportStorages} {
		n := 0
		for _, err := range c.List(ctx, a, url.Values{"project": {fmt.Sprint(pid)}}) { n++; if err != nil { t.Error(err) } }
		fmt.Println("all", n)
	}
	// paging: many projects, in parallel
	fmt.Println("--- 120 projects, 10 parallel")
	quiet, _ := New(Config{URL: base, APIKey: pat, RequestTimeout: 60 * time.Second, Retries: 2})
	var g sync.WaitGroup
	sem := make(chan int, 10)
	start := time.Now()
	for i := range 120 {
		g.Go(func() { sem <- 1; defer func() { <-sem }()
			if _, err := quiet.Create(ctx, Projects, map[string]any{"title": fmt.Sprintf("many %03d", i)}, nil); err != nil { t.Error(err) } })
	}
	g.Wait()
	var many []int64
	for o, err := range quiet.List(ctx, Projects, url.Values{"title": {"many"}}) { if err != nil { t.Fatal(err) }; many = append(many, o.ID()) }
	fmt.Println("made", len(many), time.Since(start))
	// lost answers through a proxy which cuts after the server acted
	target, _ := url.Parse(base)
	mode := ""
	rp := httputil.NewSingleHostReverseProxy(target)
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == "POST" && !strings.Contains(r.URL.Path, "token") && mode != "" {
			switch mode {
			case "after": rp.ServeHTTP(httptest.NewRecorder(), r)
			case "before":
			case "twice": rp.ServeHTTP(httptest.NewRecorder(), r); 
				o, err := legacy.Create(ctx, Projects, map[string]any{"title": "lost twice"}, nil); show("  other", o, err)
			}
			panic(http.ErrAbortHandler)
		}
		rp.ServeHTTP(w, r)
	}))
	defer proxy.Close()
	via := mk(proxy.URL, pat)
	same := func(title string) func(Object) bool { return func(o Object) bool { return SameText(o.Text("title"), title) } }
	for _, m := range []string{"after", "before", "twice"} {
		mode = m
		title := "lost " + m
		st := time.Now()
		o, err := via.Create(ctx, Projects, map[string]any{"title": " " + title}, same(title))
		show("lost "+m, o, err)
		fmt.Println(time.Since(st))
	}
	mode = "after"
	s, err := via.Create(ctx, in, map[string]any{"project": pid, "path": root + "/ds1", "title": "lost"}, same("lost"))
	show("lost storage", s, err)
	mode = ""
	// wrong bases
	for _, u := range []string{base + "/sub", base + "/api", "http://127.0.0.1:1", base + "/user/login"} {
		w := mk(u, legacyKey)
		_, err := w.Get(ctx, in, 1)
		show("wrong base", nil, err)
		w = mk(u, pat)
		_, err = w.Get(ctx, in, 1)
		show("wrong base PAT", nil, err)
	}
	for _, k := range []string{strings.Replace(legacyKey, "0", "1", 1), pat[:len(pat)-5] + "AAAAA"} {
		_, err = mk(base, k).Get(ctx, Projects, pid)
		show("wrong key", nil, err)
	}
	_, err = mk(strings.Replace(base, "http:", "https:", 1), legacyKey).Get(ctx, Projects, pid)
	show("https", nil, err)
	// renewal
	c.auth.(*personalToken).access = "expired"
	_, err = c.Get(ctx, Projects, pid)
	show("after expired token", nil, err)
	// legacy off
	_, err = c.Post(ctx, "api/jwt/settings", map[string]any{"api_tokens_enabled": true, "legacy_api_tokens_enabled": false})
	show("settings", nil, err)
	_, err = legacy.Get(ctx, Projects, pid)
	show("legacy off", nil, err)
	_, err = c.Post(ctx, "api/jwt/settings", map[string]any{"api_tokens_enabled": false, "legacy_api_tokens_enabled": true})
	_, err = c.Get(ctx, Projects, pid)
	show("PAT off", nil, err)
	_, err = legacy.Post(ctx, "api/jwt/settings", map[string]any{"api_tokens_enabled": true, "legacy_api_tokens_enabled": true})
	show("settings", nil, err)
	// clean
	n := 0
	for o, err := range quiet.List(ctx, Projects, nil) { if err == nil { defer quiet.Delete(ctx, Projects, o.ID()); n++ } }
	fmt.Println("to delete", n)
	_, err = legacy.post(ctx, "api/token/blacklist/", map[string]any{"refresh": pat})
	fmt.Println("blacklist", err)
	_, err = mk(base, pat).Get(ctx, Projects, pid)
	show("blacklisted", nil, err)
}
