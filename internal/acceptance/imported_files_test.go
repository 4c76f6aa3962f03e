package acceptance_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/acctest"
)

// expectImported syncs a storage and compares the names of the files that it has made tasks
// of, without the place that they are in.
func expectImported(s *acctest.Server, typeName string, config acctest.Values, place string, want ...string) {
	s.T.Helper()
	of := s.NewProject()
	s.Instance(typeName).Apply(withTrigger(config, "1").With(acctest.Values{"project": of, "use_blob_urls": true, "recursive_scan": true})).Succeeds()
	var found struct {
		Tasks []struct {
			File string `json:"storage_filename"`
		}
	}
	s.Call(http.MethodGet, fmt.Sprintf("/api/tasks/?project=%d&page_size=500", of), nil, &found)
	var got []string
	for _, task := range found.Tasks {
		got = append(got, strings.TrimPrefix(task.File, place))
	}
	if slices.Sort(got); !slices.Equal(got, want) {
		s.T.Errorf("the sync has imported %q, want %q", got, want)
	}
}

// hiddenFilter is the filter with which a guide leaves out hidden files.
func hiddenFilter(t *testing.T, guide, filter string) acctest.Values {
	t.Helper()
	page, err := os.ReadFile("../../templates/guides/" + guide)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(page), acctest.Quoted(filter)) {
		t.Errorf("the guide %s does not show the filter %s", guide, filter)
	}
	return acctest.Values{"regex_filter": filter}
}

func TestAccImportedFilesOfADirectoryAreThoseThatTheDocsName(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	folder, outside, linked := s.Folder(t, 0), s.Folder(t, 1), s.Folder(t, 0)
	s.MakeFolder(filepath.Join(folder, "inner"))
	s.MakeFolder(filepath.Join(folder, ".git"))
	for _, file := range []string{"a.txt", "a.b.txt", ".hidden", "inner/b.txt", "inner/.hidden", ".git/HEAD"} {
		acctest.AddFile(t, folder, file, "a task\n")
	}
	for link, target := range map[string]string{
		filepath.Join(folder, "linked.txt"): filepath.Join(outside, "0001.txt"),
		filepath.Join(folder, "linked"):     outside,
		filepath.Join(linked, "path"):       folder,
	} {
		if err := os.Symlink(target, link); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(linked, "path")
	expectImported(s, storageType, acctest.Values{"path": path}, path+"/",
		".git/HEAD", ".hidden", "a.b.txt", "a.txt", "inner/.hidden", "inner/b.txt", "linked.txt")
	expectImported(s, storageType, hiddenFilter(t, "local-files.md", "[^.].*").With(acctest.Values{"path": path}), path+"/",
		".git/HEAD", "a.b.txt", "a.txt", "inner/b.txt", "linked.txt")
}

func TestAccImportedFilesOfABucketAreThoseThatTheDocsName(t *testing.T) {
	t.Parallel()
	acctest.NeedsClouds(t)
	s := acctest.Start(t)
	place := s.PlaceFor("s3")
	for _, key := range []string{"a.txt", "a.b/b.txt", ".hidden", "inner/b.txt", "inner/.hidden", ".git/HEAD", "inner/.git/HEAD"} {
		place.Objects.Put(t, key, "a task\n")
	}
	expectImported(s, "labelstudio_s3_storage", place.Fields, "", ".git/HEAD", ".hidden", "a.b/b.txt", "a.txt", "inner/.git/HEAD", "inner/.hidden", "inner/b.txt")
	expectImported(s, "labelstudio_s3_storage", hiddenFilter(t, "which-storage.md", "(?!(.*/)?[.]).*").With(place.Fields), "", "a.b/b.txt", "a.txt", "inner/b.txt")
}
