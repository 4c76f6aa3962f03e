package provider

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	// link finds the target of a link, except for those to other sites.
	link = regexp.MustCompile(`\]\(([^)\s:]+)\)`)
	// heading finds the text of a heading, and given the name of an anchor in HTML.
	heading = regexp.MustCompile(`(?m)^#+ (.+)$`)
	given   = regexp.MustCompile(`<a id="([^"]+)">`)
	// fence finds blocks of code, in which # is a comment.
	fence = regexp.MustCompile("(?ms)^```.*?^```$")
	// unanchored is what the name of an anchor leaves out of a heading.
	unanchored = regexp.MustCompile(`[^\p{L}\p{N} _-]`)
)

// anchors are the names by which a link can refer to a part of a page.
func anchors(page string) (names []string) {
	page = fence.ReplaceAllString(page, "")
	for _, match := range heading.FindAllStringSubmatch(page, -1) {
		name := strings.ToLower(unanchored.ReplaceAllString(match[1], ""))
		names = append(names, strings.ReplaceAll(name, " ", "-"))
	}
	for _, match := range given.FindAllStringSubmatch(page, -1) {
		names = append(names, match[1])
	}
	return names
}

// brokenLinks are the links of a file to files and anchors that do not exist.
func brokenLinks(t *testing.T, file string) (broken []string) {
	t.Helper()
	page := readPage(t, file)
	for _, match := range link.FindAllStringSubmatch(fence.ReplaceAllString(page, ""), -1) {
		path, anchor, _ := strings.Cut(match[1], "#")
		target := file
		if path != "" {
			target = filepath.Join(filepath.Dir(file), path)
		}
		if _, err := os.Stat(target); err != nil || anchor != "" && !slices.Contains(anchors(readPage(t, target)), anchor) {
			broken = append(broken, match[1])
		}
	}
	return broken
}

func readPage(t *testing.T, file string) string {
	t.Helper()
	content, err := os.ReadFile(file) //nolint:gosec // one of the repository
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func TestLinksOfTheDocumentationLeadToPagesAndAnchors(t *testing.T) {
	t.Parallel()
	const root = "../.."
	pages := []string{root + "/README.md", root + "/CONTRIBUTING.md", root + "/DESIGN.md", root + "/CHANGELOG.md"}
	for _, folder := range []string{"/docs", "/examples"} {
		err := filepath.WalkDir(root+folder, func(path string, _ fs.DirEntry, err error) error {
			if filepath.Ext(path) == ".md" {
				pages = append(pages, path)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, page := range pages {
		for _, target := range brokenLinks(t, page) {
			t.Errorf("%s links to %s, which does not exist", strings.TrimPrefix(page, root+"/"), target)
		}
	}
}

func TestBrokenLinksAreFound(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	write("other.md", "# Terraform 1.14 and `later`\n<a id=\"nested--a\"></a>\n```sh\n# Comment\n```\n")
	page := write("page.md", "# Here\n[a](other.md) [b](other.md#terraform-114-and-later) [c](#here) [d](other.md#nested--a) [e](https://example.com/x#y)\n"+
		"[f](missing.md) [g](#there) [h](other.md#comment)\n```\n[i](code.md)\n```\n")
	if broken := brokenLinks(t, page); !slices.Equal(broken, []string{"missing.md", "#there", "other.md#comment"}) {
		t.Errorf("the broken links are %q", broken)
	}
}
