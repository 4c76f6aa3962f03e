package labelstudio

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"mime"
	"net/http"
	"regexp"
	"strings"
	"time"
)

// answer is what the server said, whole.
type answer struct {
	method, path string
	status       int
	header       http.Header
	body         []byte
	received     time.Time
	pause        time.Duration // asked for by the server
}

func readAnswer(method, path string, response *http.Response) (*answer, error) {
	body, err := io.ReadAll(response.Body)
	if closeErr := response.Body.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return nil, &Error{Method: method, Path: path, Err: err}
	}
	return &answer{
		method: method, path: path,
		status: response.StatusCode, header: response.Header, body: body,
		received: time.Now(), pause: retryAfter(response),
	}, nil
}

// perhapsAnother goes with answers that are no web page and not Label Studio's either.
const perhapsAnother = ": perhaps it is not Label Studio that answers at `url`"

// object reads an answer that must be a JSON object.
func (a *answer) object() (Object, error) {
	var object Object
	if err := a.decode(&object); err != nil {
		return nil, err
	}
	if object == nil {
		return nil, a.unreadable("the answer is null, where an object is expected" + perhapsAnother)
	}
	return object, nil
}

// decode reads an answer that must be JSON.
func (a *answer) decode(into any) error {
	switch {
	case a.isPage():
		failed := a.unreadable(describePage(a.body) + "; `url` may be that of a log-in page or a gateway instead of Label Studio's")
		failed.lost = false // it was not Label Studio that answered
		return failed
	case len(bytes.TrimSpace(a.body)) == 0:
		return a.unreadable("the answer is empty, where JSON is expected" + perhapsAnother)
	}
	if err := json.Unmarshal(a.body, into); err != nil {
		failed := a.unreadable("the answer is not the JSON that is expected" + perhapsAnother)
		if !json.Valid(a.body) {
			failed.Detail = fmt.Sprintf("the answer of %d bytes is broken JSON: perhaps it was cut off", len(a.body))
		}
		failed.Err = err
		return failed
	}
	return nil
}

// unreadable is an error for a successful answer that cannot be understood. A
// write was probably carried out then.
func (a *answer) unreadable(detail string) *Error {
	return &Error{
		Method: a.method, Path: a.path, Status: a.status, Detail: detail,
		lost: changes(a.method, a.path),
	}
}

func (a *answer) isPage() bool { return isPage(a.header, a.body) }

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
