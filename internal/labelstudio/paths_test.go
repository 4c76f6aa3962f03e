package labelstudio

import "testing"

// Each path with what the server makes of it.
var paths = []struct{ raw, normal string }{
	{"/root/ds1", "/root/ds1"},
	{"/root/ds1/", "/root/ds1"},
	{"/root//ds1/./", "/root/ds1"},
	{"/root/ds2/../ds1", "/root/ds1"},
	{`\root\ds1\`, "/root/ds1"},
	{" /root/ds1\n", "/root/ds1"},
	{"/root/ds1 /", "/root/ds1"},
	{"/root/ds1/ / ", "/root/ds1"},
	{"//root/ds1", "//root/ds1"},
	{"///root/ds1", "/root/ds1"},
	{"//", "//"},
	{`\\host\share`, "//host/share"},
	{"//..", "//"},
	{"/", "/"},
	{"/..", "/"},
	{"", ""},
	{" ", ""},
	{".", "."},
	{"./", "."},
	{"a/..", "."},
	{"../a", "../a"},
	{"a/../../b", "../b"},
	{"~/a", "~/a"},
	{"/a/...", "/a/..."},
	{"/Ä/ß", "/Ä/ß"},
}

func TestSamePathIsTheServersNormalisation(t *testing.T) {
	t.Parallel()
	for _, test := range paths {
		if got := NormalPath(test.raw); got != test.normal {
			t.Errorf("NormalPath(%q) = %q, want %q", test.raw, got, test.normal)
		}
		for _, other := range paths {
			if SamePath(test.raw, other.raw) != (test.normal == other.normal) {
				t.Errorf("SamePath(%q, %q)", test.raw, other.raw)
			}
		}
	}
}

func TestPathWithin(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		path, other string
		within      bool
	}{
		{"/a/b", "/a", true},
		{"/a/", `\a`, true},
		{"/a/b/../..", "/a", false},
		{"/ab", "/a", false},
		{"/a", "/a/b", false},
		{"/a", "/", true},
		{"images", "", true},
	} {
		if PathWithin(test.path, test.other) != test.within {
			t.Errorf("PathWithin(%q, %q) is not %v", test.path, test.other, test.within)
		}
	}
}
