package labelstudio

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"mime"
	"net/http"
	"regexp"
	"strings"
	"time"
)

// response is the whole response to a request.
type response struct {
	method, path string
	write        bool // the request may have changed something on the server
	enterprise   bool // the server is known to be of the Enterprise edition
	redirected   bool // the response comes from another address
	status       int
	header       http.Header
	body         []byte
	received     time.Time
	pause        time.Duration // asked for by the server
}

// object reads a response that must be a JSON object.
func (r *response) object() (Object, error) {
	var object Object
	if err := r.decode(&object); err != nil {
		return nil, err
	}
	if object == nil {
		return nil, r.unexpected("the response is null, not the object that is expected")
	}
	return object, nil
}

// decode reads a response that must be JSON.
func (r *response) decode(into any) error {
	switch {
	case r.isPage():
		reason := ReasonWebPage
		if r.redirected {
			reason = ReasonLogInPage
		}
		failed := r.unreadable(reason, describePage(r.body))
		failed.lost = false // the page is not Label Studio's
		return failed
	case len(bytes.TrimSpace(r.body)) == 0:
		return r.unexpected("the response is empty, not the JSON that is expected")
	}
	if err := json.Unmarshal(r.body, into); err != nil {
		failed := r.unexpected("the response is not the JSON that is expected")
		if !json.Valid(r.body) {
			failed = r.unreadable(ReasonBrokenJSON, fmt.Sprintf("the response of %d bytes is broken JSON: perhaps it was cut off", len(r.body)))
		}
		failed.Err = err
		return failed
	}
	return nil
}

// unreadable is an error for a successful response that cannot be understood. A
// write was probably carried out then.
func (r *response) unreadable(reason Reason, detail string) *Error {
	return &Error{Method: r.method, Path: r.path, Status: r.status, Reason: reason, Detail: detail, Enterprise: r.enterprise, lost: r.write}
}

// unexpected is an error for a successful response that is not Label Studio's, or
// not of a version that is known.
func (r *response) unexpected(detail string) *Error { return r.unreadable(ReasonUnexpected, detail) }

func (r *response) isPage() bool { return isPage(r.header, r.body) }

// isPage tells a web page. A content type alone is no proof, gateways send
// pages as text/plain.
func isPage(header http.Header, body []byte) bool {
	kind, _, _ := mime.ParseMediaType(header.Get("Content-Type"))
	return kind == "text/html" || bytes.HasPrefix(bytes.TrimSpace(body), []byte("<"))
}

var titleElement = regexp.MustCompile(`(?is)<title[^>]*>(.*?)</title>`)

// pageTitle is the title of a web page, empty if it has none.
func pageTitle(body []byte) string {
	match := titleElement.FindSubmatch(body[:min(len(body), 64<<10)])
	if match == nil {
		return ""
	}
	return strings.Join(strings.Fields(html.UnescapeString(string(match[1]))), " ")
}

// describePage says which page came, never what is on it.
func describePage(body []byte) string {
	if title := pageTitle(body); title != "" {
		return fmt.Sprintf("a web page %q instead of JSON", shorten(title, 100))
	}
	return "a web page instead of JSON"
}

// shorten cuts a text to a number of characters.
func shorten(text string, limit int) string {
	text = strings.ToValidUTF8(text, "\uFFFD")
	if runes := []rune(text); len(runes) > limit {
		return string(runes[:limit]) + "…"
	}
	return text
}
