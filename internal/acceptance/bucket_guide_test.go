package acceptance_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/zclconf/go-cty/cty"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/acctest"
)

// The provider of AWS is not there in tests. Its part of the configuration has made the
// bucket: the storage gets the values of one on the storage server.
func TestAccGuideMakesABucketAndItsStorageInOneConfiguration(t *testing.T) {
	t.Parallel()
	s := acctest.Start(t)
	place := s.PlaceFor("s3")
	place.Objects.Put(t, "images/first.jpg", "a picture")
	blocks := guideSection(t, "which-storage.md", "## A bucket and its storage in one configuration", "## What to know")
	if len(blocks) != 1 {
		t.Fatalf("the section has %d blocks of code", len(blocks))
	}
	file, problems := hclwrite.ParseConfig([]byte(blocks[0].code), "which-storage.md", hcl.InitialPos)
	if problems.HasErrors() {
		t.Fatal(problems)
	}
	for _, block := range file.Body().Blocks() {
		switch kind := block.Labels()[0]; {
		case strings.HasPrefix(kind, "aws_"):
			file.Body().RemoveBlock(block)
		case kind == "labelstudio_project":
			block.Body().SetAttributeValue("force_destroy", cty.True)
		case kind == "labelstudio_s3_storage":
			for name, value := range place.Fields {
				text, ok := value.(string)
				if !ok {
					t.Fatalf("%s is no text", name)
				}
				block.Body().SetAttributeValue(name, cty.StringVal(text))
			}
			block.Body().RemoveAttribute("region_name")
			block.Body().RemoveAttribute("depends_on")
			block.Body().SetAttributeValue("sync_triggers", cty.ObjectVal(map[string]cty.Value{"first": cty.StringVal("etag")}))
		}
	}
	tf := s.Terraform()
	tf.Apply(s.Checking(string(file.Bytes()))).Succeeds()
	if tasks := s.Tasks(tf.ID("labelstudio_project.images")); tasks != 1 {
		t.Errorf("the storage imported %d tasks, want 1", tasks)
	}
}
