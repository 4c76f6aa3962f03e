// Package mlbackend offers the ML backends of projects as a resource, as data sources and
// to `terraform query`.
package mlbackend

import (
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/crud"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/object"
)

// Attributes that the code refers to.
const (
	project       = "project"
	url           = "url"
	title         = "title"
	authMethod    = "auth_method"
	basicAuthUser = "basic_auth_user"
	basicAuthPass = "basic_auth_pass"        //nolint:gosec // a name
	passIsSet     = "basic_auth_pass_is_set" //nolint:gosec // a name
	autoUpdate    = "auto_update"
	modelVersion  = "model_version"
	createdAt     = "created_at"
	webhookID     = "webhook_id"
)

// basicAuth is the value of auth_method that needs a user and a password.
const basicAuth = "BASIC_AUTH"

// connected is the state of a backend that has answered.
const connected = "CO"

// Every settable attribute but the password is in each PATCH: the server needs url and
// project, calls the backend with what the PATCH holds and not with what is stored, and a
// PATCH of the whole object repairs what another one has taken back.
var attributes = object.Table{
	{Name: "id", Type: object.Int64, ReadOnly: true,
		Description: "Id of the ML backend."},
	{Name: project, Type: object.Int64, Required: true, Replaces: true, AlwaysSend: true,
		Description: "Id of the project that the model belongs to."},
	{Name: url, Type: object.Text, Required: true, AlwaysSend: true,
		Validators: []validator.Describer{
			stringvalidator.RegexMatches(regexp.MustCompile(`^\s*(?i:https?)://`), `must begin with http:// or https://, as "https://model.example.com" does: Label Studio calls no other addresses`),
		},
		Description: "Address of the ML backend (\"Backend URL\" in the user interface), with `http://` or `https://`. The Label Studio server calls it, not Terraform. " +
			"Label Studio leaves out a query."},
	{Name: title, Type: object.Text, Default: "default", AlwaysSend: true,
		Description: "Name of the model (\"Name\")."},
	{Name: "description", Type: object.Text, Default: "", AlwaysSend: true,
		Description: "A text about the model."},
	{Name: "is_interactive", Type: object.Bool, Default: false, AlwaysSend: true,
		Description: "Whether the model helps annotators while they label (\"Interactive preannotations\")."},
	{Name: authMethod, Type: object.Text, Default: "NONE", AlwaysSend: true,
		Validators: []validator.Describer{stringvalidator.OneOf("NONE", basicAuth)},
		Description: "How Label Studio logs in at the backend (\"Select authentication method\"): `NONE` (No Authentication) or `BASIC_AUTH` (Basic Authentication), " +
			"which needs `basic_auth_user` and a password. Label Studio sends the two whenever both are set."},
	{Name: basicAuthUser, Type: object.Text, Default: "", AlwaysSend: true,
		Description: "User for basic authentication (\"Basic auth user\")."},
	{Name: basicAuthPass, Type: object.Text, Secret: true, StoredFlag: passIsSet,
		Refuse: object.RefuseText(func(text string) string {
			if text == "" {
				return "is empty, which Label Studio takes for no change. Set a password, or leave it out"
			}
			return ""
		}),
		Description: "Password for basic authentication (\"Basic auth pass\")."},
	{Name: passIsSet, Type: object.Bool, Volatile: true,
		Description: "Whether the server has a password for basic authentication."},
	{Name: "extra_params", Type: object.JSON, AlwaysSend: true,
		Description: "JSON text that the backend gets with each set-up (\"Any extra params to pass during model connection\"), as `jsonencode` makes it."},
	{Name: autoUpdate, Type: object.Bool, Default: true, AlwaysSend: true,
		Description: "Whether `model_version` follows the version that the backend names. With `false` it stays as it is."},
	{Name: modelVersion, Type: object.Text, Computed: true, AlwaysSend: true,
		Description: "Version of the model, which Label Studio notes with each prediction. The backend names it, unless `auto_update = false`: then it can be set here."},
	{Name: "state", Type: object.Text, Volatile: true,
		Description: "What the backend said when Label Studio called it last: `CO` (connected), `DI` (disconnected), `ER` (error), `TR` (training) or `PR` (predicting). Each refresh calls it."},
	{Name: "readable_state", Type: object.Text, Volatile: true,
		Description: "`state` as a word: `Connected`, `Disconnected`, `Error`, `Training` or `Predicting`."},
	{Name: "error_message", Type: object.Text, Volatile: true,
		Description: "What was wrong when the backend last answered with an error."},
	{Name: createdAt, Type: object.Time, ReadOnly: true,
		Description: "When the ML backend was created (RFC 3339)."},
}

// Definition describes ML backends.
var Definition = crud.Definition{
	TypeName: crud.ProviderName + "_ml_backend",
	Label:    "ML backend",
	Plural:   "ml_backends",
	Descriptions: crud.Descriptions{
		Resource: "An ML backend of a project (page \"Model\" of the project's settings, \"Connect Model\"): a server of yours that predicts labels for Label Studio.\n\n" +
			"**The backend gets a token with all rights of the user who created the project**: Label Studio sends that user's legacy token with each set-up, even if legacy tokens are switched off. Connect only a backend that you trust with it, over `https://` or a network of your own. " +
			"If that user is deleted, Label Studio can neither read, change nor delete the ML backends of the project.\n\n" +
			"**The backend has to run while Terraform creates or updates it**, and accept the project's labeling configuration: Label Studio calls `/health` and `/setup` and refuses any change if they fail, even one of the title. " +
			"A backend that is down can be refreshed and destroyed, and its `state` is no difference in the plan.\n\n" +
			"**Each refresh calls the backend**, and so does each list: Label Studio asks for its state and saves it. Somebody who opens the page \"Model\" in the same moment can undo an update. Terraform notices this, and repeats the update once.\n\n" +
			"**Label Studio creates a webhook beside it**, which calls `<url>/webhook` for all events of the project. It follows `url`, and is destroyed with the ML backend, unless another ML backend of the project has the same `url`. " +
			"To manage the webhook yourself, create a `labelstudio_webhook` with that address first (`depends_on`): Label Studio then uses that one, and it stays. Label Studio creates none for a host without a dot other than `localhost`, such as `http://model:9090`, and then tells the backend nothing of new annotations.\n\n" +
			"**In a private network** Label Studio needs `SSRF_PROTECTION_ENABLED=false` and `ML_BLOCK_LOCAL_IP=false` in its environment to call backend and webhook.\n\n" +
			"The API also has a `timeout`, which this resource leaves out, because it has no effect: Label Studio waits 1 second for a connection, 3 seconds for a set-up, and 100 seconds for predictions and training.",
		DataSource:       "One ML backend: by its `id`, or by its `project` with `url` or `title`. It is an error if none or several match. Label Studio calls the backend for it. It does not show the password.",
		PluralDataSource: "All ML backends of a project, without their passwords. Label Studio calls each of them for it.",
		ListResource:     "The ML backends of a project",
	},
	Collection: labelstudio.MLBackends,
	Table:      attributes,
	// Each read changes it, so a plan with -refresh-only would never be empty.
	DataSourceOnly: object.Table{{Name: "updated_at", Type: object.Time, Volatile: true,
		Description: "When the ML backend was changed or read last (RFC 3339)."}},
	Local: map[string]schema.Attribute{webhookID: schema.Int64Attribute{
		Computed: true,
		MarkdownDescription: "Id of the webhook that Label Studio created together with the ML backend, and that calls `<url>/webhook`. It follows `url` and is destroyed with the ML backend. " +
			"Null if Label Studio created none, because one with this address was there before, or because it refuses the address. Don't manage it as a `labelstudio_webhook`, too.",
	}},
	CreatedAt:      createdAt,
	Twin:           url,
	DisplayName:    []string{title, url},
	NonFieldErrors: url,
	Parent:         project,
	Lookup:         []string{url, title},
	Advice:         advice,
	Redact:         withoutLinks,
	Gone:           "The next apply creates a new one. If somebody deleted it alone, its webhook is still there and calls the backend: look at the page \"Webhooks\" of the project's settings.",
}
