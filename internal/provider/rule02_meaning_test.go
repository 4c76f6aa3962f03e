package provider_test

import (
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
)

// spelling is how the values of a project and a storage are written.
type spelling struct{ path, text, labels, instruction string }

// spellings all mean the same to the server, which keeps the labels as they are
// written and nothing else.
func spellings(folder string) []spelling {
	parent, name := filepath.Split(folder)
	return []spelling{
		{folder + "/", " some text ", `<View><Text name="t" value="$t"/></View>`, `Q&A <b>x`},
		{parent + "./" + name, "\tsome text\n", "<View>\n  <!-- a comment -->\n  <Text value=\"$t\" name=\"t\" />\n</View>\n", `Q&amp;A <b>x</b>`},
		{parent + "/" + name + "/./", "some text", "  <View><Text\n  name='t' value='$t'></Text></View>", "\nQ&A <b>x</b> "},
		{parent + "other/../" + name, "some text\n\n", `<View> <Text name="t" value="&#36;t"/> </View>`, `Q&amp;A <B>x</B><!-- a comment -->`},
		{strings.ReplaceAll(folder, "/", `\`), "\r\nsome text", `<View><Text name="t" value="$t"/><!----></View>`, `Q&A <b>x`},
	}
}

// with is a project and a storage of the spelling, which both have the setting.
func (s spelling) with(setting string) string {
	return project(
		fmt.Sprintf("task_data_login = %q", s.text),
		fmt.Sprintf("label_config = %q", s.labels),
		fmt.Sprintf("expert_instruction = %q", s.instruction),
		setting) +
		storage(s.path,
			fmt.Sprintf("title = %q", s.text),
			fmt.Sprintf("regex_filter = %q", s.text),
			setting)
}

func TestAccRule2AnySpellingCanBeCreatedAndAnyOtherIsNoChangeOfIt(t *testing.T) {
	s := start(t)
	all := spellings(s.Folder(t, 0))
	for i, first := range all {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			s := start(t)
			steps := []resource.TestStep{{Config: s.config(first.with(""))}}
			for _, other := range all {
				// PlanOnly expects an empty plan.
				steps = append(steps, resource.TestStep{Config: s.config(other.with("")), PlanOnly: true})
			}
			s.test(steps...)
		})
	}
}

func TestAccRule2AnotherSpellingBesideAChangeIsNeitherSentNorPassedOn(t *testing.T) {
	s := start(t)
	folder := s.Folder(t, 0)
	all := spellings(folder)
	dependent := `
resource "terraform_data" "dependent" {
  input = [labelstudio_local_storage.test.path, labelstudio_local_storage.test.title, labelstudio_project.test.label_config]
}
`
	var sent *[]map[string]any
	steps := []resource.TestStep{{
		Config:        s.config(all[0].with("") + dependent),
		PostApplyFunc: func() { sent = s.sent(http.MethodPatch) },
	}}
	for i, other := range all {
		steps = append(steps, resource.TestStep{
			Config: s.config(other.with(fmt.Sprintf("description = %q", fmt.Sprint(i))) + dependent),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
				plancheck.ExpectResourceAction(projectAddress, plancheck.ResourceActionUpdate),
				plancheck.ExpectResourceAction(storageAddress, plancheck.ResourceActionUpdate),
				plancheck.ExpectResourceAction("terraform_data.dependent", plancheck.ResourceActionNoop),
			}},
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownValue(storageAddress, tfjsonpath.New("path"), knownvalue.StringExact(all[0].path)),
			},
			PostApplyFunc: func() {
				text := fmt.Sprint(i)
				s.expectSent(sent, map[string]any{"description": text}, map[string]any{"description": text, "path": folder})
				*sent = nil
			},
		})
	}
	s.test(steps...)
}

func TestAccRule2AnotherMeaningIsAChange(t *testing.T) {
	s := start(t)
	first, elsewhere := spellings(s.Folder(t, 0))[0], s.Folder(t, 0)
	steps := []resource.TestStep{{Config: s.config(first.with(""))}}
	for _, change := range []func(*spelling){
		func(s *spelling) { s.text = "some  text" },
		func(s *spelling) { s.text = "Some text" },
		func(s *spelling) { s.labels = strings.ReplaceAll(s.labels, `"$t"`, `" $t"`) },
		func(s *spelling) { s.labels = strings.ReplaceAll(s.labels, "/></View>", "/>text</View>") },
		func(s *spelling) { s.instruction = "Q&A <b>X" },
		func(s *spelling) { s.path = elsewhere },
	} {
		other := first
		change(&other)
		steps = append(steps, resource.TestStep{
			Config:           s.config(other.with("")),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectNonEmptyPlan()}},
		})
	}
	s.test(steps...)
}

func TestAccRule2AValueThatTheServerRefusesToKeepIsAWarning(t *testing.T) {
	s := start(t)
	tf := s.cli()
	unsafe := s.config(project(`expert_instruction = "<b onclick='steal()'>look</b>"`))
	const summary = "The server keeps another value"
	tf.apply(unsafe).warns("expert_instruction", summary, `"<b>look</b>"`, "write the value as the server keeps it")
	// It does so with each request, so the plan goes on to show the difference.
	if action := tf.plan(unsafe).succeeds().action(projectAddress); action != "update" {
		t.Errorf("the plan will %s, want update", action)
	}
	tf.apply(unsafe).warns("expert_instruction", summary, `"<b>look</b>"`)
	tf.apply(s.config(project(`expert_instruction = "<b>look</b>"`))).succeeds()
}
