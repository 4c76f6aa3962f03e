package object

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

func TestALengthIsCountedAsTheServerDoes(t *testing.T) {
	t.Parallel()
	for text, good := range map[string]bool{
		"abc": true, "äöü": true, " abc\n": true, "": true, "  ": true,
		strings.Repeat("ä", 5): true, " " + strings.Repeat("ä", 5) + " ": true,
		"a": false, " a ": false, "a  ": false, strings.Repeat("a", 6): false,
	} {
		var resp validator.StringResponse
		Length(3, 5).ValidateString(t.Context(), validator.StringRequest{Path: path.Root("title"), ConfigValue: types.StringValue(text)}, &resp)
		if resp.Diagnostics.HasError() == good {
			t.Errorf("%q: got %v", text, resp.Diagnostics)
		}
		if !good && !strings.HasPrefix(resp.Diagnostics[0].Detail(), "title must have 3 to 5 characters, and has ") {
			t.Errorf("%q: got %v", text, resp.Diagnostics)
		}
	}
}
