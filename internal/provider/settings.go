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
		MarkdownDescription: "Puts projects, storages and webhooks of a Label Studio server under declarative control. " +
			"Each setting may come from its environment variable instead; the configuration wins.",
		Attributes: map[string]schema.Attribute{
			"url": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "Address of the server, with the path prefix if it has one: `https://example.com/label-studio`. Required, here or as `LABEL_STUDIO_URL`; there is no default, so that a forgotten variable can't lead to another server.",
			},
			"api_key": schema.StringAttribute{
				Optional: true, Sensitive: true,
				MarkdownDescription: "Personal access token or legacy token of a user (Account & Settings); which one it is can be seen from its form. Required, here or as `LABEL_STUDIO_API_KEY`.",
			},
			"ca_cert": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "Certificates of further authorities that may have signed the server's: PEM text, or the path of a file with it. `LABEL_STUDIO_CA_CERT`.",
			},
			"client_cert": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "Client certificate for mutual TLS, with `client_key`: PEM text, or the path of a file with it. `LABEL_STUDIO_CLIENT_CERT`.",
			},
			"client_key": schema.StringAttribute{
				Optional: true, Sensitive: true,
				MarkdownDescription: "Private key of `client_cert`: PEM text, or the path of a file with it. `LABEL_STUDIO_CLIENT_KEY`.",
			},
			"insecure_skip_verify": schema.BoolAttribute{
				Optional:            true,
				MarkdownDescription: "Whether to accept any certificate of the server. Anybody between Terraform and the server can then read the API key: for tests only. `LABEL_STUDIO_INSECURE_SKIP_VERIFY`. Defaults to `false`.",
			},
			"http_headers": schema.MapAttribute{
				Optional: true, Sensitive: true, ElementType: types.StringType,
				MarkdownDescription: "Further headers of each request, as a proxy in front of the server may want them. `LABEL_STUDIO_HTTP_HEADERS`, as a JSON object.",
			},
			"request_timeout": schema.StringAttribute{
				CustomType: timetypes.GoDurationType{}, Optional: true,
				MarkdownDescription: "How long one request may take, such as `90s`. A server may need two minutes to find out that a bucket can't be reached. A sync may take longer: it is then followed by further requests. `LABEL_STUDIO_REQUEST_TIMEOUT`. Defaults to `3m`.",
			},
			"retries": schema.Int64Attribute{
				Optional: true, Validators: []validator.Int64{int64validator.Between(0, mostRetries)},
				MarkdownDescription: "How often a request is repeated that failed for a passing reason (connection lost, 429, 502, 503, 504, SQLite locked). Creations are only repeated if the server has refused them with 429. `LABEL_STUDIO_RETRIES`. Defaults to `3`.",
			},
			"plan_checks": schema.BoolAttribute{
				Optional:            true,
				MarkdownDescription: "Whether plans ask the server if it will accept what is new or changed, and whether the provider checks after a sync that the tasks have the data that the project's `label_config` refers to. `LABEL_STUDIO_PLAN_CHECKS`. Defaults to `true`.",
			},
			"bulk_reads": schema.BoolAttribute{
				Optional: true,
				MarkdownDescription: "Whether a refresh reads all storages of a kind in a project by one request instead of one for each. It makes plans over hundreds of storages several times as fast. " +
					"The price: when the server lists storages, it marks a sync as failed that has been silent for 25 seconds, as one may be in a directory with many files. The page of the project's storages does the same each time somebody opens it. Leave it off where syncs run during plans. `LABEL_STUDIO_BULK_READS`. Defaults to `false`.",
			},
		},
	}
}
