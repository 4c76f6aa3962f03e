package labelconfig

import (
	"slices"
	"strings"
	"testing"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
)

func parsed(t *testing.T, text string) Config {
	t.Helper()
	config, err := Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return config
}

func TestMissingKeys(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, text string
		columns    map[string]int64
		common     []string
		want       []string
	}{
		{"no tasks", `<Image name="i" value="$image"/>`, nil, nil, nil},
		{"nothing shown", `<View/>`, map[string]int64{"url": 2}, []string{"url"}, nil},
		{"all tasks have it", `<Image name="i" value="$image"/>`, map[string]int64{"image": 2, "id": 1}, []string{"image"}, nil},
		{"no task has it", `<Image name="i" value="$image"/>`, map[string]int64{"url": 2}, []string{"url"}, []string{"image"}},
		{"some tasks have it", `<Image name="i" value="$image"/>`, map[string]int64{"image": 2, "url": 3}, nil, []string{"image"}},
		{"the file of a task is shown under the first key", `<View><Header value="$title"/><Image name="i" value="$image"/><Text name="t" value="$text"/></View>`,
			map[string]int64{"$undefined$": 2}, []string{"$undefined$"}, []string{"title", "text"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			missing := parsed(t, test.text).MissingKeys(labelstudio.Summary{DataColumns: test.columns, CommonDataColumns: test.common})
			if !slices.Equal(missing, test.want) {
				t.Errorf("got %q, want %q", missing, test.want)
			}
		})
	}
}

func TestCountedNamesAtMostTen(t *testing.T) {
	t.Parallel()
	tasks := labelstudio.Summary{DataColumns: map[string]int64{"a": 2}}
	const one = `"a" (tasks: about 2)`
	for _, test := range []struct {
		keys []string
		want string
	}{
		{nil, ""},
		{[]string{"b", "a"}, `"b" (in no task), ` + one},
		{slices.Repeat([]string{"a"}, 10), strings.Repeat(one+", ", 9) + one},
		{slices.Repeat([]string{"a"}, 12), strings.Repeat(one+", ", 9) + one + " and 2 more"},
	} {
		if got := Counted(test.keys, tasks); got != test.want {
			t.Errorf("got %s, want %s", got, test.want)
		}
	}
}

func TestLeftOut(t *testing.T) {
	t.Parallel()
	const quality = `<View><Choices name="quality" toName="text"><Choice value="good"/><Choice value="bad"/></Choices></View>`
	used := labelstudio.Summary{
		Results:     map[string]int64{"quality|text|choices": 5, "note|text|textarea": 1},
		Labels:      map[string]map[string]int64{"quality": {"good": 2, "bad": 3}, "note": {}},
		DraftLabels: map[string]map[string]int64{"quality": {"bad": 1}},
	}
	for _, test := range []struct {
		name, before, after string
		used                labelstudio.Summary
		want                string
	}{
		{"nothing", quality, quality, used, ""},
		{"a label, in annotations and drafts", quality, `<Choices name="quality" toName="text"><Choice value="good"/></Choices>`, used,
			`the label "bad" of "quality" (results: 4)`},
		{"a label that nobody used", quality, `<Choices name="quality" toName="text"><Choice value="bad"/></Choices>`,
			labelstudio.Summary{Labels: map[string]map[string]int64{"quality": {"bad": 1}}}, ""},
		{"labels that come from the tasks now", quality, `<Choices name="quality" toName="text" value="$options"/>`, used, ""},
		{"a control, with its labels", quality, `<View/>`, used, `the control "quality" (results: 5)`},
		{"a control that only drafts use", quality, `<View/>`, labelstudio.Summary{DraftLabels: used.DraftLabels},
			`the label "bad" of "quality" (results: 1)`},
		{"another type", quality, `<Taxonomy name="quality" toName="text"><Choice value="good"/><Choice value="bad"/></Taxonomy>`, used,
			`the control "quality" (results: 5)`},
		{"another object", quality, `<Choices name="quality" toName="image"><Choice value="good"/><Choice value="bad"/></Choices>`, used,
			`the control "quality" (results: 5)`},
		{"what was left out before", `<View/>`, `<Choices name="other" toName="text"/>`, used, ""},
		{"a control in a Repeater",
			`<Repeater on="$pages" indexFlag="{{idx}}"><Choices name="page_{{idx}}" toName="image_{{idx}}"><Choice value="a"/><Choice value="b"/></Choices></Repeater>`,
			`<Repeater on="$pages" indexFlag="{{idx}}"><Choices name="page_{{idx}}" toName="image_{{idx}}"><Choice value="b"/></Choices></Repeater>`,
			labelstudio.Summary{Results: map[string]int64{"page_12|image_12|choices": 1}, Labels: map[string]map[string]int64{"page_12": {"a": 1, "b": 1}}},
			`the label "a" of "page_12" (results: 1)`},
		{"a label beside a VideoRectangle",
			`<View><VideoRectangle name="box" toName="video"/><Labels name="l" toName="video"><Label value="car"/><Label value="bus"/></Labels></View>`,
			`<View><VideoRectangle name="box" toName="video"/><Labels name="l" toName="video"><Label value="bus"/></Labels></View>`,
			labelstudio.Summary{Labels: map[string]map[string]int64{"box": {"car": 2, "bus": 1}}},
			`the label "car" of "box" (results: 2)`},
		{"a result of another form", quality, `<View/>`, labelstudio.Summary{Results: map[string]int64{"quality": 1, "a|b|c|d": 1}}, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if got := parsed(t, test.before).LeftOut(parsed(t, test.after), test.used); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}
