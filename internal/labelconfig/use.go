package labelconfig

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
)

// MissingKeys are the keys that the configuration refers to and that not all tasks of a
// project have. Without tasks there are none.
func (c Config) MissingKeys(of labelstudio.Summary) []string {
	if len(of.DataColumns) == 0 {
		return nil
	}
	var missing []string
	for _, key := range c.DataKeys {
		isContent := key == c.contentKey && of.DataColumns[labelstudio.ContentKey] > 0
		if !isContent && !slices.Contains(of.CommonDataColumns, key) {
			missing = append(missing, key)
		}
	}
	return missing
}

// Counted lists keys with the number of tasks that have them. The server counts a few
// tasks twice when they are uploaded.
func Counted(keys []string, of labelstudio.Summary) string {
	counted := make([]string, len(keys))
	for i, key := range keys {
		counted[i] = fmt.Sprintf("%q (in no task)", key)
		if tasks := of.DataColumns[key]; tasks > 0 {
			counted[i] = fmt.Sprintf("%q (tasks: about %d)", key, tasks)
		}
	}
	return listed(counted)
}

// CountedAll lists the keys of a project's tasks with the number of tasks that have them.
func CountedAll(tasks labelstudio.Summary) string {
	return Counted(slices.Sorted(maps.Keys(tasks.DataColumns)), tasks)
}

// mostListed is how many keys, or controls and labels, a message names.
const mostListed = 10

func listed(texts []string) string {
	if more := len(texts) - mostListed; more > 0 {
		return fmt.Sprintf("%s and %d more", strings.Join(texts[:mostListed], ", "), more)
	}
	return strings.Join(texts, ", ")
}

// LeftOut names the controls and labels that annotations and drafts use and that the
// next configuration, unlike this one, does not have, with the number of results.
func (c Config) LeftOut(next Config, used labelstudio.Summary) string {
	var names []string
	gone := map[string]bool{}
	for _, result := range slices.Sorted(maps.Keys(used.Results)) {
		if !c.gives(result) || next.gives(result) {
			continue
		}
		from, _, _ := strings.Cut(result, "|")
		gone[from] = true
		names = append(names, fmt.Sprintf("the control %q (results: %d)", from, used.Results[result]))
	}
	type choice struct{ from, label string }
	results := map[choice]int64{}
	for _, counted := range []map[string]map[string]int64{used.Labels, used.DraftLabels} {
		for from, labels := range counted {
			for label, number := range labels {
				results[choice{from, label}] += number
			}
		}
	}
	byName := func(a, b choice) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.label, b.label)) }
	for _, used := range slices.SortedFunc(maps.Keys(results), byName) {
		if !gone[used.from] && c.hasLabel(used.from, used.label) && !next.hasLabel(used.from, used.label) {
			names = append(names, fmt.Sprintf("the label %q of %q (results: %d)", used.label, used.from, results[used]))
		}
	}
	return listed(names)
}

// gives tells whether a control can have given a result "from_name|to_name|type".
func (c Config) gives(result string) bool {
	parts := strings.Split(result, "|")
	if len(parts) != 3 {
		return false
	}
	control, ok := c.control(parts[0])
	return ok && strings.EqualFold(control.Type, parts[2]) &&
		slices.ContainsFunc(control.ToName, func(name string) bool { return c.stands(name, parts[1]) })
}

// hasLabel tells whether annotators can choose the label with the control.
func (c Config) hasLabel(from, label string) bool {
	control, ok := c.control(from)
	if !ok {
		return false
	}
	// The labels of a VideoRectangle are those of the Labels beside it.
	if control.Type == "VideoRectangle" {
		return slices.ContainsFunc(c.Controls, func(beside Control) bool { return beside.has(label) })
	}
	return control.has(label)
}

func (c Control) has(label string) bool { return c.DynamicLabels || slices.Contains(c.Labels, label) }

// control is the control of a result.
func (c Config) control(from string) (Control, bool) {
	i := slices.IndexFunc(c.Controls, func(control Control) bool { return c.stands(control.Name, from) })
	if i < 0 {
		return Control{}, false
	}
	return c.Controls[i], true
}

// stands tells whether a name of the configuration is that of a result. In a Repeater,
// "page_{{idx}}" stands for "page_0".
func (c Config) stands(name, result string) bool {
	pattern := regexp.QuoteMeta(name)
	for _, flag := range c.indexFlags {
		pattern = strings.ReplaceAll(pattern, regexp.QuoteMeta(flag), `\d+`)
	}
	return regexp.MustCompile("^" + pattern + "$").MatchString(result)
}
