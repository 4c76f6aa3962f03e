package acctest

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

var block = &tfprotov6.Schema{Block: &tfprotov6.SchemaBlock{Attributes: []*tfprotov6.SchemaAttribute{
	{Name: "title", Type: tftypes.String, Optional: true},
	{Name: "color", Type: tftypes.String, Optional: true, Computed: true},
	{Name: "secret", Type: tftypes.String, Optional: true, WriteOnly: true},
	{Name: "labels", Type: tftypes.Map{ElementType: tftypes.String}, Optional: true},
}}}

func TestTheProviderIsProposedTheConfigurationAndWhatItComputedBefore(t *testing.T) {
	t.Parallel()
	prior := blockValue(t, block, Values{"title": "before", "color": "red"})
	config := blockValue(t, block, Values{"title": "after", "secret": "s3cret"})
	want := blockValue(t, block, Values{"title": "after", "color": "red"})
	if got := proposed(t, block, prior, config); !got.Equal(want) {
		t.Errorf("got %s, want %s", got, want)
	}
	if got := attributesIn(t, config)["secret"]; got.IsNull() {
		t.Error("the configuration itself was changed")
	}
}

func TestAnInvalidPlanIsNoticed(t *testing.T) {
	t.Parallel()
	prior := Values{"title": "some text", "color": "red"}
	for name, test := range map[string]struct {
		config, planned Values
		want            string
	}{
		"as configured":                    {Values{"title": "new"}, Values{"title": "new", "color": "red"}, ""},
		"as before, which means the same":  {Values{"title": "some text "}, Values{"title": "some text", "color": "red"}, ""},
		"a computed value that is unknown": {Values{"title": "new"}, Values{"title": "new", "color": Unknown}, ""},
		"a third value":                    {Values{"title": "new"}, Values{"title": "other"}, "title"},
		"a value that nobody configured":   {Values{}, Values{"title": "some text"}, "title"},
		"another value than configured":    {Values{"color": "blue"}, Values{"color": "green"}, "color"},
		"unknown though configured":        {Values{"color": "blue"}, Values{"color": Unknown}, "color"},
		"a write-only value":               {Values{"secret": "s3cret"}, Values{"secret": "s3cret"}, "secret"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := invalidPlan(t, block, blockValue(t, block, prior), blockValue(t, block, test.config), blockValue(t, block, test.planned))
			if text := strings.Join(got, "; "); (text == "") != (test.want == "") || !strings.Contains(text, test.want) {
				t.Errorf("got %q, want something about %q", text, test.want)
			}
		})
	}
}

func TestABrokenPromiseOfAPlanIsNoticed(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		planned, result Values
		want            string
	}{
		"kept":                       {Values{"title": "a"}, Values{"title": "a"}, ""},
		"unknown turns out":          {Values{"title": Unknown}, Values{"title": "a"}, ""},
		"another value":              {Values{"title": "a"}, Values{"title": "b"}, "title"},
		"a value instead of none":    {Values{}, Values{"title": "b"}, "title"},
		"none instead of a value":    {Values{"title": "a"}, Values{}, "title"},
		"an unknown entry turns out": {Values{"labels": map[string]any{"a": "1", "b": Unknown}}, Values{"labels": map[string]any{"a": "1", "b": "2"}}, ""},
		"another entry":              {Values{"labels": map[string]any{"a": "1", "b": Unknown}}, Values{"labels": map[string]any{"a": "3", "b": "2"}}, "labels"},
		"one entry more":             {Values{"labels": map[string]any{"a": Unknown}}, Values{"labels": map[string]any{"a": "1", "b": "2"}}, "labels"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := strings.Join(broken(t, blockValue(t, block, test.planned), blockValue(t, block, test.result)), "; ")
			if (got == "") != (test.want == "") || !strings.Contains(got, test.want) {
				t.Errorf("got %q, want something about %q", got, test.want)
			}
		})
	}
	if len(broken(t, blockValue(t, block, Values{}), tftypes.NewValue(block.ValueType(), nil))) == 0 {
		t.Error("an object that is gone against the plan is not noticed")
	}
}
