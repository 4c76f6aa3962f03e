// Package webhook offers the webhooks of projects as a resource, as data sources and to
// `terraform query`.
package webhook

import (
	"context"
	"fmt"
	"slices"
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
		Description: "Id of the project whose events cause calls."},
	{Name: url, Type: object.Text, Required: true,
		Validators: []validator.Describer{object.Length(0, 2048)},
		Refuse:     object.RefuseText(labelstudio.AddressProblem),
		Description: "Address of the receiver (in the user interface: \"Payload URL\"). It begins with `http://` or `https://` and has at most 2048 characters. " +
			"Its host is `localhost`, an IP address, or a name with a dot and without `_`."},
	{Name: "is_active", Type: object.Bool, Default: true,
		Description: "Whether Label Studio calls the receiver (in the user interface: \"Is Active\")."},
	{Name: headers, Type: object.Map(object.Text), Default: map[string]string{}, Secret: true,
		Validators: []validator.Describer{validHeaders{}},
		Description: "HTTP headers of each call, at most 10. A name consists of letters, digits, `-` and `_`. " +
			"The values are stored in the Terraform state; `headers_wo` keeps them out of it."},
	{Name: "send_payload", Type: object.Bool, Default: true,
		Description: "Whether a call contains the project and the objects of the event (in the user interface: \"Send payload\"). With `false`, it contains only the name of the action."},
	{Name: "send_for_all_actions", Type: object.Bool, Default: true,
		Validators:  []validator.Describer{hasActions{}},
		Description: "Whether every event of the project causes a call (in the user interface: \"Send for all actions\"). With `false`, only the events in `actions` do."},
	// The server empties the list in a PATCH without it.
	{Name: actions, Type: object.Set(object.Text), Default: []string{}, AlwaysSend: true,
		Validators: []validator.Describer{knownActions{}},
		Description: "Events that cause a call (in the user interface: \"Send Payload for\"). **Set `send_for_all_actions = false`, too**: otherwise the server ignores `actions`, and every event causes a call. " +
			describeActions()},
	{Name: "organization", Type: object.Int64, ReadOnly: true,
		Description: "Id of the organization that the project belongs to."},
	{Name: createdAt, Type: object.Time, ReadOnly: true,
		Description: "Time when the webhook was created (RFC 3339)."},
	{Name: "updated_at", Type: object.Time, Volatile: true,
		Description: "Time when the webhook was last changed (RFC 3339)."},
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
		Resource: "A webhook of a project. Label Studio sends a POST request to the receiver when tasks, annotations or the project change.\n\n" +
			"**The receiver gets data of the project**: its settings, including `task_data_password` in clear text, and the tasks and annotations of the event. Use an address with `https://`, or set `send_payload = false`.\n\n" +
			"**A slow receiver slows Label Studio down**: the server makes the call inside the request that causes the event, and waits up to one second for a response. It neither repeats nor reports a call that failed. Plan and apply do not call the receiver, so they do not notice if it is down.\n\n" +
			"**Terraform causes events, too**: a change of `labelstudio_project` causes `PROJECT_UPDATED`. If you delete the project, its webhooks are deleted without a call.\n\n" +
			"**Headers are secrets**: their values are stored in the Terraform state, unless you use `headers_wo`. Label Studio shows them to every user of the organization. Terraform does not detect a change that somebody makes to them outside Terraform.",
		DataSource:       "Finds one webhook by its `id`, or by its `project` and `url`. If no webhook or several webhooks match, the data source fails. It does not return the headers.",
		PluralDataSource: "All webhooks of a project, without their headers.",
		ListResource:     "The webhooks of a project",
	},
	Collection:  labelstudio.Webhooks,
	Table:       attributes,
	CreatedAt:   createdAt,
	Twin:        url, // the server would call it beside the new one
	DisplayName: []string{url},
	Parent:      project,
	Lookup:      []string{url},
	Exclude: &crud.Exclude{
		Name: "exclude_ml_backend_webhooks",
		Description: "Whether to leave out the webhooks that Label Studio created together with ML backends, which `labelstudio_ml_backend` manages. Defaults to `false`. " +
			"With `true`, Label Studio calls each ML backend of the project.",
		Matches: ofMLBackends,
	},
	Advice: advice,
	Redact: withoutHeaders,
	Gone:   "Its receiver is not called any more. The next apply creates a new one.",
}

// ofMLBackends tells which webhooks the server created together with ML backends of the project.
func ofMLBackends(ctx context.Context, server crud.Server, project int64) (func(labelstudio.Object) bool, error) {
	backends, err := server.ListByID(ctx, labelstudio.MLBackends, labelstudio.InProject(project))
	return func(webhook labelstudio.Object) bool {
		return slices.ContainsFunc(backends, func(backend labelstudio.Object) bool { return labelstudio.IsMLWebhook(webhook, backend) })
	}, err
}
