package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// report is the tables in Markdown.
func (b *bench) report() string {
	var text strings.Builder
	fmt.Fprintf(&text, "| What | Against | Ratio | Goal | | Spread | Times | Client and server busy |\n| --- | --- | ---: | ---: | --- | ---: | --- | --- |\n")
	for _, row := range b.rows {
		fmt.Fprintln(&text, row.row())
	}
	return text.String() + "\n" + b.growthTable()
}

// write prints the report, and puts it into the guide: between the two comments that name
// the stack.
func (b *bench) write(docs bool) error {
	report := b.report()
	if _, err := os.Stdout.WriteString(report); err != nil || !docs {
		return err
	}
	path := filepath.Join(b.root, "templates", "guides", "speed.md")
	guide, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	begin, end := fmt.Sprintf("<!-- bench %s -->\n", b.server.Stack), fmt.Sprintf("<!-- end of bench %s -->\n", b.server.Stack)
	before, rest, found := strings.Cut(string(guide), begin)
	_, after, ended := strings.Cut(rest, end)
	if !found || !ended {
		return fmt.Errorf("%s has no place for the stack %s", path, b.server.Stack)
	}
	return os.WriteFile(path, []byte(before+begin+"\n"+report+"\n"+end+after), 0o600)
}
