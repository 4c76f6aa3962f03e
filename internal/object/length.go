package object

import (
	"context"
	"fmt"
	"unicode/utf8"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
)

// Length validates the number of characters of a text. As the server does, it counts them
// without outer blanks, and accepts a blank text.
func Length(least, most int) validator.String { return length{least, most} }

type length struct{ least, most int }

func (l length) Description(context.Context) string {
	if l.least == 0 {
		return fmt.Sprintf("must have at most %d characters", l.most)
	}
	return fmt.Sprintf("must have %d to %d characters", l.least, l.most)
}

func (l length) MarkdownDescription(ctx context.Context) string { return l.Description(ctx) }

func (l length) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	count := utf8.RuneCountInString(labelstudio.Strip(req.ConfigValue.ValueString()))
	if count == 0 || count >= l.least && count <= l.most {
		return
	}
	resp.Diagnostics.AddAttributeError(req.Path, "Invalid length",
		fmt.Sprintf("%s %s, and has %d. The server removes spaces at both ends before it counts.", req.Path, l.Description(ctx), count))
}
