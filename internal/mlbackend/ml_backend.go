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
		Description: "Id of the project that the ML backend belongs to."},
	{Name: url, Type: object.Text, Required: true, AlwaysSend: true,
		Validators: []validator.Describer{
			stringvalidator.RegexMatches(regexp.MustCompile(`^\s*(?i:https?)://`), `must begin with http:// or https://, as "https://model.example.com" does: Label Studio calls no other addresses`),
		},
		Description: "Address of the ML backend (in the user interface: \"Backend URL\"), beginning with `http://` or `https://`. The Label Studio server calls it, not Terraform. " +
			"Label Studio ignores a query string."},
	{Name: title, Type: object.Text, Default: "default", AlwaysSend: true,
		Description: "Name of the ML backend (in the user interface: \"Name\")."},
	{Name: "description", Type: object.Text, Default: "", AlwaysSend: true,
		Description: "Description of the ML backend."},
	{Name: "is_interactive", Type: object.Bool, Default: false, AlwaysSend: true,
		Description: "Whether Label Studio asks the backend for predictions while an annotator labels a task (in the user interface: \"Interactive preannotations\")."},
	{Name: authMethod, Type: object.Text, Default: "NONE", AlwaysSend: true,
		Validators: []validator.Describer{stringvalidator.OneOf("NONE", basicAuth)},
		Description: "How Label Studio authenticates to the backend (in the user interface: \"Select authentication method\"): `NONE` (No Authentication) or `BASIC_AUTH` (Basic Authentication), " +
			"which needs `basic_auth_user` and a password. Label Studio sends user and password whenever both are set, even with `NONE`."},
	{Name: basicAuthUser, Type: object.Text, Default: "", AlwaysSend: true,
		Description: "User name for basic authentication (in the user interface: \"Basic auth user\")."},
	{Name: basicAuthPass, Type: object.Text, Secret: true, StoredFlag: passIsSet,
		Refuse: object.RefuseText(func(text string) string {
			if text == "" {
				return "is empty, and Label Studio would keep the password that it has. Set a password, or remove the attribute"
			}
			return ""
		}),
		Description: "Password for basic authentication (in the user interface: \"Basic auth pass\")."},
	{Name: passIsSet, Type: object.Bool, Volatile: true,
		Description: "Whether the server has a password for basic authentication."},
	{Name: "extra_params", Type: object.JSON, AlwaysSend: true,
		Description: "Parameters that Label Studio sends to the backend whenever it calls `<url>/setup` (in the user interface: \"Any extra params to pass during model connection\"), as JSON text: use `jsonencode`."},
	{Name: autoUpdate, Type: object.Bool, Default: true, AlwaysSend: true,
		Description: "Whether Label Studio sets `model_version` to the version that the backend reports. With `false`, `model_version` changes only if you change it."},
	{Name: modelVersion, Type: object.Text, Computed: true, AlwaysSend: true,
		Description: "Version of the model, which Label Studio stores with each prediction. The backend reports it. You can set it only with `auto_update = false`."},
	{Name: "state", Type: object.Text, Volatile: true,
		Description: "State of the backend when Label Studio last called it: `CO` (connected), `DI` (disconnected), `ER` (error), `TR` (training) or `PR` (predicting). Each refresh calls the backend."},
	{Name: "readable_state", Type: object.Text, Volatile: true,
		Description: "`state` as a word: `Connected`, `Disconnected`, `Error`, `Training` or `Predicting`."},
	{Name: "error_message", Type: object.Text, Volatile: true,
		Description: "The last error that the backend returned. Label Studio clears it when the backend is connected again."},
	{Name: createdAt, Type: object.Time, ReadOnly: true,
		Description: "Time when the ML backend was created (RFC 3339)."},
}

// Definition describes ML backends.
var Definition = crud.Definition{
	TypeName: crud.ProviderName + "_ml_backend",
	Label:    "ML backend",
	Plural:   "ml_backends",
	Descriptions: crud.Descriptions{
		Resource: "Connects an ML backend to a project: a server that you run, and that predicts labels for Label Studio (in the user interface: \"Connect Model\" on the page \"Model\" of the project's settings).\n\n" +
			"**The backend gets a token with all rights of the user who created the project.** Label Studio sends this user's legacy token whenever it calls `<url>/setup`, even if legacy tokens are disabled. Connect only a backend that you trust, and connect it over `https://` or in a private network. " +
			"If this user is deleted, Label Studio can no longer read, change or delete the ML backends of the project.\n\n" +
			"**The backend must run while Terraform creates or updates the resource**, and it must accept the project's labeling configuration. Label Studio calls `<url>/health` and `<url>/setup`, and refuses every change if one of them fails, even a change of the title. " +
			"If the backend is down, Terraform can still refresh and destroy the resource. A change of `state` does not cause a change in a plan.\n\n" +
			"**Each refresh calls the backend**, and so does each data source and list of ML backends. Label Studio asks the backend for its state and then saves the whole ML backend. If somebody opens the page \"Model\" while Terraform updates the ML backend, this can undo the update. Terraform detects this, and repeats the update once.\n\n" +
			"**Label Studio also creates a webhook**, which calls `<url>/webhook` for all events of the project. If you change `url`, Terraform changes the webhook, too. If you destroy the ML backend, Terraform deletes the webhook, unless another ML backend of the project has the same `url`. " +
			"To manage the webhook yourself, create a `labelstudio_webhook` with this address first (`depends_on`). Label Studio then uses it and creates no other, and Terraform does not delete it with the ML backend. Label Studio creates no webhook if the host has no dot and is not `localhost`, such as `http://model:9090`. It then does not tell the backend about new annotations.\n\n" +
			"**In a private network**, set `SSRF_PROTECTION_ENABLED=false` and `ML_BLOCK_LOCAL_IP=false` in the environment of the Label Studio server, so that it may call the backend and the webhook.\n\n" +
			"The action [`labelstudio_ml_backend_train`](../actions/ml_backend_train.md) asks the backend to train its model. To start a training after each number of annotations, set `min_annotations_to_start_training` of the project.\n\n" +
			"The resource does not have the `timeout` of the API, because Label Studio ignores it: it waits 1 second for a connection, 3 seconds for a response of `<url>/setup`, and 100 seconds for predictions and training.",
		DataSource:       "Finds one ML backend by its `id`, or by its `project` and its `url` or `title`. If no ML backend or several ML backends match, the data source fails. Each read calls the backend. The data source does not return the password.",
		PluralDataSource: "All ML backends of a project, without their passwords. Each read calls all of them.",
		ListResource:     "The ML backends of a project",
	},
	Collection: labelstudio.MLBackends,
	Table:      attributes,
	// Each read changes it, so a plan with -refresh-only would never be empty.
	DataSourceOnly: object.Table{{Name: "updated_at", Type: object.Time, Volatile: true,
		Description: "Time when the ML backend was last changed or read (RFC 3339)."}},
	Local: map[string]schema.Attribute{webhookID: schema.Int64Attribute{
		Computed: true,
		MarkdownDescription: "Id of the webhook that Label Studio created together with the ML backend, and that calls `<url>/webhook`. Terraform changes it when `url` changes, and deletes it with the ML backend. Do not manage it with a `labelstudio_webhook` as well. " +
			"Null if Label Studio created no webhook, because a webhook with this address existed before, or because it does not accept the address for a webhook.",
	}},
	CreatedAt:      createdAt,
	Twin:           url,
	DisplayName:    []string{title, url},
	NonFieldErrors: url,
	Parent:         project,
	Lookup:         []string{url, title},
	Advice:         advice,
	Redact:         withoutLinks,
	Gone:           "The next apply creates a new one. If somebody deleted only the ML backend, its webhook still exists and calls the backend: look at the page \"Webhooks\" of the project's settings.",
}
