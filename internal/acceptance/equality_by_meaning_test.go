package acceptance_test

import (
	"fmt"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/acctest"
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
		{strings.ReplaceAll(folder, "/", `\`), "\r\nsome text", `<?xml version="1.0" encoding="UTF-8"?>
<View><Text name="t" value="$t"/><!----></View>`, `Q&A <b>x`},
	}
}

// project and storage are the configurations of two objects that are spelled so.
func (s spelling) project() acctest.Values {
	return acctest.Values{"title": "acceptance test", "task_data_login": s.text, "label_config": s.labels, "expert_instruction": s.instruction}
}

func (s spelling) storage(project int64) acctest.Values {
	return acctest.Values{"project": project, "path": s.path, "title": s.text, "regex_filter": s.text}
}

func TestAccEqualityByMeaningAnySpellingCanBeCreatedAndAnyOtherIsNoChangeOfIt(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	all, of := spellings(s.Folder(t, 0)), s.NewProject()
	for i, first := range all {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			s := s.In(t)
			project, storage := s.Instance(projectType), s.Instance(storageType)
			project.Apply(first.project()).Succeeds()
			storage.Apply(first.storage(of)).Succeeds()
			for _, other := range all {
				project.ExpectEmptyPlan(other.project())
				storage.ExpectEmptyPlan(other.storage(of))
			}
		})
	}
}

func TestAccEqualityByMeaningAnotherSpellingBesideAChangeIsNeitherSentNorPassedOn(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	folder, of := s.Folder(t, 0), s.NewProject()
	all := spellings(folder)
	project, storage := s.Instance(projectType), s.Instance(storageType)
	project.Apply(all[0].project()).Succeeds()
	storage.Apply(all[0].storage(of)).Succeeds()
	sent := s.Sent(http.MethodPatch)
	for i, other := range all {
		text := fmt.Sprint(i)
		ofProject, ofStorage := other.project().With(acctest.Values{"description": text}), other.storage(of).With(acctest.Values{"description": text})
		expectKnownUpdate(t, project.Plan(ofProject), "description")
		expectKnownUpdate(t, storage.Plan(ofStorage), "description")
		project.Change(ofProject).Succeeds()
		storage.Change(ofStorage).Succeeds()
		s.ExpectSent(sent, map[string]any{"description": text}, map[string]any{"description": text, "path": folder})
		*sent = nil
		if got := storage.Attribute("path"); got != all[0].path {
			t.Errorf("the path is %q in the state, want %q", got, all[0].path)
		}
	}
}

func TestAccEqualityByMeaningAnotherMeaningIsAChange(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	first, elsewhere, of := spellings(s.Folder(t, 0))[0], s.Folder(t, 0), s.NewProject()
	project, storage := s.Instance(projectType), s.Instance(storageType)
	project.Apply(first.project()).Succeeds()
	storage.Apply(first.storage(of)).Succeeds()
	for _, change := range []struct {
		make func(*spelling)
		// project and storage are the attributes that differ then.
		project, storage []string
	}{
		{func(s *spelling) { s.text = "some  text" }, []string{"task_data_login"}, []string{"regex_filter", "title"}},
		{func(s *spelling) { s.text = "Some text" }, []string{"task_data_login"}, []string{"regex_filter", "title"}},
		{func(s *spelling) { s.labels = strings.ReplaceAll(s.labels, `"$t"`, `" $t"`) }, []string{"label_config"}, nil},
		{func(s *spelling) { s.labels = strings.ReplaceAll(s.labels, "/></View>", "/>text</View>") }, []string{"label_config"}, nil},
		{func(s *spelling) { s.instruction = "Q&A <b>X" }, []string{"expert_instruction"}, nil},
		{func(s *spelling) { s.path = elsewhere }, nil, []string{"path"}},
	} {
		other := first
		change.make(&other)
		if got := project.Plan(other.project()).Changed(); !slices.Equal(got, change.project) {
			t.Errorf("the plan of the project changes %v, want %v", got, change.project)
		}
		if got := storage.Plan(other.storage(of)).Changed(); !slices.Equal(got, change.storage) {
			t.Errorf("the plan of the storage changes %v, want %v", got, change.storage)
		}
	}
}

func TestAccEqualityByMeaningAValueThatTheServerRefusesToKeepIsAWarning(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	tf := s.Terraform()
	unsafe := s.Config(acctest.Project(`expert_instruction = "<b onclick='steal()'>look</b>"`))
	const summary = "The server keeps another value"
	tf.Apply(unsafe).Warns("expert_instruction", summary, "until you write it as the server keeps it")
	// It does so with each request, so the plan goes on to show the difference.
	if action := tf.Plan(unsafe).Succeeds().Action(acctest.ProjectAddress); action != "update" {
		t.Errorf("the plan will %s, want update", action)
	}
	tf.Apply(unsafe).Warns("expert_instruction", summary)
	tf.Apply(s.Config(acctest.Project(`expert_instruction = "<b>look</b>"`))).Succeeds()
}
