package labelstudio

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"unicode/utf8"
)

// mostText bounds what an error shows of an answer that is no JSON.
const mostText = 1000

// FuzzRefusal reads the bodies of errors. None is without words, and no message
// gets lost.
func FuzzRefusal(f *testing.F) {
	for i, seed := range []string{
		`{"status_code":400,"detail":"Validation error","validation_errors":{"a":{"0":["x"]}}}`, `{"message":"m"}`, `[[["x"]]]`,
		`{"detail":{"a":1}}`, `{"validation_errors":7,"status_code":1}`, `null`, `"`, "\xff\xfe", "<title>", `{"":[""]}`,
		`{"label_config":["a","b"],"x":{"y":["c"]}}`, `{"validation_errors":{"detail":"a","":{"":["b",{"c":null,"d":true}]}},"detail":" "}`,
		"<html><title>Server Error (500)</title>", `{"detail":"a","validation_errors":["b\nc"]}`, "\ufeff{}", "{\"detail\":\"\x00\"}",
	} {
		f.Add(uint16(400+50*i), "application/json", []byte(seed))
		f.Add(uint16(500), "text/html; charset=utf-8", []byte(seed))
	}
	f.Fuzz(func(t *testing.T, status uint16, kind string, body []byte) {
		if status < 300 || status > 599 {
			return
		}
		a := &answer{method: http.MethodPost, path: "api/projects/", status: int(status), header: http.Header{"Content-Type": {kind}}, body: body}
		refused := a.refusal()
		text := refused.Error()
		bare := strings.TrimSpace(fmt.Sprintf("POST api/projects/: %d %s", status, http.StatusText(int(status))))
		if !strings.HasPrefix(text, bare+": ") || strings.TrimSpace(text) == bare+":" {
			t.Errorf("%q says nothing", text)
		}
		if !utf8.ValidString(text) {
			t.Errorf("%q is no text for Terraform", text)
		}
		if IsNotFound(refused) {
			t.Error("an object is not gone before somebody has looked whether the API is there")
		}
		if unsure := status > 501 || status == 500 && a.isPage(); IsAnswerLost(refused) != unsure {
			t.Errorf("%q: it is not known whether the server has acted: %v, want %v", text, !unsure, unsure)
		}
		if !json.Valid(body) || a.isPage() {
			if len(text) > len(bare)+4*mostText {
				t.Errorf("the error has %d bytes", len(text))
			}
			return
		}
		for _, message := range messages(body) {
			if !strings.Contains(text, message) {
				t.Errorf("%q lacks %q of %q", text, message, body)
			}
		}
	})
}

// messages are the texts that an error body holds: below validation_errors when it
// has the server's envelope or its own words, everywhere when it has not.
func messages(body []byte) []string {
	var said any
	if json.Unmarshal(body, &said) != nil {
		return nil
	}
	var found []string
	var walk func(any)
	walk = func(value any) {
		switch value := value.(type) {
		case string:
			if strings.TrimSpace(value) != "" {
				found = append(found, value)
			}
		case []any:
			for _, element := range value {
				walk(element)
			}
		case map[string]any:
			for _, element := range value {
				walk(element)
			}
		}
	}
	object, isObject := said.(map[string]any)
	_, enveloped := object["status_code"]
	for _, name := range []string{"detail", "message", "error"} {
		text, isText := object[name].(string)
		enveloped = enveloped || isText && text != ""
	}
	switch {
	case isObject && enveloped:
		walk(object["validation_errors"])
	default:
		walk(said)
	}
	return found
}

// FuzzAnswer reads what should be an object or a list of them.
func FuzzAnswer(f *testing.F) {
	for _, seed := range []string{
		`{"id":1,"title":"a","created_at":"2026-11-24T03:03:24.607426Z"}`, `{"id":1e3}`, `{"id":"1"}`, `{"id":9223372036854775808}`, `{"id":1,"id":2}`, `{"Id":1}`,
		`[{"id":1},null,{"id":1}]`, `{"results":[{"id":1},{"id":1}],"next":"x"}`, `{"results":null}`, `{"results":{}}`, `null`, ``, `  `, `[`, `"x"`, `7`,
		"<html><title>Sign in</title>", "\ufeff{}", "{\"title\":\"\xff\"}", `{"message":"no Route matched"}`,
	} {
		f.Add("application/json", []byte(seed))
		f.Add("text/html", []byte(seed))
	}
	f.Fuzz(func(t *testing.T, kind string, body []byte) {
		a := &answer{method: http.MethodGet, path: "api/projects/1/", status: http.StatusOK, header: http.Header{"Content-Type": {kind}}, body: body}
		object, err := a.object()
		if (object == nil) == (err == nil) {
			t.Fatalf("%v, %v", object, err)
		}
		if err != nil && (len(err.Error()) > mostText || !utf8.ValidString(err.Error()) || IsNotFound(err)) {
			t.Errorf("%v", err)
		}
		if err == nil {
			if !json.Valid(body) || a.isPage() {
				t.Errorf("%q is taken for an object", body)
			}
			for name := range object {
				if text := object.Text(name); !utf8.ValidString(text) || text != "" && object[name][0] != '"' {
					t.Errorf("%q is the text %q", object[name], text)
				}
				if number := object.Int(name); number != 0 && json.Number(object[name]).String() != fmt.Sprint(number) && !strings.ContainsAny(string(object[name]), "eE.") {
					t.Errorf("%q is the number %d", object[name], number)
				}
			}
			_ = object.createdAt()
		}

		list, err := a.list()
		if err != nil && (len(err.Error()) > mostText || !utf8.ValidString(err.Error()) || len(list.objects) > 0) {
			t.Errorf("%v, %v", list, err)
		}
		if err == nil && (!json.Valid(body) || a.isPage()) {
			t.Errorf("%q is taken for a list", body)
		}
		for _, object := range list.objects {
			_ = object.ID()
		}
	})
}
