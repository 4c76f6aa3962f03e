package provider

import (
	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// settings is the provider block.
type settings struct {
	URL                types.String         `tfsdk:"url"`
	APIKey             types.String         `tfsdk:"api_key"`
	CACert             types.String         `tfsdk:"ca_cert"`
	ClientCert         types.String         `tfsdk:"client_cert"`
	ClientKey          types.String         `tfsdk:"client_key"`
	InsecureSkipVerify types.Bool           `tfsdk:"insecure_skip_verify"`
	HTTPHeaders        types.Map            `tfsdk:"http_headers"`
	RequestTimeout     timetypes.GoDuration `tfsdk:"request_timeout"`
	Retries            types.Int64          `tfsdk:"retries"`
	PlanChecks         types.Bool           `tfsdk:"plan_checks"`
	BulkReads          types.Bool           `tfsdk:"bulk_reads"`
}

func settingsSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "Manages the projects, storages, webhooks, ML backends, views and organization settings of a Label Studio server. " +
			"Each setting of the provider has an environment variable. If both are set, the configuration takes precedence.",
		Attributes: map[string]schema.Attribute{
			"url": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "Address of the server, including its path prefix, if any: `https://example.com/label-studio`. Required, unless `LABEL_STUDIO_URL` is set. There is no default.",
			},
			"api_key": schema.StringAttribute{
				Optional: true, Sensitive: true,
				MarkdownDescription: "Personal access token or legacy token of a user. Label Studio shows both under Account & Settings. Required, unless `LABEL_STUDIO_API_KEY` is set.",
			},
			"ca_cert": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "Certificates of additional certificate authorities to trust, as PEM text or as the path of a PEM file. Environment variable: `LABEL_STUDIO_CA_CERT`.",
			},
			"client_cert": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "Client certificate for mutual TLS, as PEM text or as the path of a PEM file. Requires `client_key`. Environment variable: `LABEL_STUDIO_CLIENT_CERT`.",
			},
			"client_key": schema.StringAttribute{
				Optional: true, Sensitive: true,
				MarkdownDescription: "Private key of `client_cert`, as PEM text or as the path of a PEM file. Environment variable: `LABEL_STUDIO_CLIENT_KEY`.",
			},
			"insecure_skip_verify": schema.BoolAttribute{
				Optional:            true,
				MarkdownDescription: "Whether to accept any certificate of the server. Anybody between Terraform and the server can then read the token, so use it only for tests. Environment variable: `LABEL_STUDIO_INSECURE_SKIP_VERIFY`. Defaults to `false`.",
			},
			"http_headers": schema.MapAttribute{
				Optional: true, Sensitive: true, ElementType: types.StringType,
				MarkdownDescription: "Additional headers of each request, for a gateway in front of the server. If you set `Authorization`, `api_key` must be a legacy token, and the provider sends this token as `X-Api-Key`: see the examples in [Tokens](guides/tokens.md#gateways). You can't set `X-Api-Key` and `Host`. The provider sends the headers only to the host in `url`. Environment variable: `LABEL_STUDIO_HTTP_HEADERS`, as a JSON object.",
			},
			"request_timeout": schema.StringAttribute{
				CustomType: timetypes.GoDurationType{}, Optional: true,
				MarkdownDescription: "Time limit of one request, such as `90s`. Label Studio may need two minutes to find out that it can't reach a bucket. A sync may take longer, because the provider polls it with further requests. Environment variable: `LABEL_STUDIO_REQUEST_TIMEOUT`. Defaults to `3m`.",
			},
			"retries": schema.Int64Attribute{
				Optional: true, Validators: []validator.Int64{int64validator.Between(0, mostRetries)},
				MarkdownDescription: "How often the provider repeats a request that failed for a temporary reason: lost connection, status 429, 502, 503 or 504, or a locked SQLite database. It repeats a request that creates an object only after status 429. Environment variable: `LABEL_STUDIO_RETRIES`. Defaults to `3`.",
			},
			"plan_checks": schema.BoolAttribute{
				Optional:            true,
				MarkdownDescription: "Whether plans ask the server about new and changed objects. With `true`, a plan warns if the server does not respond or refuses the token, and reports what the server would refuse. After a sync, the provider also checks that the tasks have the data that the project's `label_config` refers to. With `false`, the provider makes none of these checks. Environment variable: `LABEL_STUDIO_PLAN_CHECKS`. Defaults to `true`.",
			},
			"bulk_reads": schema.BoolAttribute{
				Optional: true,
				MarkdownDescription: "Whether a refresh reads all storages of one kind in a project with one request, instead of one request for each storage. Plans with hundreds of storages then take about half the time. " +
					"However, when the server lists storages, it marks a running sync as failed if the sync has made no progress for 25 seconds, which can happen in a directory with many files. Opening the page of the project's storages has the same effect. Leave the setting at `false` if syncs run during plans. Environment variable: `LABEL_STUDIO_BULK_READS`. Defaults to `false`.",
			},
		},
	}
}
