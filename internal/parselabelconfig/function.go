// Package parselabelconfig offers the function parse_label_config.
package parselabelconfig

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelconfig"
)

// result is what the function returns.
type result struct {
	Controls map[string]control `tfsdk:"controls"`
	Objects  map[string]object  `tfsdk:"objects"`
	DataKeys []string           `tfsdk:"data_keys"`
}

type control struct {
	Type          string   `tfsdk:"type"`
	ToName        []string `tfsdk:"to_name"`
	Labels        []string `tfsdk:"labels"`
	DynamicLabels bool     `tfsdk:"dynamic_labels"`
}

type object struct {
	Type     string   `tfsdk:"type"`
	Value    string   `tfsdk:"value"`
	DataKeys []string `tfsdk:"data_keys"`
}

var (
	texts       = types.ListType{ElemType: types.StringType}
	controlType = types.ObjectType{AttrTypes: map[string]attr.Type{
		"type": types.StringType, "to_name": texts, "labels": texts, "dynamic_labels": types.BoolType,
	}}
	objectType = types.ObjectType{AttrTypes: map[string]attr.Type{
		"type": types.StringType, "value": types.StringType, "data_keys": texts,
	}}
	resultTypes = map[string]attr.Type{
		"controls": types.MapType{ElemType: controlType}, "objects": types.MapType{ElemType: objectType}, "data_keys": texts,
	}
)

type parseLabelConfig struct{}

// NewFunction is the function parse_label_config.
func NewFunction() function.Function { return parseLabelConfig{} }

func (parseLabelConfig) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "parse_label_config"
}

func (parseLabelConfig) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "Controls, objects and data keys of a labeling configuration",
		MarkdownDescription: "Reads a labeling configuration (the `label_config` of a project) as Label Studio does, without a server. Returns an object:\n\n" +
			"- `controls`: a map of the elements with which annotators label, such as `Choices`. The keys are their names. Each has a `type` (the name of the element), " +
			"`to_name` (the list of its objects), `labels` (the list of its labels, as results contain them: the `alias`, or the `value` if there is no `alias`) " +
			"and `dynamic_labels` (whether further labels come from the task or from a URL).\n" +
			"- `objects`: a map of the elements that show data, such as `Image`. The keys are their names. Each has a `type`, a `value` as it is written, such as `$image`, " +
			"and `data_keys` (the list of keys of the task to which the value refers).\n" +
			"- `data_keys`: the list of all keys in a task's `data` to which the configuration refers, including those of headers, labels and repeaters. `$video.url` and `$pages[{{idx}}].url` need the keys `video` and `pages`.\n\n" +
			"Lists have the order of the configuration. Names in a `Repeater` are returned as they are written, such as `page_{{idx}}`. The function fails if the configuration is not well-formed XML, or if two elements have the same name. " +
			"It does not find other mistakes, but the server does. Requires Terraform 1.8 or OpenTofu 1.7.",
		Parameters: []function.Parameter{
			function.StringParameter{Name: "label_config", MarkdownDescription: "The labeling configuration (XML)."},
		},
		Return: function.ObjectReturn{AttributeTypes: resultTypes},
	}
}

func (parseLabelConfig) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var text string
	if resp.Error = req.Arguments.Get(ctx, &text); resp.Error != nil {
		return
	}
	config, err := labelconfig.Parse(text)
	if err != nil {
		resp.Error = function.NewArgumentFuncError(0, "the labeling configuration can't be read: "+err.Error())
		return
	}
	found := result{Controls: map[string]control{}, Objects: map[string]object{}, DataKeys: list(config.DataKeys)}
	for _, c := range config.Controls {
		found.Controls[c.Name] = control{Type: c.Type, ToName: list(c.ToName), Labels: list(c.Labels), DynamicLabels: c.DynamicLabels}
	}
	for _, o := range config.Objects {
		found.Objects[o.Name] = object{Type: o.Type, Value: o.Value, DataKeys: list(o.DataKeys)}
	}
	resp.Error = resp.Result.Set(ctx, found)
}

// list is empty, not null, without elements.
func list(elements []string) []string { return append([]string{}, elements...) }
