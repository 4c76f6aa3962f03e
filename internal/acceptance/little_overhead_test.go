package acceptance_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/acctest"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/program"
)

// Half of the time of a plan was spent on lines that Terraform drops.
func TestAccLittleOverheadTheLogHasNoLineThatTerraformDrops(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	folder, err := acctest.BuiltProvider()
	if err != nil {
		t.Fatal(err)
	}
	const ours, framework, trace = "Label Studio request", `"@module":"sdk.framework"`, `"@level":"trace"`
	for _, test := range []struct {
		level       string
		has, hasNot []string
	}{
		{"", nil, []string{ours, framework, trace}},
		{"INFO", nil, []string{ours, framework, trace}},
		{"DEBUG", []string{ours}, []string{trace}},
		{"TRACE", []string{ours, framework, trace}, nil},
	} {
		t.Run("TF_LOG="+test.level, func(t *testing.T) {
			t.Parallel()
			tf := s.In(t).Terraform("TF_LOG=" + test.level)
			// The program of the provider, with its log in a file.
			log := filepath.Join(tf.Folder, "provider.log")
			wrapper := filepath.Join(tf.Folder, "terraform-provider-labelstudio")
			script := "#!/bin/sh\nexec " + filepath.Join(folder, "terraform-provider-labelstudio") + ` "$@" 2>>` + log + "\n"
			if err := os.WriteFile(wrapper, []byte(script), 0o700); err != nil { //nolint:gosec // Terraform runs it
				t.Fatal(err)
			}
			tf.Write("terraform.rc", program.DevOverrides(acctest.Source(), tf.Folder))
			tf.Plan(s.Config("data \"labelstudio_projects\" \"all\" {\n}\n")).Succeeds()
			lines, err := os.ReadFile(log)
			if err != nil {
				t.Fatal(err)
			}
			for _, text := range test.has {
				if !strings.Contains(string(lines), text) {
					t.Errorf("the log has no %s", text)
				}
			}
			for _, text := range test.hasNot {
				if strings.Contains(string(lines), text) {
					t.Errorf("the log has %s", text)
				}
			}
		})
	}
}
