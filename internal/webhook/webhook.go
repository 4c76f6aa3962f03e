// Package webhook offers the webhooks of projects as a resource, as data sources and to
// `terraform query`.
package webhook

import (
	"fmt"
	"strings"

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
		Validators: []validator.Describer{object.Length(0, 2048)},
		Refuse:     object.RefuseText(labelstudio.AddressProblem),
		Description: "Address of the receiver (\"Payload URL\" in the user interface), with `http://` or `https://`, at most 2048 characters. " +
			"Its host is `localhost`, an IP address or a name with a dot and without `_`."},
	{Name: "is_active", Type: object.Bool, Default: true,
		Description: "Whether the receiver is called (\"Is Active\")."},
	{Name: headers, Type: object.Map(object.Text), Default: map[string]string{}, Secret: true,
		Validators: []validator.Describer{validHeaders{}},
		Description: "Headers of each call (\"Headers\"), at most 10. Their names consist of letters, digits, `-` and `_`. " +
			"The values are stored in the Terraform state; `headers_wo` keeps them out of it."},
	{Name: "send_payload", Type: object.Bool, Default: true,
		Description: "Whether a call contains the project and what the event is about (\"Send payload\"). With `false` it contains only the name of the action."},
	{Name: "send_for_all_actions", Type: object.Bool, Default: true,
		Validators:  []validator.Describer{hasActions{}},
		Description: "Whether each event of the project causes a call (\"Send for all actions\"), whatever `actions` says. With `false` only those in `actions` do."},
	// The server empties the list in a PATCH without it.
	{Name: actions, Type: object.Set(object.Text), Default: []string{}, AlwaysSend: true,
		Validators: []validator.Describer{knownActions{}},
		Description: "The events that cause a call (\"Send Payload for\"). **Without `send_for_all_actions = false` the server ignores them** and calls for all events. " +
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
	return "Possible values: " + strings.Join(texts, ", ") + "."
}

// Definition describes webhooks.
var Definition = crud.Definition{
	TypeName: crud.ProviderName + "_webhook",
	Label:    "webhook",
	Plural:   "webhooks",
	Descriptions: crud.Descriptions{
		Resource: "A webhook of a project: Label Studio sends a POST request to an address of yours when tasks, annotations or the project itself change.\n\n" +
			"**The receiver gets the project's data**: its settings, with `task_data_password` in clear text, and the tasks and annotations that the event is about. Use an address with `https://`, or set `send_payload = false`.\n\n" +
			"**A slow receiver slows Label Studio down**: the server makes the call inside the request that causes the event, and waits up to one second for a response. It does not repeat a call that failed, and does not report it. Plan and apply do not need the receiver, and do not notice that it is down.\n\n" +
			"**Terraform causes events, too**: a change of `labelstudio_project` is a `PROJECT_UPDATED`. Deleting the project deletes its webhooks without a call.\n\n" +
			"**Headers are secrets**: their values are stored in the Terraform state unless `headers_wo` is used, and Label Studio shows them to every user of the organization. A change that somebody makes to them outside Terraform is not seen.",
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
	Gone:        "Its receiver is not called any more. The next apply creates a new one.",
}
