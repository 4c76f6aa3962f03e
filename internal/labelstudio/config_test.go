package labelstudio

import (
	"errors"
	"strings"
	"testing"
)

func TestSettingsAreChecked(t *testing.T) {
	t.Parallel()
	cert, key := newPair(t)
	_, otherKey := newPair(t)
	for _, test := range []struct {
		name    string
		change  func(*Config)
		setting string // that is wrong, or none
	}{
		{"fine", func(*Config) {}, ""},
		{"prefix", func(c *Config) { c.URL = " https://example.com/a/b//\n" }, ""},
		{"empty URL", func(c *Config) { c.URL = "" }, "url"},
		{"no scheme", func(c *Config) { c.URL = "example.com" }, "url"},
		{"host and port alone", func(c *Config) { c.URL = "localhost:8080" }, "url"},
		{"wrong scheme", func(c *Config) { c.URL = "ftp://example.com" }, "url"},
		{"no host", func(c *Config) { c.URL = "http://:80/x" }, "url"},
		{"query", func(c *Config) { c.URL = "http://example.com/?a=b" }, "url"},
		{"empty query", func(c *Config) { c.URL = "http://example.com?" }, "url"},
		{"fragment", func(c *Config) { c.URL = "http://example.com/#a" }, "url"},
		{"password", func(c *Config) { c.URL = "http://user:hidden@example.com" }, "url"},
		{"broken URL with password", func(c *Config) { c.URL = "http://user:hidden@example.com:x y" }, "url"},
		{"token", func(c *Config) { c.APIKey = "hidden token" }, "api_key"},
		{"header of the gateway's token", func(c *Config) { c.Headers = map[string]string{"authorization": "hidden"} }, ""},
		{"the same with a personal access token", func(c *Config) {
			c.APIKey, c.Headers = personal, map[string]string{"authorization": "hidden"}
		}, "http_headers"},
		{"header of another token", func(c *Config) { c.Headers = map[string]string{"X-API-KEY": "hidden"} }, "http_headers"},
		{"Host", func(c *Config) { c.Headers = map[string]string{"host": "hidden"} }, "http_headers"},
		{"line break in a header", func(c *Config) { c.Headers = map[string]string{"X-A": "hidden\nb"} }, "http_headers"},
		{"name of a header", func(c *Config) { c.Headers = map[string]string{"X A": "hidden"} }, "http_headers"},
		{"authority", func(c *Config) { c.CACert = "hidden" }, "ca_cert"},
		{"pair", func(c *Config) { c.ClientCert, c.ClientKey = cert, key }, ""},
		{"certificate without key", func(c *Config) { c.ClientCert = cert }, "client_cert"},
		{"key without certificate", func(c *Config) { c.ClientKey = key }, "client_cert"},
		{"key of another certificate", func(c *Config) { c.ClientCert, c.ClientKey = cert, otherKey }, "client_cert"},
		{"quoted URL", func(c *Config) { c.URL = `"http://example.com"` }, "url"},
		{"quoted token", func(c *Config) { c.APIKey = `"hidden"` }, "api_key"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			config := Config{URL: "http://example.com", APIKey: legacyKey}
			test.change(&config)
			_, err := New(config)
			wrong, ok := errors.AsType[*SettingError](err)
			if ok != (test.setting != "") || (err != nil) != (test.setting != "") {
				t.Fatalf("%v", err)
			}
			if wrong != nil && (wrong.Setting != test.setting || strings.Contains(err.Error(), "hidden")) {
				t.Errorf("%v", err)
			}
		})
	}
}
