package acceptance_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"time"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/acctest"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/proxy"
)

// patience is the request_timeout for what is slow. A server with all the work of
// the matrix needs up to a second for honest answers.
const patience = 4 * time.Second

// A trouble is a fault of the matrix.
type trouble struct {
	name string
	do   proxy.Action
	// repeated are the requests that are worth sending once more.
	repeated requests
	// cause and cure are what an error or a warning has to say.
	cause, cure string
	// personal tells that it is one of personal access tokens, slow that it is one of
	// request_timeout, and failing that the server says the same while a sync runs.
	personal, slow, failing bool
}

// requests are a class of requests.
type requests int

const (
	none     requests = iota
	harmless          // all but POST
	every
)

// troubles are the rows of the matrix.
func troubles(s *acctest.Server) []trouble {
	answer := func(status int, detail string, headers ...string) proxy.Action {
		const body = `{"id":"x","status_code":%d,"version":"1.23.2","detail":%q,"exc_info":null}`
		return proxy.Respond(status, fmt.Sprintf(body, status, detail), append(headers, "Content-Type", jsonType)...)
	}
	page := func(status int, title string) proxy.Action {
		return proxy.Respond(status, "<html><head><title>"+title+"</title></head></html>", "Content-Type", "text/html")
	}
	encrypted := httptest.NewTLSServer(s.Proxy)
	s.T.Cleanup(encrypted.Close)
	toHTTPS := func(w http.ResponseWriter, r *http.Request, forward http.Handler) {
		proxy.Redirect(http.StatusMovedPermanently, encrypted.URL+r.URL.RequestURI())(w, r, forward)
	}
	half := func(body []byte) []byte { return body[:len(body)/2] }
	unknownToken := "Token " + strings.Repeat("0", 40)

	return []trouble{
		{name: "429 with Retry-After", do: answer(429, "Request was throttled.", "Retry-After", "1"), repeated: every, cause: "throttled", cure: "-parallelism"},
		{name: "429 without Retry-After", do: answer(429, "Request was throttled."), repeated: every, cause: "throttled", cure: "-parallelism"},
		{name: "500", do: answer(500, "something broke"), failing: true, cause: "something broke", cure: "look at the server's log"},
		{name: "502", do: page(502, "502 Bad Gateway"), repeated: harmless, cause: "502 Bad Gateway", cure: "Check that Label Studio runs"},
		{name: "503", do: page(503, "503 Service Unavailable"), repeated: harmless, cause: "503 Service Unavailable", cure: "Check that Label Studio runs"},
		{name: "504", do: page(504, "504 Gateway Time-out"), repeated: harmless, cause: "504 Gateway Timeout", cure: "raise the gateway's time limit"},
		{name: "connection reset before the server acted", do: proxy.ResetBefore(), repeated: harmless, cause: "the connection broke", cure: "Check that Label Studio runs"},
		{name: "connection reset after the server acted", do: proxy.ResetAfter(), repeated: harmless, cause: "the connection broke", cure: "Check that Label Studio runs"},
		{name: "slow headers", do: proxy.SlowHeaders(patience + time.Second), slow: true, repeated: harmless, cause: "no response from", cure: "raise request_timeout"},
		{name: "slow body", do: proxy.SlowBody(patience + time.Second), slow: true, repeated: harmless, cause: "no response from", cure: "raise request_timeout"},
		{name: "truncated JSON", do: proxy.RewriteBody(half), cause: "broken JSON", cure: "look at the gateway's log"},
		{name: "wrong JSON types", do: proxy.RewriteBody(wrongTypes), cause: "id", cure: "Label Studio doesn't send such a response"},
		{name: "HTML page", do: page(200, "Sign in"), cause: `a web page "Sign in"`, cure: "`url` may be that of a log-in page"},
		{name: "answer of 100 MB", do: proxy.HugeBody(100 << 20), cause: "larger than 32 MiB", cure: "Check that url leads to Label Studio"},
		{name: "redirect to another host", do: proxy.Redirect(302, "https://sso.example.com/login"), cause: "redirects to https://sso.example.com/login", cure: "the log-in page of a gateway"},
		{name: "redirect from http to https", do: toHTTPS, cause: "redirects to " + encrypted.URL, cure: "Set `url` to the final address of Label Studio"},
		// The server takes an expired one for none.
		{name: "expired access token", do: proxy.WithAuthorization(""), repeated: every, personal: true, cause: "access token is refused", cure: "disabled in the organization's API Tokens Settings"},
		{name: "revoked token", do: proxy.WithAuthorization(unknownToken), cause: "Invalid token.", cure: "Check that api_key and url belong to the same server"},
		{name: "SQLite locked", do: answer(500, "database is locked"), failing: true, repeated: harmless, cause: "database is locked", cure: "use a smaller -parallelism"},
	}
}

// wrongTypes makes objects of titles and ids.
func wrongTypes(body []byte) []byte {
	return regexp.MustCompile(`"(title|id)":("[^"]*"|\d+)`).ReplaceAll(body, []byte(`"$1":{}`))
}
