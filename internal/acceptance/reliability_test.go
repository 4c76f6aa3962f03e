package acceptance_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// The page "Reliability" says what we promise, and which tests hold it.

func reliability(t *testing.T) string {
	t.Helper()
	page, err := os.ReadFile("../../templates/guides/reliability.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(page)
}

func TestThePageOnReliabilityNamesTestsThatExist(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("*_test.go")
	if err != nil {
		t.Fatal(err)
	}
	var tests strings.Builder
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		tests.Write(content)
	}
	named := regexp.MustCompile("`(TestAcc\\w+)`").FindAllStringSubmatch(reliability(t), -1)
	if len(named) == 0 {
		t.Error("the page names no test")
	}
	for _, name := range named {
		if !strings.Contains(tests.String(), "\nfunc "+name[1]) {
			t.Errorf("the page names %s, and no test begins so", name[1])
		}
	}
}

func TestThePageOnReliabilityShowsTheFaultMatrix(t *testing.T) {
	t.Parallel()
	matrix, err := os.ReadFile("testdata/faults.md")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(reliability(t), string(matrix)) {
		t.Error("the page lacks the table of testdata/faults.md: put it there, and run make docs")
	}
}

func TestThePageOnReliabilityShowsARunWithoutFailureForEachServer(t *testing.T) {
	t.Parallel()
	script, err := os.ReadFile("../../.ci/testacc-matrix")
	if err != nil {
		t.Fatal(err)
	}
	_, servers, _ := strings.Cut(string(script), "<<END\n")
	servers, _, _ = strings.Cut(servers, "END\n")
	if servers == "" {
		t.Error("the matrix has no servers")
	}
	page := reliability(t)
	for server := range strings.Lines(servers) {
		release, stack, _ := strings.Cut(strings.TrimSpace(server), " ")
		release = strings.Replace(regexp.QuoteMeta(release), `\$newest`, `[\d.]+`, 1)
		if run := regexp.MustCompile(`(?m)^\| ` + release + ` \| ` + stack + ` \| [1-9]\d* \| \d+ \| 0 \| \d+ \|$`); !run.MatchString(page) {
			t.Errorf("the page lacks a row like %s", run)
		}
	}
}
