package storage

import (
	"regexp"
	"testing"
)

func TestDescriptionsOfExportsDoNotSpeakOfImport(t *testing.T) {
	t.Parallel()
	of := regexp.MustCompile(`import|creates? tasks|tasks that`)
	for _, k := range kinds {
		if k.breaks {
			continue
		}
		texts := map[string]string{"the resource": k.definition().Descriptions.Resource}
		for _, a := range k.table() {
			texts[a.Name] = a.Description
		}
		for name, a := range k.localAttributes() {
			texts[name] = a.GetMarkdownDescription()
		}
		for name, text := range texts {
			if of.MatchString(text) {
				t.Errorf("%s, %s: %s", k.name, name, text)
			}
		}
	}
}
