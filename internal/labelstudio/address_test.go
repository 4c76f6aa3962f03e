package labelstudio

import (
	"strings"
	"testing"
)

func TestAnAddressThatIsNotWholeIsExplained(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"http://localhost":               "",
		" HTTPS://example.com:8080/a?b ": "",
		"http://[::1]:8080":              "",
		"":                               "must start with http:// or https://",
		"192.168.1.5:8080":               "must start with http:// or https://",
		"localhost:8080":                 "must start with http:// or https://",
		"example.com":                    "must start with http:// or https://",
		"//example.com":                  "must start with http:// or https://",
		"http:/example.com":              "must start with http:// or https://",
		"ftp://example.com":              "must start with http:// or https://",
		"http://":                        "name a host",
		"http://:8080":                   "name a host",
		`"http://example.com"`:           "take them out",
		"'http://example.com'":           "take them out",
		"http://hidden:b c":              "is not a valid address",
	} {
		if got := AddressProblem(address); !strings.Contains(got, want) || (got == "") != (want == "") || strings.Contains(got, "hidden") {
			t.Errorf("%q: got %q, want %q", address, got, want)
		}
	}
}
