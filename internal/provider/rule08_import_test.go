package provider_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
)

// notImported are the attributes that no server knows and that have no default.
var notImported = []string{"sync_triggers", "timeouts"}

// ours are the attributes that no server knows and that an import sets to their
// defaults.
var ours = []string{"wait_for_sync", "force_destroy"}

func TestAccRule8AnImportBringsEverythingFromTheIDAlone(t *testing.T) {
	for _, typeName := range sorted(schemas(t).ResourceSchemas) {
		for _, kind := range []resource.ImportStateKind{resource.ImportCommandWithID, resource.ImportBlockWithID} {
			t.Run(fmt.Sprintf("%s by %s", typeName, kind), func(t *testing.T) {
				s := start(t)
				attributes, samples := attributesOf(t, typeName), s.samplesOf(typeName)
				silent := append(secretsOf(attributes), s.tooYoung(typeName)...)
				address := typeName + ".full"
				config := func(without ...string) string {
					config := fmt.Sprintf("resource %q \"full\" {\n", typeName)
					for _, a := range attributes {
						if secretOf(a) == "" && !slices.Contains(slices.Concat(notImported, ours, without), a.Name) {
							config += fmt.Sprintf("  %s = %s\n", a.Name, samples[a.Name].one)
						}
					}
					return s.config(config + "}\n")
				}
				verify := resource.TestStep{
					ResourceName:    address,
					ImportState:     true,
					ImportStateKind: kind,
				}
				if kind == resource.ImportBlockWithID {
					verify.Config = config(silent...) // since it expects a plan without changes
				} else {
					verify.ImportStateVerify = true
					verify.ImportStateVerifyIgnore = slices.Concat(notImported, silent)
				}
				s.test(resource.TestStep{Config: config()}, verify)
			})
		}
	}
}

func TestAccRule8OurOwnAttributesAreTheirDefaultsAfterAnImport(t *testing.T) {
	for _, typeName := range sorted(schemas(t).ResourceSchemas) {
		t.Run(typeName, func(t *testing.T) {
			s := start(t)
			samples := s.samplesOf(typeName)
			config := fmt.Sprintf("resource %q \"least\" {\n", typeName)
			for name := range samples.least() {
				config += fmt.Sprintf("  %s = %s\n", name, samples[name].one)
			}
			s.test(
				resource.TestStep{Config: s.config(config + "}\n")},
				resource.TestStep{ResourceName: typeName + ".least", ImportState: true, ImportStateVerify: true, ImportStateVerifyIgnore: secretsOf(attributesOf(t, typeName))},
			)
		})
	}
}

func TestAccRule8AnImportedStorageIsNotSyncedUntilTriggersAreAddedAndThenImportsNothingTwice(t *testing.T) {
	s := start(t)
	tf := s.cli()
	of, folder := s.newProject(), s.Folder(t, 3)
	plain := s.config(storageIn(of, "test", folder, "use_blob_urls = true"))
	triggered := s.config(storageIn(of, "test", folder, "use_blob_urls = true", triggers("1")))
	tf.apply(triggered).succeeds()
	id := tf.id(storageAddress)
	s.expectTasks(of, 3)

	if removed := tf.run("state", "rm", storageAddress); removed.failed {
		t.Fatal(removed.output)
	}
	tf.write("main.tf", plain)
	s.proxy.Reset()
	if imported := tf.run("import", storageAddress, fmt.Sprint(id)); imported.failed {
		t.Fatal(imported.output)
	}
	tf.plan(plain).succeeds().expectAction("nothing")
	tf.apply(plain).succeeds()
	if syncs := s.syncs(); syncs != 0 {
		t.Errorf("%d syncs without triggers", syncs)
	}

	s.proxy.Reset()
	tf.plan(triggered).succeeds().expectAction("update")
	tf.apply(triggered).succeeds()
	if syncs := s.syncs(); syncs != 1 {
		t.Errorf("%d syncs when triggers were added, want 1", syncs)
	}
	s.expectTasks(of, 3)
	tf.plan(triggered).succeeds().expectAction("nothing")
}

func TestAccRule8AnIDThatIsNoneIsAClearError(t *testing.T) {
	s := start(t)
	tf := s.cli()
	tf.write("main.tf", s.config(s.independent()))
	for _, address := range addresses {
		for _, id := range []string{"abc", "-1", "0", "1.5", "99999999999999999999", " 1", "1/2"} {
			if text := flat(tf.run("import", "-no-color", address, id).output); !strings.Contains(text, "Import id is not a number") ||
				!strings.Contains(text, fmt.Sprintf("is imported by its numeric id, for example 7, but got %q", id)) {
				t.Errorf("the import of %q says\n%s", id, text)
			}
		}
		if text := flat(tf.run("import", "-no-color", address, "987654321").output); !strings.Contains(text, "Cannot import non-existent remote object") {
			t.Errorf("the import of a missing object says\n%s", text)
		}
	}
	if state := tf.state(); state != "" {
		t.Errorf("the state is %s", state)
	}
}

// flat is the text of a message without the frame and the lines that Terraform
// breaks it into.
func flat(text string) string {
	return strings.Join(strings.Fields(strings.NewReplacer("│", " ", "╷", " ", "╵", " ").Replace(text)), " ")
}
