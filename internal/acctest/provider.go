package acctest

import (
	"context"
	"maps"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/provider"
)

// A Provider is the provider as Terraform talks to it, configured for the server under
// test.
type Provider struct {
	tfprotov6.ProviderServer
	tfprotov6.ListResourceServer
	tfprotov6.ActionServer

	t       *testing.T
	ctx     context.Context //nolint:containedctx // of one command
	schemas *tfprotov6.GetProviderSchemaResponse
}

// Provider configures the provider with further settings.
func (s *Server) Provider(settings Values) *Provider {
	s.T.Helper()
	server := provider.NewServer("test")
	lists, _ := server.(tfprotov6.ListResourceServer)
	actions, _ := server.(tfprotov6.ActionServer)
	p := &Provider{ProviderServer: server, ListResourceServer: lists, ActionServer: actions, t: s.T, ctx: s.logging(), schemas: Schemas(s.T)}
	all := Values{"url": s.Proxy.URL, "api_key": s.Token()}
	maps.Copy(all, settings)
	configured, err := p.ConfigureProvider(p.ctx, &tfprotov6.ConfigureProviderRequest{
		Config:             p.block(p.schemas.Provider, all),
		ClientCapabilities: &tfprotov6.ConfigureProviderClientCapabilities{DeferralAllowed: s.DeferralAllowed},
	})
	if err != nil {
		s.T.Fatal(err)
	}
	resultOf(s.T, configured.Diagnostics).Succeeds()
	return p
}

func (p *Provider) block(schema *tfprotov6.Schema, set Values) *tfprotov6.DynamicValue {
	p.t.Helper()
	return dynamic(p.t, blockValue(p.t, schema, set))
}

// Read is what a data source finds.
func (p *Provider) Read(typeName string, config Values) (map[string]any, Result) {
	p.t.Helper()
	schema := p.schemas.DataSourceSchemas[typeName]
	valid, err := p.ValidateDataResourceConfig(p.ctx, &tfprotov6.ValidateDataResourceConfigRequest{TypeName: typeName, Config: p.block(schema, config)})
	if err != nil {
		p.t.Fatal(err)
	}
	if failed(valid.Diagnostics) {
		return nil, resultOf(p.t, valid.Diagnostics)
	}
	read, err := p.ReadDataSource(p.ctx, &tfprotov6.ReadDataSourceRequest{TypeName: typeName, Config: p.block(schema, config)})
	if err != nil {
		p.t.Fatal(err)
	}
	state, err := read.State.Unmarshal(schema.ValueType())
	if err != nil {
		p.t.Fatal(err)
	}
	found, _ := goValue(p.t, state).(map[string]any)
	return found, resultOf(p.t, read.Diagnostics)
}

// Call is what a function returns for texts.
func (p *Provider) Call(function string, arguments ...string) string {
	p.t.Helper()
	request := &tfprotov6.CallFunctionRequest{Name: function}
	for _, argument := range arguments {
		request.Arguments = append(request.Arguments, dynamic(p.t, tftypes.NewValue(tftypes.String, argument)))
	}
	response, err := p.CallFunction(p.ctx, request)
	if err != nil {
		p.t.Fatal(err)
	}
	if response.Error != nil {
		p.t.Fatal(response.Error.Text)
	}
	result, err := response.Result.Unmarshal(tftypes.String)
	if err != nil {
		p.t.Fatal(err)
	}
	text, _ := goValue(p.t, result).(string)
	return text
}

// A Listed is an object that a list block finds.
type Listed struct {
	Result

	ID          int64
	DisplayName string
	// Attributes are nil unless the list asks for whole resources.
	Attributes map[string]any
}

// List is what the provider answers to a list block.
func (p *Provider) List(typeName string, config Values, whole bool, limit int64) []Listed {
	p.t.Helper()
	stream, err := p.ListResource(p.ctx, &tfprotov6.ListResourceRequest{
		TypeName: typeName, Config: p.block(p.schemas.ListResourceSchemas[typeName], config), IncludeResource: whole, Limit: limit,
	})
	if err != nil {
		p.t.Fatal(err)
	}
	var all []Listed
	for found := range stream.Results {
		listed := Listed{Result: resultOf(p.t, found.Diagnostics), DisplayName: found.DisplayName}
		if found.Identity != nil {
			listed.ID = p.identity(found.Identity)
		}
		if found.Resource != nil {
			value, err := found.Resource.Unmarshal(p.schemas.ResourceSchemas[typeName].ValueType())
			if err != nil {
				p.t.Fatal(err)
			}
			listed.Attributes, _ = goValue(p.t, value).(map[string]any)
		}
		all = append(all, listed)
	}
	return all
}

// identity is the id in an identity.
func (p *Provider) identity(of *tfprotov6.ResourceIdentityData) int64 {
	p.t.Helper()
	value, err := of.IdentityData.Unmarshal(tftypes.Object{AttributeTypes: map[string]tftypes.Type{"id": tftypes.Number}})
	if err != nil {
		p.t.Fatal(err)
	}
	id, _ := goValue(p.t, attributesIn(p.t, value)["id"]).(int64)
	return id
}

// Invoke invokes an action and returns what it tells while it runs.
func (p *Provider) Invoke(typeName string, config Values) (progress []string, result Result) {
	p.t.Helper()
	block := p.block(p.schemas.ActionSchemas[typeName].Schema, config)
	valid, err := p.ValidateActionConfig(p.ctx, &tfprotov6.ValidateActionConfigRequest{ActionType: typeName, Config: block})
	if err != nil {
		p.t.Fatal(err)
	}
	if failed(valid.Diagnostics) {
		return nil, resultOf(p.t, valid.Diagnostics)
	}
	stream, err := p.InvokeAction(p.ctx, &tfprotov6.InvokeActionRequest{ActionType: typeName, Config: block})
	if err != nil {
		p.t.Fatal(err)
	}
	completed := 0
	for event := range stream.Events {
		switch event := event.Type.(type) {
		case tfprotov6.ProgressInvokeActionEventType:
			progress = append(progress, event.Message)
		case tfprotov6.CompletedInvokeActionEventType:
			completed++
			result = resultOf(p.t, event.Diagnostics)
		}
	}
	if completed != 1 {
		p.t.Errorf("the action has ended %d times", completed)
	}
	return progress, result
}
