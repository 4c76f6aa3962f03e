package acceptance_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/acctest"
)

// After a failed sync the server has a traceback of 38 lines, and Terraform shows each
// line of an old value that the apply may change.
func TestAccPlansTellTheTruthAPlanForAChangedTriggerHasOneLinePerAttribute(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	tf := s.Terraform()
	folder, of := folderOfTasks(s), s.NewProject()
	with := func(trigger string) string {
		return s.Config(acctest.StorageIn(of, "test", folder, "use_blob_urls = false", "sync_triggers = "+trigger))
	}
	failed := tf.Apply(with(`{ run = "1" }`))
	failed.Warns("use_blob_urls", acctest.SyncFailed, brokenFile)
	if detail := failed.Warnings()[0].Detail; strings.Contains(detail, "Traceback") {
		t.Errorf("the warning holds the traceback:\n%s", detail)
	}
	if s.Stored(tf.Storage().Values.ID).Traceback == "" {
		t.Fatal("the server has no traceback")
	}

	tf.Write("main.tf", with(`{ run = "2" }`))
	output := tf.Run("plan", "-no-color", "-input=false").Output
	_, block, _ := strings.Cut(output, `resource "labelstudio_local_storage" "test" {`+"\n")
	block, _, _ = strings.Cut(block, "\n    }\n")
	trigger := regexp.MustCompile(`\n +~ sync_triggers += \{\n.*"run" = "1" -> "2"\n +\}`)
	if !trigger.MatchString(block) {
		t.Fatalf("the plan does not show the trigger:\n%s", output)
	}
	attribute := regexp.MustCompile(`^ +[~+]? *\w+ += .+$`)
	hidden := regexp.MustCompile(`^ +# \(\d+ unchanged attributes hidden\)$`)
	for line := range strings.SplitSeq(trigger.ReplaceAllString(block, ""), "\n") {
		if !attribute.MatchString(line) && !hidden.MatchString(line) || strings.Contains(line, "<<") {
			t.Errorf("the plan has a line that is not one attribute: %q\n%s", line, output)
		}
	}
}
