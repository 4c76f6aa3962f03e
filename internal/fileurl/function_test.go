package fileurl

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// call is what local_file_url gives, and its error.
func call(t *testing.T, root, path string, hosts ...string) (string, *function.FuncError) {
	t.Helper()
	elements, values := make([]attr.Type, len(hosts)), make([]attr.Value, len(hosts))
	for i, host := range hosts {
		elements[i], values[i] = types.StringType, types.StringValue(host)
	}
	resp := function.RunResponse{Result: function.NewResultData(types.StringUnknown())}
	NewFunction().Run(t.Context(), function.RunRequest{
		Arguments: function.NewArgumentsData([]attr.Value{types.StringValue(root), types.StringValue(path), types.TupleValueMust(elements, values)}),
	}, &resp)
	url, _ := resp.Result.Value().(types.String)
	return url.ValueString(), resp.Error
}

func TestTheURLIsThatOfASync(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, root, path, relative string }{
		{"plain", "/files", "/files/cat.jpg", "cat.jpg"},
		{"nested", "/files", "/files/animals/2024/cat.jpg", "animals/2024/cat.jpg"},
		{"space", "/files", "/files/a cat.jpg", "a%20cat.jpg"},
		{"plus, ampersand and hash", "/files", "/files/a+b&c#d.jpg", "a%2Bb%26c%23d.jpg"},
		{"percent sign", "/files", "/files/100%20.jpg", "100%2520.jpg"},
		{"Unicode", "/files", "/files/Käse 猫.jpg", "K%C3%A4se%20%E7%8C%AB.jpg"},
		{"what is never escaped", "/files", "/files/a_b.c-d~e.jpg", "a_b.c-d~e.jpg"},
		{"root with a slash at its end", "/files/", "/files/cat.jpg", "cat.jpg"},
		{"the whole file system as root", "/", "/files/cat.jpg", "files/cat.jpg"},
		{"root with a space, which is not in the URL", "/my files", "/my files/cat.jpg", "cat.jpg"},
		{"dots", "/files", "/files/./a/../cat.jpg", "cat.jpg"},
		{"Windows", `C:\files`, `C:\files\animals\cat.jpg`, "animals/cat.jpg"},
		{"Windows with slashes in one", `C:\files\`, "C:/files/cat.jpg", "cat.jpg"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			url, err := call(t, test.root, test.path)
			if want := "/data/local-files/?d=" + test.relative; err != nil || url != want {
				t.Errorf("got %q, %v; want %q", url, err, want)
			}
		})
	}
}

func TestTheURLBeginsWithTheHost(t *testing.T) {
	t.Parallel()
	for host, want := range map[string]string{
		"":                                    "",
		"https://example.com/label-studio":    "https://example.com/label-studio",
		"https://example.com/label-studio/":   "https://example.com/label-studio",
		" http://label-studio.internal:8080 ": "http://label-studio.internal:8080",
		"/label-studio":                       "/label-studio",
		"/":                                   "",
	} {
		url, err := call(t, "/files", "/files/a cat.jpg", host)
		if want += "/data/local-files/?d=a%20cat.jpg"; err != nil || url != want {
			t.Errorf("%q: got %q, %v; want %q", host, url, err, want)
		}
	}
}

func TestAHostThatIsNoneIsAnErrorOfItsArgument(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		hosts    []string
		argument int64
		says     string
	}{
		{[]string{"example.com/label-studio"}, 2, "must start with http:// or https://"},
		{[]string{"label-studio"}, 2, "starts with one slash, as in /label-studio"},
		{[]string{"//example.com"}, 2, "must start with http:// or https://"},
		{[]string{"https:///label-studio"}, 2, "name a host"},
		{[]string{"https://example.com/?d="}, 2, "a query or a fragment"},
		{[]string{"/label-studio#top"}, 2, "a query or a fragment"},
		{[]string{"/label-studio", "/label-studio"}, 3, "at most one host"},
	} {
		url, err := call(t, "/files", "/files/cat.jpg", test.hosts...)
		if err == nil || err.FunctionArgument == nil || *err.FunctionArgument != test.argument || !strings.Contains(err.Text, test.says) {
			t.Errorf("%q: got %q, %+v; want argument %d: %s", test.hosts, url, err, test.argument, test.says)
		}
	}
}

func TestAPathWithoutURLIsAnErrorOfItsArgument(t *testing.T) {
	t.Parallel()
	const outside, relative = "the file has to lie below the document root", "the path has to be absolute"
	for _, test := range []struct {
		name, root, path string
		argument         int64
		says             string
	}{
		{"elsewhere", "/files", "/other/cat.jpg", 1, outside},
		{"beside, with the same beginning", "/files", "/files2/cat.jpg", 1, outside},
		{"out by dots", "/files", "/files/../cat.jpg", 1, outside},
		{"the root itself", "/files", "/files/", 1, outside},
		{"another drive", `C:\files`, `D:\files\cat.jpg`, 1, outside},
		{"relative path", "/files", "cat.jpg", 1, relative},
		{"empty path", "/files", "", 1, relative},
		{"relative path with a colon", "/files", "a:b/cat.jpg", 1, relative},
		{"relative root", "files", "/files/cat.jpg", 0, relative},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			url, err := call(t, test.root, test.path)
			if err == nil || err.FunctionArgument == nil || *err.FunctionArgument != test.argument || !strings.Contains(err.Text, test.says) {
				t.Errorf("got %q, %+v; want argument %d: %s", url, err, test.argument, test.says)
			}
		})
	}
}
