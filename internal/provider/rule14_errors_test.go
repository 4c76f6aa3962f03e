package provider_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest"
)

// ownServer is a server that the test may misconfigure.
func ownServer(t *testing.T, env ...string) *stack {
	t.Helper()
	return startOn(t, started(t, labelstudiotest.Options{Env: env}))
}

// started is a server that goes with the test.
func started(t *testing.T, options labelstudiotest.Options) *labelstudiotest.Server {
	t.Helper()
	skipUnlessAcceptance(t)
	own, err := labelstudiotest.Start(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := own.Stop(); err != nil {
			t.Error(err)
		}
	})
	return own
}

// withKey is a configuration with another api_key.
func (s *stack) withKey(key, body string) string {
	return fmt.Sprintf("provider \"labelstudio\" {\n  url     = %q\n  api_key = %q\n  retries = 0\n}\n%s", s.proxy.URL, key, body)
}

const (
	cantCreateProject = "Can't create the project"
	cantCreateStorage = "Can't create the local storage"
)

func TestAccRule14ServingThatIsDisabledNamesTheVariable(t *testing.T) {
	s := ownServer(t, "LABEL_STUDIO_LOCAL_FILES_SERVING_ENABLED=false")
	storage := storageIn(s.newProject(), "test", s.Folder(t, 0))
	cure := "Set LABEL_STUDIO_LOCAL_FILES_SERVING_ENABLED=true"
	tf := s.cli()
	tf.plan(s.checking(storage)).warns("path", "The server would refuse the storage now", cure)
	tf.apply(s.config(storage)).fails("path", cantCreateStorage, cure, "restart the server")
}

func TestAccRule14StoragesThatAreSwitchedOffAreNoMissingObject(t *testing.T) {
	s := ownServer(t)
	tf := s.cli()
	config := s.config(storageIn(s.newProject(), "test", s.Folder(t, 0)))
	tf.apply(config).succeeds()
	if err := s.Restart(t.Context(), labelstudiotest.Options{Env: []string{"ENABLE_LOCAL_FILES_STORAGE=false"}}); err != nil {
		t.Fatal(err)
	}
	tf.plan(config).fails("resource \"labelstudio_local_storage\" \"test\" {", "Can't read the local storage", "ENABLE_LOCAL_FILES_STORAGE=false")
	if err := s.Restart(t.Context(), labelstudiotest.Options{}); err != nil {
		t.Fatal(err)
	}
	tf.plan(config).succeeds()
}

func TestAccRule14ARefusedTokenSaysWhatToDo(t *testing.T) {
	s := ownServer(t)
	legacy, personal := s.LegacyToken, s.PersonalAccessToken
	refused := func(key string, texts ...string) {
		t.Helper()
		s.cli().apply(s.withKey(key, project())).fails(projectBlock, cantCreateProject, texts...)
	}
	refused(strings.Repeat("0", 40), "Check that api_key and url belong to the same server")
	header, rest, _ := strings.Cut(personal, ".")
	payload, _, _ := strings.Cut(rest, ".")
	refused(header+"."+payload+".c2lnbmF0dXJl", "it was cut off when it was copied, or belongs to another server")

	settings := func(legacy, personal bool) {
		t.Helper()
		s.call(http.MethodPost, "/api/jwt/settings", map[string]bool{"legacy_api_tokens_enabled": legacy, "api_tokens_enabled": personal}, nil)
	}
	settings(true, false)
	refused(personal, "personal access tokens may be disabled in the organization")
	settings(false, true)
	refused(legacy, "the organization has legacy tokens switched off", "Use a personal access token")
	s.LegacyToken = "" // for call
	settings(true, true)
	s.call(http.MethodPost, "/api/token/blacklist/", map[string]string{"refresh": personal}, nil)
	refused(personal, "was revoked or rotated", "Create a new one")
}

// projectBlock is what a message lands on that is about no attribute.
const projectBlock = `resource "labelstudio_project" "test" {`

func TestAccRule14AWebPageInsteadOfJSONPointsToURL(t *testing.T) {
	s := start(t)
	page := labelstudiotest.Respond(http.StatusOK, "<html><head><title>Sign in</title></head></html>", "Content-Type", "text/html")
	s.proxy.Inject(labelstudiotest.Fault{Do: page})
	s.cli().apply(s.config(project())).fails(projectBlock, cantCreateProject, `a web page "Sign in" instead of JSON`, "`url` may be that of a log-in page")
}

func TestAccRule14AWrongPathPrefixPointsToURL(t *testing.T) {
	s := start(t)
	config := strings.Replace(s.config(project()), s.proxy.URL, s.proxy.URL+"/wrong", 1)
	s.cli().apply(config).fails(projectBlock, cantCreateProject, "no Label Studio API at "+s.proxy.URL+"/wrong", "check `url` and its path prefix")
}

func TestAccRule14AnUnreachableServerIsNamed(t *testing.T) {
	s := start(t)
	s.proxy.Close()
	s.cli().apply(s.configWith("retries = 0", project())).fails(projectBlock, cantCreateProject, "cannot reach "+s.proxy.URL)
}

func TestAccRule14ALockedDatabaseSuggestsLessParallelism(t *testing.T) {
	s := start(t)
	locked := labelstudiotest.Respond(http.StatusInternalServerError, `{"status_code":500,"detail":"database is locked"}`, "Content-Type", "application/json")
	s.proxy.Inject(labelstudiotest.Fault{Method: http.MethodPost, Do: locked})
	s.cli().apply(s.config(project())).fails(projectBlock, cantCreateProject, "SQLite", "smaller -parallelism")
}

func TestAccRule14AFailedSyncSaysWhatToChange(t *testing.T) {
	s := start(t)
	const failed = "Sync of the storage did not succeed"
	id := s.newProject()
	for name, test := range map[string]struct{ file, content, setting, attribute, cure string }{
		"pictures as tasks":  {"cat.jpg", "x", "use_blob_urls = false", "use_blob_urls", "set use_blob_urls = true"},
		"a file of no tasks": {"tasks.json", `"a text"`, "use_blob_urls = false", "use_blob_urls", "a JSON object or a list of them"},
		"a wrong regex":      {"cat.jpg", "x", `regex_filter = "["`, "regex_filter", "Python's re module"},
	} {
		t.Run(name, func(t *testing.T) {
			s := start(t)
			folder := s.Folder(t, 0)
			labelstudiotest.WriteFile(t, filepath.Join(folder, test.file), test.content)
			tf := s.cli()
			config := s.config(storageIn(id, "test", folder, test.setting, `sync_triggers = { now = "1" }`))
			tf.apply(config).warns(test.attribute, failed, test.cure, "sync_pending is true")
			tf.apply(config).fails(test.attribute, failed, test.cure)
		})
	}
}

func TestAccRule14AFolderThatVanishedBeforeTheSyncIsExplained(t *testing.T) {
	s := start(t)
	folder := s.Folder(t, 1)
	tf := s.cli()
	config := s.config(storageIn(s.newProject(), "test", folder, "use_blob_urls = true", `sync_triggers = { now = "1" }`))
	tf.apply(config).succeeds()
	if err := os.RemoveAll(folder); err != nil {
		t.Fatal(err)
	}
	// The server answers 500, but it is the user who can do something.
	tf.apply(strings.Replace(config, `"1"`, `"2"`, 1)).
		fails("path", "Sync of the storage did not succeed", "does not exist", "inside a container it is the path inside the container")
}

func TestAccRule14AFieldThatTheServerRefusesIsTheAttributeOfTheError(t *testing.T) {
	s := start(t)
	s.cli().apply(s.config(storageIn(1<<40, "test", s.Folder(t, 0)))).fails("project", cantCreateStorage, "object does not exist")
	s.cli().apply(s.config(project(`label_config = "<View>"`))).fails("label_config", cantCreateProject, "not well-formed XML")
	tf := s.cli()
	tf.apply(s.config(project())).succeeds()
	tf.apply(s.config(project(`label_config = "<View>"`))).fails("label_config", "Can't update the project", "not well-formed XML")
}

func TestAccRule14NoErrorOnlyNamesAStatus(t *testing.T) {
	s := start(t)
	for _, body := range []string{"", "{}", `{"detail":""}`, `[]`, "null"} {
		s.proxy.Inject(labelstudiotest.Fault{Method: http.MethodPost, Times: 1, Do: labelstudiotest.Respond(http.StatusBadRequest, body, "Content-Type", "application/json")})
		got := s.cli().apply(s.config(project())).fails(projectBlock, cantCreateProject)
		if detail := got.diagnostics("error")[0].Detail; regexp.MustCompile(`400 Bad Request\s*$`).MatchString(detail) {
			t.Errorf("the answer %q makes the error %q", body, detail)
		}
	}
}

func TestAccRule14ASettingThatTheServerIsTooOldForIsAWarning(t *testing.T) {
	s := start(t)
	// So answers Label Studio 1.20.
	s.proxy.Inject(labelstudiotest.Fault{Path: "^/api/storages/localfiles/", Do: labelstudiotest.RewriteBody(func(body []byte) []byte {
		return regexp.MustCompile(`"recursive_scan":(true|false),`).ReplaceAll(body, nil)
	})})
	folder := s.Folder(t, 1)
	with := func(settings ...string) string { return s.config(project() + storage(folder, settings...)) }
	tf := s.cli()
	const tooOld = "The server is too old for recursive_scan"
	tf.apply(with("recursive_scan = false")).warns("recursive_scan", tooOld, "what newer ones do with true")
	tf.plan(with("recursive_scan = false")).succeeds().expectAction("nothing")
	tf.apply(with("recursive_scan = true")).succeeds() // which is what the server does
	tf.apply(with("recursive_scan = false")).warns("recursive_scan", tooOld)
	tf.apply(with()).succeeds()
}
