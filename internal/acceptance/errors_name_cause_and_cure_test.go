package acceptance_test

import (
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/acctest"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/proxy"
)

const (
	cantCreateProject = "Can't create the project"
	cantCreateStorage = "Can't create the local storage"
)

func TestAccErrorsServingThatIsDisabledNamesTheVariable(t *testing.T) {
	t.Parallel()
	s := acctest.StartOwn(t, "LABEL_STUDIO_LOCAL_FILES_SERVING_ENABLED=false")
	config := acctest.Values{"project": s.NewProject(), "path": s.Folder(t, 0)}
	cure := "Set LABEL_STUDIO_LOCAL_FILES_SERVING_ENABLED=true"
	checked(s, storageType).Plan(config).Warns("path", "The server would refuse the storage now", cure)
	s.Instance(storageType).Apply(config).Fails("path", cantCreateStorage, cure, "restart the server")
}

func TestAccErrorsStoragesThatAreSwitchedOffAreNoMissingObject(t *testing.T) {
	t.Parallel()
	s := acctest.StartOwn(t)
	storage, config := s.Instance(storageType), acctest.Values{"project": s.NewProject(), "path": s.Folder(t, 0)}
	storage.Apply(config).Succeeds()
	if err := s.Restart(t.Context(), labelstudiotest.Options{Env: []string{"ENABLE_LOCAL_FILES_STORAGE=false"}}); err != nil {
		t.Fatal(err)
	}
	storage.Plan(config).Fails("", "Can't read the local storage", "ENABLE_LOCAL_FILES_STORAGE=false")
	expectNoLocalStorages(s, config["project"])
	if err := s.Restart(t.Context(), labelstudiotest.Options{}); err != nil {
		t.Fatal(err)
	}
	storage.Plan(config).Succeeds()
}

// cantCreate expects that a project can't be created with the settings of the provider,
// and why.
func cantCreate(s *acctest.Server, settings acctest.Values, texts ...string) acctest.Result {
	s.T.Helper()
	project := s.Instance(projectType)
	project.Settings = settings.With(acctest.Values{"plan_checks": false})
	return project.Apply(acctest.Values{"title": "acceptance test"}).Fails("", cantCreateProject, texts...)
}

func TestAccErrorsARefusedTokenSaysWhatToDo(t *testing.T) {
	t.Parallel()
	s := acctest.StartOwn(t)
	legacy, personal := s.LegacyToken, s.PersonalAccessToken
	refused := func(key string, texts ...string) {
		t.Helper()
		cantCreate(s, acctest.Values{"api_key": key, "retries": 0}, texts...)
	}
	refused(strings.Repeat("0", 40), "Check that api_key and url belong to the same server")
	header, rest, _ := strings.Cut(personal, ".")
	payload, _, _ := strings.Cut(rest, ".")
	refused(header+"."+payload+".c2lnbmF0dXJl", "it was cut off when it was copied, or belongs to another server")

	settings := func(legacy, personal bool) {
		t.Helper()
		s.Call(http.MethodPost, "/api/jwt/settings", map[string]bool{"legacy_api_tokens_enabled": legacy, "api_tokens_enabled": personal}, nil)
	}
	settings(true, false)
	refused(personal, "personal access tokens may be disabled in the organization")
	settings(false, true)
	refused(legacy, "the organization has legacy tokens disabled", "Use a personal access token")
	s.LegacyToken = "" // for call
	settings(true, true)
	s.Call(http.MethodPost, "/api/token/blacklist/", map[string]string{"refresh": personal}, nil)
	refused(personal, "was revoked or rotated", "Create a new one")
}

// projectBlock is what a message lands on that is about no attribute.
const projectBlock = `resource "labelstudio_project" "test" {`

func TestAccErrorsAWebPageInsteadOfJSONPointsToURL(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	page := proxy.Respond(http.StatusOK, "<html><head><title>Sign in</title></head></html>", "Content-Type", "text/html")
	s.Proxy.Inject(proxy.Fault{Do: page})
	cantCreate(s, nil, `a web page "Sign in" instead of JSON`, "`url` may be that of a log-in page")
}

func TestAccErrorsAGatewayThatWantsALogInIsNamed(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	page := "<html><head><title>Sign in</title></head></html>"
	for name, answer := range map[string]proxy.Action{
		"elsewhere":     proxy.Redirect(http.StatusFound, "https://sso.example.com/login?next=/"),
		"beside it":     proxy.Redirect(http.StatusFound, "/oauth2/start"),
		"in its place":  proxy.Respond(http.StatusUnauthorized, page, "Content-Type", "text/html"),
		"with no words": proxy.Respond(http.StatusUnauthorized, ""),
	} {
		t.Run(name, func(t *testing.T) {
			s := s.In(t)
			remove := s.Proxy.Inject(proxy.Fault{Do: answer})
			defer remove()
			detail := cantCreate(s, nil, "the log-in page of a gateway", "`api_key` is not the problem").Errors()[0].Detail
			if strings.Contains(detail, "`url`") {
				t.Errorf("the advice is about url, which is right:\n%s", detail)
			}
		})
	}
}

func TestAccErrorsAWrongPathPrefixPointsToURL(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	cantCreate(s, acctest.Values{"url": s.Proxy.URL + "/wrong"}, "no Label Studio API at "+s.Proxy.URL+"/wrong", "Check `url` and its path prefix")
}

func TestAccErrorsAnUnreachableServerIsNamed(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	s.Proxy.Close()
	cantCreate(s, acctest.Values{"retries": 0}, "cannot reach "+s.Proxy.URL)
}

func TestAccErrorsALockedDatabaseSuggestsLessParallelism(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	locked := proxy.Respond(http.StatusInternalServerError, `{"status_code":500,"detail":"database is locked"}`, "Content-Type", "application/json")
	s.Proxy.Inject(proxy.Fault{Method: http.MethodPost, Do: locked})
	cantCreate(s, nil, "SQLite", "smaller -parallelism")
}

func TestAccErrorsAFailedSyncSaysWhatToChange(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	const failed = "Sync of the storage did not succeed"
	id, tasks := s.NewProject(), acctest.Values{"use_blob_urls": false}
	for name, test := range map[string]struct {
		file, content   string
		setting         acctest.Values
		attribute, cure string
	}{
		"pictures as tasks":            {"cat.jpg", "x", tasks, "use_blob_urls", "set use_blob_urls = true"},
		"a file of no tasks":           {"tasks.json", `"a text"`, tasks, "use_blob_urls", "a JSON object or a list of them"},
		"an export with ids":           {"tasks.json", `[{"data":{"text":"a"},"predictions":[286]}]`, tasks, "use_blob_urls", "predictions may be a list of numbers"},
		"an export of another program": {"tasks.json", `{"images":[],"annotations":[{"id":1}]}`, tasks, "use_blob_urls", "COCO"},
		"a list of texts":              {"tasks.json", `["a.jpg"]`, tasks, "use_blob_urls", `such as {"data": {"image"`},
		"ids in place of annotations":  {"tasks.json", `{"data":{"text":"a"},"annotations":[286]}`, tasks, "use_blob_urls", "not in Label Studio's format"},
		"a file in Latin-1":            {"tasks.json", "{\"data\":{\"text\":\"caf\xe9\"}}", tasks, "use_blob_urls", "not in UTF-8"},
		"a byte order mark":            {"tasks.json", "\ufeff{\"text\":\"a\"}", tasks, "use_blob_urls", "without a byte order mark"},
		"a name in Latin-1":            {"caf\xe9.jpg", "x", acctest.Values{"use_blob_urls": true}, "path", "Rename the file"},
		"a wrong regex":                {"cat.jpg", "x", acctest.Values{"regex_filter": "["}, "regex_filter", "Python's re module"},
	} {
		t.Run(name, func(t *testing.T) {
			s := s.In(t)
			folder := s.Folder(t, 0)
			labelstudiotest.WriteFile(t, filepath.Join(folder, test.file), test.content)
			storage := s.Instance(storageType)
			config := test.setting.With(acctest.Values{"project": id, "path": folder, "sync_triggers": triggers("1")})
			storage.Apply(config).Warns(test.attribute, failed, test.cure, "sync_pending is true")
			storage.Apply(config).Fails(test.attribute, failed, test.cure)
		})
	}
}

func TestAccErrorsAFolderThatVanishedBeforeTheSyncIsExplained(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	folder := s.Folder(t, 1)
	storage, config := s.Instance(storageType), acctest.Values{"project": s.NewProject(), "path": folder, "use_blob_urls": true, "sync_triggers": triggers("1")}
	storage.Apply(config).Succeeds()
	if err := os.RemoveAll(folder); err != nil {
		t.Fatal(err)
	}
	// The server answers 500, but it is the user who can do something.
	storage.Apply(config.With(acctest.Values{"sync_triggers": triggers("2")})).
		Fails("path", "Sync of the storage did not succeed", "does not exist", "inside a container it is the path inside the container")
}

func TestAccErrorsAFieldThatTheServerRefusesIsTheAttributeOfTheError(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	s.Instance(storageType).Apply(acctest.Values{"project": 1 << 40, "path": s.Folder(t, 0)}).Fails("project", cantCreateStorage, "object does not exist")
	wrong := acctest.Values{"title": "labelled", "label_config": "<View>"}
	project := s.Instance(projectType)
	project.Apply(wrong).Fails("label_config", cantCreateProject, "not well-formed XML")
	project.Apply(acctest.Values{"title": "labelled"}).Succeeds()
	project.Apply(wrong).Fails("label_config", "Can't update the project", "not well-formed XML")
	// On a terminal, too.
	s.Terraform().Apply(s.Config(acctest.Project(`label_config = "<View>"`))).Fails("label_config", cantCreateProject, "not well-formed XML")
}

func TestAccErrorsNoErrorOnlyNamesAStatus(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	for _, body := range []string{"", "{}", `{"detail":""}`, `[]`, "null"} {
		s.Proxy.Inject(proxy.Fault{Method: http.MethodPost, Times: 1, Do: proxy.Respond(http.StatusBadRequest, body, "Content-Type", "application/json")})
		got := cantCreate(s, nil)
		if detail := got.Errors()[0].Detail; regexp.MustCompile(`400 Bad Request\s*$`).MatchString(detail) {
			t.Errorf("the answer %q makes the error %q", body, detail)
		}
	}
}

func TestAccErrorsASettingThatTheServerIsTooOldForIsAWarning(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	// So answers Label Studio 1.20.
	s.Proxy.Inject(proxy.Fault{Path: "^/api/storages/localfiles/", Do: proxy.RewriteBody(func(body []byte) []byte {
		return regexp.MustCompile(`"recursive_scan":(true|false),`).ReplaceAll(body, nil)
	})})
	storage, unset := s.Instance(storageType), acctest.Values{"project": s.NewProject(), "path": s.Folder(t, 1)}
	scans := func(recursively bool) acctest.Values {
		return unset.With(acctest.Values{"recursive_scan": recursively})
	}
	const tooOld = "The server is too old for recursive_scan"
	storage.Apply(scans(false)).Warns("recursive_scan", tooOld, "it behaves as newer releases do with true")
	storage.ExpectEmptyPlan(scans(false))
	storage.Apply(scans(true)).Succeeds() // which is what the server does
	storage.Apply(scans(false)).Warns("recursive_scan", tooOld)
	storage.Apply(unset).Succeeds()
}
