package provider

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// NewServer returns the server that Terraform calls, for a release of the provider.
func NewServer(version string) tfprotov6.ProviderServer {
	framework := providerserver.NewProtocol6(New(version)())()
	if all, ok := framework.(frameworkServer); ok {
		return &providerServer{all}
	}
	return framework
}

// frameworkServer has the calls that the framework serves.
type frameworkServer interface {
	tfprotov6.ProviderServer
	tfprotov6.ListResourceServer
	tfprotov6.ActionServer
	tfprotov6.StateStoreServer
}

// providerServer keeps the memory of the process from growing with the number of objects. The
// framework keeps the context of each call until the process ends, because it cancels
// all of them when Terraform is interrupted (registerContext in its proto6server). A
// context holds the loggers of its call, about 15 kB, and a plan makes four calls for each
// object. The calls for single objects therefore get a context that lets go of what it
// holds when the call has ended.
type providerServer struct{ frameworkServer }

// callContext is the context of a call, until the call ends.
type callContext struct {
	of atomic.Pointer[context.Context]
}

// ended is the context of all calls that have ended.
var ended = func() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return ctx
}()

func (c *callContext) context() context.Context { return *c.of.Load() }

// Deadline implements context.Context.
func (c *callContext) Deadline() (time.Time, bool) { return c.context().Deadline() }

// Done implements context.Context.
func (c *callContext) Done() <-chan struct{} { return c.context().Done() }

// Err implements context.Context.
func (c *callContext) Err() error { return c.context().Err() }

// Value implements context.Context.
func (c *callContext) Value(key any) any { return c.context().Value(key) }

// call makes a call with a context that ends with it.
func call[Request, Response any](ctx context.Context, request *Request, by func(context.Context, *Request) (*Response, error)) (*Response, error) {
	var limited callContext
	limited.of.Store(&ctx)
	defer limited.of.Store(&ended) //nolint:contextcheck // the context has ended, as its caller's is about to
	return by(&limited, request)   //nolint:contextcheck // it is ctx until the call ends
}

// ValidateResourceConfig implements tfprotov6.ResourceServer.
func (s *providerServer) ValidateResourceConfig(ctx context.Context, request *tfprotov6.ValidateResourceConfigRequest) (*tfprotov6.ValidateResourceConfigResponse, error) {
	return call(ctx, request, s.frameworkServer.ValidateResourceConfig)
}

// UpgradeResourceState implements tfprotov6.ResourceServer.
func (s *providerServer) UpgradeResourceState(ctx context.Context, request *tfprotov6.UpgradeResourceStateRequest) (*tfprotov6.UpgradeResourceStateResponse, error) {
	return call(ctx, request, s.frameworkServer.UpgradeResourceState)
}

// UpgradeResourceIdentity implements tfprotov6.ResourceServer.
func (s *providerServer) UpgradeResourceIdentity(ctx context.Context, request *tfprotov6.UpgradeResourceIdentityRequest) (*tfprotov6.UpgradeResourceIdentityResponse, error) {
	return call(ctx, request, s.frameworkServer.UpgradeResourceIdentity)
}

// ReadResource implements tfprotov6.ResourceServer.
func (s *providerServer) ReadResource(ctx context.Context, request *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	return call(ctx, request, s.frameworkServer.ReadResource)
}

// PlanResourceChange implements tfprotov6.ResourceServer.
func (s *providerServer) PlanResourceChange(ctx context.Context, request *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	return call(ctx, request, s.frameworkServer.PlanResourceChange)
}

// ApplyResourceChange implements tfprotov6.ResourceServer.
func (s *providerServer) ApplyResourceChange(ctx context.Context, request *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
	return call(ctx, request, s.frameworkServer.ApplyResourceChange)
}

// ImportResourceState implements tfprotov6.ResourceServer.
func (s *providerServer) ImportResourceState(ctx context.Context, request *tfprotov6.ImportResourceStateRequest) (*tfprotov6.ImportResourceStateResponse, error) {
	return call(ctx, request, s.frameworkServer.ImportResourceState)
}

// MoveResourceState implements tfprotov6.ResourceServer.
func (s *providerServer) MoveResourceState(ctx context.Context, request *tfprotov6.MoveResourceStateRequest) (*tfprotov6.MoveResourceStateResponse, error) {
	return call(ctx, request, s.frameworkServer.MoveResourceState)
}

// GenerateResourceConfig implements tfprotov6.ResourceServer.
func (s *providerServer) GenerateResourceConfig(ctx context.Context, request *tfprotov6.GenerateResourceConfigRequest) (*tfprotov6.GenerateResourceConfigResponse, error) {
	return call(ctx, request, s.frameworkServer.GenerateResourceConfig)
}

// ValidateDataResourceConfig implements tfprotov6.DataSourceServer.
func (s *providerServer) ValidateDataResourceConfig(ctx context.Context, request *tfprotov6.ValidateDataResourceConfigRequest) (*tfprotov6.ValidateDataResourceConfigResponse, error) {
	return call(ctx, request, s.frameworkServer.ValidateDataResourceConfig)
}

// ReadDataSource implements tfprotov6.DataSourceServer.
func (s *providerServer) ReadDataSource(ctx context.Context, request *tfprotov6.ReadDataSourceRequest) (*tfprotov6.ReadDataSourceResponse, error) {
	return call(ctx, request, s.frameworkServer.ReadDataSource)
}

// CallFunction implements tfprotov6.FunctionServer.
func (s *providerServer) CallFunction(ctx context.Context, request *tfprotov6.CallFunctionRequest) (*tfprotov6.CallFunctionResponse, error) {
	return call(ctx, request, s.frameworkServer.CallFunction)
}
