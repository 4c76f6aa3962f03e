package acceptance_test

import (
	"context"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/acctest"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/browser"
)

func TestAccViewBrowserScratch(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	project, _ := labeled(s)
	view, grid := s.Instance(viewType), s.Instance(viewType)
	view.Apply(acctest.Values{"project": project, "title": "list", "filters": filtered(comparison{"tasks:data.text", "String", "not_contains", `"cat"`})}).Succeeds()
	grid.Apply(acctest.Values{"project": project, "title": "grid", "type": "grid"}).Succeeds()
	start := time.Now()
	tab := browser.Start(t)
	t.Log("started", time.Since(start))
	dump := func(name string) {
		url, err := chromedp.Run(tab, chromedp.Location())
		if err != nil { t.Error(err) }
		html, err := chromedp.Run(tab, chromedp.OuterHTML(chromedp.CSS("html")))
		if err != nil { t.Error(err) }
		png, err := chromedp.Run(tab, chromedp.CaptureScreenshot())
		if err != nil { t.Error(err) }
		t.Log(name, url, time.Since(start))
		os.WriteFile("/tmp/scratch.browser/"+name+".html", []byte(html), 0o600)
		os.WriteFile("/tmp/scratch.browser/"+name+".png", png, 0o600)
	}
	run := func(actions ...chromedp.Action[chromedp.Void]) {
		ctx, cancel := context.WithTimeout(tab, 20*time.Second)
		defer cancel()
		if err := chromedp.Do(ctx, actions...); err != nil {
			t.Error(err)
		}
	}
	if err := chromedp.Do(tab); err != nil {
		t.Fatal(err)
	}
	run(chromedp.Navigate(s.URL + "/user/login/"))
	dump("login")
	run(chromedp.SendKeys(chromedp.CSS(`input[name=email]`), s.Username), chromedp.SendKeys(chromedp.CSS(`input[name=password]`), s.Password), chromedp.Submit(chromedp.CSS(`input[name=password]`)), chromedp.Sleep(5*time.Second))
	dump("home")
	run(chromedp.Navigate(fmt.Sprintf("%s/projects/%d/data?tab=%d", s.URL, project, view.ID())), chromedp.Sleep(5*time.Second))
	dump("list")
	run(chromedp.Navigate(fmt.Sprintf("%s/projects/%d/data?tab=%d", s.URL, project, grid.ID())), chromedp.Sleep(5*time.Second))
	dump("grid")
}
