// Package webhook offers the webhooks of projects as a resource, as data sources and to
// `terraform query`.
package webhook

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/crud"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/object"
)

// Attributes that the code refers to.
const (
	project   = "project"
	url       = "url"
	actions   = "actions"
	headers   = "headers"
	createdAt = "created_at"
)

var attributes = object.Table{
	{Name: "id", Type: object.Int64, ReadOnly: true,
		Description: "Id of the webhook."},
	{Name: project, Type: object.Int64, Required: true, Replaces: true,
		Description: "Id of the project whose events the receiver gets."},
	{Name: url, Type: object.Text, Required: true,
		Validators: []validator.Describer{
			stringvalidator.RegexMatches(regexp.MustCompile(`^\s*(?i:https?)://`), `must begin with http:// or https://, as "https://example.com/hook" does: Label Studio calls no other addresses`),
			stringvalidator.UTF8LengthAtMost(2048),
		},
		Description: "Address of the receiver (\"Payload URL\" in the user interface), with `http://` or `https://`, at most 2048 characters. " +
			"Its host is `localhost`, an IP address or a name with a dot and without `_`."},
	{Name: "is_active", Type: object.Bool, Default: true,
		Description: "Whether the receiver is called (\"Is Active\")."},
	{Name: headers, Type: object.Map(object.Text), Default: map[string]string{}, Secret: true,
		Validators: []validator.Describer{validHeaders{}},
		Description: "Headers that each call carries (\"Headers\"), at most 10. Names have letters, digits, `-` and `_`. " +
			"The values are stored in the Terraform state; `headers_wo` keeps them out of it. " +
			"A change that somebody makes to them outside Terraform is not seen."},
	{Name: "send_payload", Type: object.Bool, Default: true,
		Description: "Whether calls carry the project and what the event is about (\"Send payload\"). With `false` the receiver gets the name of the action alone."},
	{Name: "send_for_all_actions", Type: object.Bool, Default: true,
		Validators:  []validator.Describer{hasActions{}},
		Description: "Whether every event of the project leads to a call (\"Send for all actions\"), whatever `actions` says. With `false` it is those of `actions`."},
	// The server empties the list in a PATCH without it.
	{Name: actions, Type: object.Set(object.Text), Default: []string{}, AlwaysSend: true,
		Validators: []validator.Describer{knownActions{}},
		Description: "The events that lead to a call (\"Send Payload for\"). They count only with `send_for_all_actions = false`. " +
			describeActions()},
	{Name: "organization", Type: object.Int64, ReadOnly: true,
		Description: "Id of the organization that the project belongs to."},
	{Name: createdAt, Type: object.Time, ReadOnly: true,
		Description: "When the webhook was created (RFC 3339)."},
	{Name: "updated_at", Type: object.Time, Volatile: true,
		Description: "When the webhook was changed last (RFC 3339)."},
}

// describeActions lists the actions with the words of the user interface.
func describeActions() string {
	texts := make([]string, len(projectActions))
	for i, action := range projectActions {
		texts[i] = fmt.Sprintf("`%s` (%s)", action.name, action.label)
	}
	return "Possible are " + strings.Join(texts, ", ") + "."
}

// Definition describes webhooks.
var Definition = crud.Definition{
	TypeName: crud.ProviderName + "_webhook",
	Label:    "webhook",
	Plural:   "webhooks",
	Descriptions: crud.Descriptions{
		Resource: "A webhook of a project: Label Studio sends a POST request to an address of yours when tasks, annotations or the project itself change.\n\n" +
			"- **The receiver gets the project's data**: its settings, `task_data_password` in clear text included, and the tasks and annotations that the event is about. Give it an address with `https://`, or set `send_payload = false`.\n" +
			"- **Calls are made while the user waits**, inside of the request that causes the event. Label Studio waits one second for the receiver, does not repeat a call that fails, and reports it to nobody. A plan or apply does not notice a receiver that is down.\n" +
			"- **Terraform causes events, too**: a change of `labelstudio_project` is `PROJECT_UPDATED`. The destruction of the project deletes its webhooks and calls none.\n" +
			"- Label Studio has no webhooks of an organization.",
		DataSource:       "One webhook: by its `id`, or by its `project` with `url`. It is an error if none or several match. It does not show the headers.",
		PluralDataSource: "All webhooks of a project, without their headers.",
		ListResource:     "The webhooks of a project",
	},
	Collection:  labelstudio.Webhooks,
	Table:       attributes,
	CreatedAt:   createdAt,
	DisplayName: []string{url},
	Parent:      project,
	Lookup:      []string{url},
	Advice:      advice,
	Redact:      withoutHeaders,
	Gone:        "Nobody is called any more. The next apply creates it anew.",
}
