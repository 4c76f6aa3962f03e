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
	status       int
	header       http.Header
	body         []byte
	received     time.Time
	pause        time.Duration // asked for by the server
}

// perhapsAnother goes with responses that are no web page and not Label Studio's either.
const perhapsAnother = ": perhaps it is not Label Studio that answers at `url`"

// object reads a response that must be a JSON object.
func (r *response) object() (Object, error) {
	var object Object
	if err := r.decode(&object); err != nil {
		return nil, err
	}
	if object == nil {
		return nil, r.unreadable("the answer is null, where an object is expected" + perhapsAnother)
	}
	return object, nil
}

// decode reads a response that must be JSON.
func (r *response) decode(into any) error {
	switch {
	case r.isPage():
		failed := r.unreadable(describePage(r.body) + "; `url` may be that of a log-in page or a gateway instead of Label Studio's")
		failed.lost = false // it was not Label Studio that answered
		return failed
	case len(bytes.TrimSpace(r.body)) == 0:
		return r.unreadable("the answer is empty, where JSON is expected" + perhapsAnother)
	}
	if err := json.Unmarshal(r.body, into); err != nil {
		failed := r.unreadable("the answer is not the JSON that is expected" + perhapsAnother)
		if !json.Valid(r.body) {
			failed.Detail = fmt.Sprintf("the answer of %d bytes is broken JSON: perhaps it was cut off", len(r.body))
		}
		failed.Err = err
		return failed
	}
	return nil
}

// unreadable is an error for a successful response that cannot be understood. A
// write was probably carried out then.
func (r *response) unreadable(detail string) *Error {
	return &Error{Method: r.method, Path: r.path, Status: r.status, Detail: detail, lost: r.write}
}

func (r *response) isPage() bool { return isPage(r.header, r.body) }

// isPage tells a web page. A content type alone is no proof, gateways send
// pages as text/plain.
func isPage(header http.Header, body []byte) bool {
	kind, _, _ := mime.ParseMediaType(header.Get("Content-Type"))
	return kind == "text/html" || bytes.HasPrefix(bytes.TrimSpace(body), []byte("<"))
}

var pageTitle = regexp.MustCompile(`(?is)<title[^>]*>(.*?)</title>`)

// describePage says which page came, never what is on it.
func describePage(body []byte) string {
	match := pageTitle.FindSubmatch(body[:min(len(body), 64<<10)])
	if match == nil {
		return "a web page instead of JSON"
	}
	title := strings.Join(strings.Fields(html.UnescapeString(string(match[1]))), " ")
	return fmt.Sprintf("a web page %q instead of JSON", shorten(title, 100))
}

// shorten cuts a text to a number of characters.
func shorten(text string, limit int) string {
	text = strings.ToValidUTF8(text, "\uFFFD")
	if runes := []rune(text); len(runes) > limit {
		return string(runes[:limit]) + "…"
	}
	return text
}
