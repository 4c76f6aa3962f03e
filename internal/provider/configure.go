package provider

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/crud"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
)

const (
	// A server may take two minutes to find out that a bucket can't be reached.
	defaultRequestTimeout = 3 * time.Minute
	defaultRetries        = 3
	mostRetries           = 10
)

func (p *labelStudioProvider) Configure(ctx context.Context, req provider.ConfigureRequest, resp *provider.ConfigureResponse) {
	var given settings
	resp.Diagnostics.Append(req.Config.Get(ctx, &given)...)
	if resp.Diagnostics.HasError() {
		return
	}
	var server crud.Server
	if unknown := given.unknown(); len(unknown) > 0 {
		// No error yet: the plan may need no call, and the apply will know. A Terraform that
		// can defer then plans the other objects, and these in its next run.
		if req.ClientCapabilities.DeferralAllowed {
			resp.Deferred = &provider.Deferred{Reason: provider.DeferredReasonProviderConfigUnknown}
		}
		server.Client = labelstudio.Unconfigured(fmt.Errorf("the provider's %s can't be known before the apply, so the server can't be asked now. "+
			"Apply what the value comes from first (-target), or set it by its environment variable", strings.Join(unknown, ", ")))
	} else {
		server = p.server(ctx, given, req.TerraformVersion, &resp.Diagnostics)
	}
	if resp.Diagnostics.HasError() {
		return
	}
	resp.ResourceData = server
	resp.DataSourceData = server
	resp.EphemeralResourceData = server
	resp.ListResourceData = server
	resp.ActionData = server
}

// unknown names the settings whose values come from objects that aren't there yet.
func (s settings) unknown() []string {
	var names []string
	for name, value := range map[string]attr.Value{
		"url": s.URL, "api_key": s.APIKey, "ca_cert": s.CACert, "client_cert": s.ClientCert, "client_key": s.ClientKey,
		"insecure_skip_verify": s.InsecureSkipVerify, "http_headers": s.HTTPHeaders, "request_timeout": s.RequestTimeout,
		"retries": s.Retries, "plan_checks": s.PlanChecks, "bulk_reads": s.BulkReads,
	} {
		unknown := value.IsUnknown()
		if headers, ok := value.(interface{ Elements() map[string]attr.Value }); ok {
			for _, header := range headers.Elements() {
				unknown = unknown || header.IsUnknown()
			}
		}
		if unknown {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// server is the server of the settings, each of which may come from the environment.
func (p *labelStudioProvider) server(ctx context.Context, given settings, terraform string, diags *diag.Diagnostics) crud.Server {
	text := func(text string) (string, error) { return text, nil }
	timeout := time.Duration(0)
	if !given.RequestTimeout.IsNull() {
		var err error
		if timeout, err = parseTimeout(given.RequestTimeout.ValueString()); err != nil {
			diags.AddAttributeError(path.Root("request_timeout"), "Invalid provider setting", "request_timeout: "+err.Error())
		}
	}
	headers := map[string]string{}
	if !given.HTTPHeaders.IsNull() {
		diags.Append(given.HTTPHeaders.ElementsAs(ctx, &headers, false)...)
	}
	config := labelstudio.Config{
		URL:                setting(diags, "url", given.URL, given.URL.ValueString(), "", text),
		APIKey:             setting(diags, "api_key", given.APIKey, given.APIKey.ValueString(), "", text),
		CACert:             setting(diags, "ca_cert", given.CACert, given.CACert.ValueString(), "", text),
		ClientCert:         setting(diags, "client_cert", given.ClientCert, given.ClientCert.ValueString(), "", text),
		ClientKey:          setting(diags, "client_key", given.ClientKey, given.ClientKey.ValueString(), "", text),
		InsecureSkipVerify: setting(diags, "insecure_skip_verify", given.InsecureSkipVerify, given.InsecureSkipVerify.ValueBool(), false, parseBool),
		Headers:            setting(diags, "http_headers", given.HTTPHeaders, headers, nil, parseHeaders),
		RequestTimeout:     setting(diags, "request_timeout", given.RequestTimeout, timeout, defaultRequestTimeout, parseTimeout),
		Retries:            setting(diags, "retries", given.Retries, int(given.Retries.ValueInt64()), defaultRetries, parseRetries),
		UserAgent:          fmt.Sprintf("terraform-provider-%s/%s (Terraform %s)", crud.ProviderName, p.version, terraform),
	}
	config.Log = logWithout(config.APIKey)
	server := crud.Server{
		Lists:      &crud.Lists{},
		Probe:      &crud.Probe{},
		PlanChecks: setting(diags, "plan_checks", given.PlanChecks, given.PlanChecks.ValueBool(), true, parseBool),
		BulkReads:  setting(diags, "bulk_reads", given.BulkReads, given.BulkReads.ValueBool(), false, parseBool),
	}
	for _, file := range []struct {
		name string
		text *string
	}{{"ca_cert", &config.CACert}, {"client_cert", &config.ClientCert}, {"client_key", &config.ClientKey}} {
		*file.text = pem(diags, file.name, *file.text)
	}
	if config.URL == "" {
		diags.AddAttributeError(path.Root("url"), "Label Studio's address is missing",
			"Set url in the provider block or the environment variable LABEL_STUDIO_URL to the address of the server, for example https://label-studio.example.com.")
	}
	if config.APIKey == "" {
		diags.AddAttributeError(path.Root("api_key"), "Label Studio's API key is missing",
			"Set the environment variable LABEL_STUDIO_API_KEY, or api_key in the provider block, to a personal access token or a legacy token. "+
				"Label Studio shows both under Account & Settings.")
	}
	if diags.HasError() {
		return server
	}
	client, err := labelstudio.New(config)
	switch wrong, ok := errors.AsType[*labelstudio.SettingError](err); {
	case ok:
		diags.AddAttributeError(path.Root(wrong.Setting), "Invalid provider setting", wrong.Error())
	case err != nil:
		diags.AddError("Invalid provider settings", err.Error())
	}
	server.Client = client
	return server
}

// logWithout logs for the client, which never logs a secret, and masks this one
// on top. Here and not in Configure's context, as Terraform's calls have a logger each.
func logWithout(secret string) func(context.Context, string, ...map[string]any) {
	return func(ctx context.Context, message string, fields ...map[string]any) {
		tflog.Debug(tflog.MaskLogStrings(ctx, secret), message, fields...)
	}
}

// setting is the configuration's value, or else the environment's, or else the default.
func setting[T any](diags *diag.Diagnostics, name string, given attr.Value, value, otherwise T, parse func(string) (T, error)) T {
	if !given.IsNull() {
		return value
	}
	variable := "LABEL_STUDIO_" + strings.ToUpper(name)
	text := os.Getenv(variable)
	if text == "" {
		return otherwise
	}
	parsed, err := parse(text)
	if err != nil {
		diags.AddAttributeError(path.Root(name), "Invalid environment variable", fmt.Sprintf("%s can't be read as %s: %s", variable, name, err))
	}
	return parsed
}

// The errors of these functions don't repeat the text: headers may hold secrets.

func parseBool(text string) (bool, error) {
	flag, err := strconv.ParseBool(text)
	if err != nil {
		return false, errors.New("it must be true or false")
	}
	return flag, nil
}

func parseTimeout(text string) (time.Duration, error) {
	timeout, err := time.ParseDuration(text)
	if err != nil || timeout <= 0 {
		return 0, errors.New("it must be a duration above 0, such as 90s or 3m")
	}
	return timeout, nil
}

func parseRetries(text string) (int, error) {
	retries, err := strconv.Atoi(text)
	if err != nil || retries < 0 || retries > mostRetries {
		return 0, fmt.Errorf("it must be a number from 0 to %d", mostRetries)
	}
	return retries, nil
}

func parseHeaders(text string) (map[string]string, error) {
	var headers map[string]string
	if json.Unmarshal([]byte(text), &headers) != nil {
		return nil, errors.New(`it must be a JSON object of texts, such as {"X-Team": "vision"}`)
	}
	return headers, nil
}

// pem is a certificate or key that is given as text or as the path of a file.
func pem(diags *diag.Diagnostics, name, text string) string {
	if text == "" || strings.Contains(text, "-----BEGIN ") {
		return text
	}
	content, err := os.ReadFile(text)
	if err != nil {
		diags.AddAttributeError(path.Root(name), "Can't read a certificate or key",
			fmt.Sprintf("%s contains no PEM text (-----BEGIN …), so the provider takes it as the path of a file: %s", name, errors.Unwrap(err)))
	}
	return string(content)
}
