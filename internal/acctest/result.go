package acctest

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// A Result is how a command ended and all that it said.
type Result struct {
	T      *testing.T
	Failed bool
	// Messages are the errors and warnings, of the terraform command only with -json.
	Messages []Message
	// Output is what the terraform command wrote.
	Output string
}

// A Message is an error or a warning.
type Message struct {
	// Severity is error or warning.
	Severity string
	Summary  string
	Detail   string
	// Attribute is what the message is about: an attribute of the configuration or ""
	// and, in the output of the terraform command, the first line of a block.
	Attribute string
	// Address is that of the object, in the output of the terraform command.
	Address string
}

// resultOf is the result of a command that talks to the provider directly.
func resultOf(t *testing.T, said []*tfprotov6.Diagnostic) Result {
	t.Helper()
	result := Result{T: t, Failed: failed(said)}
	for _, d := range said {
		message := Message{Severity: strings.ToLower(d.Severity.String()), Summary: d.Summary, Detail: d.Detail}
		if steps := d.Attribute.Steps(); len(steps) > 0 {
			name, _ := steps[0].(tftypes.AttributeName)
			message.Attribute = string(name)
		}
		result.Messages = append(result.Messages, message)
	}
	return result
}

// messagesIn are the errors and warnings in the output of a command with -json.
func messagesIn(output string) (found []Message) {
	for line := range strings.Lines(output) {
		var message struct {
			Type       string
			Diagnostic struct {
				Severity, Summary, Detail, Address string
				Snippet                            struct{ Code string }
			}
		}
		said := &message.Diagnostic
		if json.Unmarshal([]byte(line), &message) != nil || message.Type != "diagnostic" || said.Summary == "Provider development overrides are in effect" {
			continue
		}
		name, _, _ := strings.Cut(said.Snippet.Code, "=")
		found = append(found, Message{said.Severity, said.Summary, said.Detail, strings.TrimSpace(name), said.Address})
	}
	return found
}

// Texts are the messages as text, or the output if there are none.
func (r Result) Texts() string {
	var text strings.Builder
	for _, m := range r.Messages {
		fmt.Fprintf(&text, "\n%s on %q of %s: %s: %s", m.Severity, m.Attribute, m.Address, m.Summary, m.Detail)
	}
	if text.Len() == 0 {
		return r.Output
	}
	return text.String()
}

// Errors are the messages of errors.
func (r Result) Errors() []Message { return r.of("error") }

// Warnings are the messages of warnings.
func (r Result) Warnings() []Message { return r.of("warning") }

func (r Result) of(severity string) (found []Message) {
	for _, m := range r.Messages {
		if m.Severity == severity {
			found = append(found, m)
		}
	}
	return found
}

// Succeeds expects that the command has ended well and warned of nothing.
func (r Result) Succeeds() Result {
	r.T.Helper()
	if r.Failed || len(r.Warnings()) > 0 {
		r.T.Fatalf("the command should succeed without a warning:\n%s", r.Texts())
	}
	return r
}

// Warns expects success with one warning, on the attribute, that says the texts.
func (r Result) Warns(attribute, summary string, texts ...string) {
	r.T.Helper()
	if r.Failed {
		r.T.Fatalf("the command should succeed with a warning:\n%s", r.Texts())
	}
	r.expectOne(r.Warnings(), attribute, summary, texts)
}

// Fails expects one error, on the attribute, that says the texts.
func (r Result) Fails(attribute, summary string, texts ...string) Result {
	r.T.Helper()
	if !r.Failed {
		r.T.Fatalf("the command should fail:\n%s", r.Texts())
	}
	r.expectOne(r.Errors(), attribute, summary, texts)
	return r
}

func (r Result) expectOne(found []Message, attribute, summary string, texts []string) {
	r.T.Helper()
	if len(found) != 1 {
		r.T.Fatalf("got %d messages of this severity, want one:\n%s", len(found), r.Texts())
	}
	if found[0].Attribute != attribute || found[0].Summary != summary {
		r.T.Errorf("got %q on %q, want %q on %q", found[0].Summary, found[0].Attribute, summary, attribute)
	}
	for _, text := range texts {
		if !strings.Contains(found[0].Detail, text) {
			r.T.Errorf("the detail lacks %q:\n%s", text, found[0].Detail)
		}
	}
}

// Flat is the text of a message without the frame and the lines that Terraform
// breaks it into.
func Flat(text string) string {
	return strings.Join(strings.Fields(strings.NewReplacer("│", " ", "╷", " ", "╵", " ").Replace(text)), " ")
}

// Action is what a plan does with the object: create, update, replace, delete, or
// nothing.
func (r Result) Action(address string) string {
	for line := range strings.Lines(r.Output) {
		var message struct {
			Type   string
			Change struct {
				Resource struct{ Addr string }
				Action   string
			}
		}
		if json.Unmarshal([]byte(line), &message) == nil && message.Type == "planned_change" && message.Change.Resource.Addr == address {
			return message.Change.Action
		}
	}
	return "nothing"
}

// ExpectAction compares what a plan does with the storage at StorageAddress.
func (r Result) ExpectAction(want string) Result {
	r.T.Helper()
	if got := r.Action(StorageAddress); r.Failed || got != want {
		r.T.Errorf("the plan will %s, want %s:\n%s", got, want, r.Output)
	}
	return r
}
