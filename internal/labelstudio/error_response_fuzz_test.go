package labelstudio

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"unicode/utf8"
)

// mostText bounds what an error shows of a response that is not JSON.
const mostText = 1000

// FuzzErrorResponse reads the bodies of errors. None is without words, and no message
// gets lost.
func FuzzErrorResponse(f *testing.F) {
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
		resp := &response{write: true, method: http.MethodPost, path: "api/projects/", status: int(status), header: http.Header{"Content-Type": {kind}}, body: body}
		failed := resp.failure()
		text := failed.Error()
		bare := strings.TrimSpace(fmt.Sprintf("POST api/projects/: %d %s", status, http.StatusText(int(status))))
		if !strings.HasPrefix(text, bare+": ") || strings.TrimSpace(text) == bare+":" {
			t.Errorf("%q says nothing", text)
		}
		if !utf8.ValidString(text) {
			t.Errorf("%q is no text for Terraform", text)
		}
		if IsNotFound(failed) {
			t.Error("an object is not gone before somebody has looked whether the API is there")
		}
		if unsure := status > 501 || status == 500 && resp.isPage(); IsResponseLost(failed) != unsure {
			t.Errorf("%q: it is not known whether the server has acted: %v, want %v", text, !unsure, unsure)
		}
		if !json.Valid(body) || resp.isPage() {
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
