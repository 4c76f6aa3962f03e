package labelstudio

import (
	"fmt"
	"path"
	"regexp"
	"strings"
)

// SamePath compares paths of local files, which the server normalises.
func SamePath(a, b string) bool {
	return NormalPath(a) == NormalPath(b)
}

// PathWithin tells whether a path, or a prefix of keys, is equal to another or below
// it. Every path is below the empty one.
func PathWithin(path, other string) bool {
	below, above := NormalPath(path), NormalPath(other)
	return above == "" || below == above || strings.HasPrefix(below, strings.TrimSuffix(above, "/")+"/")
}

// A server may run on Windows, and every server accepts backslashes.
var absolutePath = regexp.MustCompile(`^\s*([/\\]|[A-Za-z]:[/\\])`)

// IsAbsolutePath tells whether a path of local files is absolute on some server.
func IsAbsolutePath(path string) bool { return absolutePath.MatchString(path) }

// LocalFileURL is the URL, from the server's root, of a file below the document
// root, in the spelling that a sync gives it. It reports whether the file is
// below the root.
func LocalFileURL(root, file string) (string, bool) {
	root, file = NormalPath(root), NormalPath(file)
	if root == file || !PathWithin(file, root) {
		return "", false
	}
	relative := strings.TrimPrefix(strings.TrimPrefix(file, root), "/")
	return "/data/local-files/?d=" + quote(relative), true
}

// quote is Python's urllib.parse.quote.
func quote(text string) string {
	var quoted strings.Builder
	for _, b := range []byte(text) {
		switch {
		case b >= 'a' && b <= 'z', b >= 'A' && b <= 'Z', b >= '0' && b <= '9', strings.IndexByte("_.-~/", b) >= 0:
			quoted.WriteByte(b)
		default:
			fmt.Fprintf(&quoted, "%%%02X", b)
		}
	}
	return quoted.String()
}

// NormalPath is a path as the server keeps it: normalize_storage_path of the server
// (io_storages/localfiles). Python's os.path.normpath keeps two leading slashes, but
// not three.
func NormalPath(text string) string {
	text = strings.ReplaceAll(Strip(text), `\`, "/")
	if text == "" {
		return ""
	}
	clean := path.Clean(text)
	if strings.HasPrefix(text, "//") && !strings.HasPrefix(text, "///") {
		clean = "/" + clean
	}
	if Strip(clean) != clean { // the server normalises more than once before it saves a path
		return NormalPath(clean)
	}
	return clean
}
