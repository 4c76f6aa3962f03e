package acctest

import (
	"context"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strconv"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// An Instance is a resource instance as Terraform manages it, in this process: a
// terraform command takes a second where this takes milliseconds. It speaks the
// provider's protocol and makes the checks that Terraform makes of the answers. Each
// method is a command, with a provider of its own.
type Instance struct {
	// Settings are those of the provider, besides the address and the token. At first they
	// turn the plan checks off, so that requests can be counted.
	Settings Values

	s        *Server
	typeName string
	schema   *tfprotov6.Schema
	state    tftypes.Value // null when the object is not in the state
	identity *tfprotov6.ResourceIdentityData
	private  []byte
	tainted  bool
}

// Instance is an instance that is not there yet. A project goes with the test, and its
// storages with it. Settings are afterwards as they were before.
func (s *Server) Instance(typeName string) *Instance {
	s.T.Helper()
	schema := Schemas(s.T).ResourceSchemas[typeName]
	if schema == nil {
		s.T.Fatalf("the provider has no resource %q", typeName)
	}
	i := &Instance{Settings: Values{"plan_checks": false}, s: s, typeName: typeName, schema: schema, state: tftypes.NewValue(schema.ValueType(), nil)}
	switch object := ObjectOf(s.T, typeName); {
	case object.Settings:
		s.restore(object)
	case attribute(schema, "project") == nil:
		s.T.Cleanup(func() {
			status, err := s.Do(context.Background(), http.MethodDelete, s.item(typeName, i.ID()), nil, nil)
			if i.ID() != 0 && err != nil && status != http.StatusNotFound {
				s.T.Error(err)
			}
		})
	}
	return i
}

// Use lets the next commands talk to a server, in a subtest or through another proxy.
func (i *Instance) Use(s *Server) { i.s = s }

// Forget takes the object out of the state.
func (i *Instance) Forget() {
	i.keep(tftypes.NewValue(i.schema.ValueType(), nil), nil, nil)
}

// Exists tells whether the object is in the state.
func (i *Instance) Exists() bool { return !i.state.IsNull() }

// ID is the id of the object in the state, 0 if it is not there.
func (i *Instance) ID() int64 {
	id, _ := i.Attribute("id").(int64)
	return id
}

// Attribute is an attribute in the state: see goValue.
func (i *Instance) Attribute(name string) any {
	i.s.T.Helper()
	return i.Attributes()[name]
}

// Attributes are all attributes in the state.
func (i *Instance) Attributes() map[string]any {
	i.s.T.Helper()
	attributes, _ := goValue(i.s.T, i.state).(map[string]any)
	return attributes
}

// Apply refreshes the state and makes the object that the configuration describes,
// none if that is nil.
func (i *Instance) Apply(config Values) Result {
	i.s.T.Helper()
	return i.ApplyUnknown(config, config)
}

// Change is Apply without a refresh.
func (i *Instance) Change(config Values) Result {
	i.s.T.Helper()
	return i.ChangeUnknown(config, config)
}

// ApplyUnknown is Apply of a configuration that the plan knows less of than the apply:
// of a value that comes from another object, a plan knows nothing before that is made.
func (i *Instance) ApplyUnknown(planned, config Values) Result {
	i.s.T.Helper()
	p := i.s.Provider(i.Settings)
	said := i.refresh(p)
	if failed(said) {
		return i.result(said)
	}
	return i.result(append(said, i.change(p, planned, config)...))
}

// ChangeUnknown is ApplyUnknown without a refresh.
func (i *Instance) ChangeUnknown(planned, config Values) Result {
	i.s.T.Helper()
	return i.result(i.change(i.s.Provider(i.Settings), planned, config))
}

// Import brings an object of the server into the state, unless there is one.
func (i *Instance) Import(id int64) Result {
	i.s.T.Helper()
	return i.imports(&tfprotov6.ImportResourceStateRequest{TypeName: i.typeName, ID: strconv.FormatInt(id, 10)})
}

// ImportByIdentity is Import by an import block with an identity.
func (i *Instance) ImportByIdentity(id int64) Result {
	i.s.T.Helper()
	of := tftypes.Object{AttributeTypes: map[string]tftypes.Type{"id": tftypes.Number}}
	identity := dynamic(i.s.T, valueOf(of, map[string]any{"id": id}))
	return i.imports(&tfprotov6.ImportResourceStateRequest{TypeName: i.typeName, Identity: &tfprotov6.ResourceIdentityData{IdentityData: identity}})
}

func (i *Instance) imports(request *tfprotov6.ImportResourceStateRequest) Result {
	i.s.T.Helper()
	if i.Exists() {
		return i.result(nil)
	}
	p := i.s.Provider(i.Settings)
	got, err := p.ImportResourceState(p.ctx, request)
	if err != nil {
		i.s.T.Fatal(err)
	}
	said := got.Diagnostics
	if failed(said) {
		return i.result(said)
	}
	found := *i
	found.keep(i.unmarshal(got.ImportedResources[0].State), got.ImportedResources[0].Identity, got.ImportedResources[0].Private)
	said = append(said, found.refresh(p)...)
	if !failed(said) {
		*i = found
	}
	return i.result(said)
}

// A Plan is what would be done to an instance.
type Plan struct {
	Result

	// Action is create, update, replace, delete or nothing.
	Action string
	// Deferred is why Terraform doesn't carry the plan out in this run.
	Deferred *tfprotov6.Deferred
	// Before and After are the attributes: see goValue. One is nil where there is no object.
	Before, After map[string]any
}

// Changed are the attributes that the plan changes or doesn't know, in order.
func (p Plan) Changed() []string {
	return slices.DeleteFunc(Sorted(p.After), func(name string) bool { return reflect.DeepEqual(p.Before[name], p.After[name]) })
}

// Unknown are the attributes that the plan doesn't know, in order.
func (p Plan) Unknown() []string {
	return slices.DeleteFunc(Sorted(p.After), func(name string) bool { return p.After[name] != Unknown })
}

// Plan refreshes the state and plans the configuration. Nil plans the destruction.
func (i *Instance) Plan(config Values) Plan {
	i.s.T.Helper()
	p := i.s.Provider(i.Settings)
	said := i.refresh(p)
	if failed(said) {
		return Plan{Result: i.result(said)}
	}
	plan := i.plan(p, i.state, config)
	plan.Result = i.result(append(said, plan.response.Diagnostics...))
	return plan.Plan
}

// PlanUnrefreshed plans the configuration for the state as it is.
func (i *Instance) PlanUnrefreshed(config Values) Plan {
	i.s.T.Helper()
	return i.plan(i.s.Provider(i.Settings), i.state, config).Plan
}

// ExpectEmptyPlan expects that nothing is left to do, before and after a refresh.
func (i *Instance) ExpectEmptyPlan(config Values) {
	i.s.T.Helper()
	if plan := i.PlanUnrefreshed(config); plan.Action != "nothing" || len(plan.Messages) > 0 {
		i.s.T.Errorf("the plan without a refresh will %s, and changes %v:%s", plan.Action, plan.Changed(), plan.Texts())
	}
	if plan := i.Plan(config); plan.Action != "nothing" || len(plan.Messages) > 0 {
		i.s.T.Errorf("the plan will %s, and changes %v:%s", plan.Action, plan.Changed(), plan.Texts())
	}
}

// refresh brings the state up to date.
func (i *Instance) refresh(p *Provider) []*tfprotov6.Diagnostic {
	i.s.T.Helper()
	if !i.Exists() {
		return nil
	}
	got, err := p.ReadResource(p.ctx, &tfprotov6.ReadResourceRequest{
		TypeName: i.typeName, CurrentState: dynamic(i.s.T, i.state), CurrentIdentity: i.identity, Private: i.private,
	})
	if err != nil {
		i.s.T.Fatal(err)
	}
	if !failed(got.Diagnostics) {
		i.keep(i.unmarshal(got.NewState), got.NewIdentity, got.Private)
	}
	return got.Diagnostics
}

// planned is a plan with what the apply needs of it.
type planned struct {
	Plan

	response *tfprotov6.PlanResourceChangeResponse
	config   tftypes.Value
	value    tftypes.Value
}

func (i *Instance) plan(p *Provider, prior tftypes.Value, config Values) planned {
	i.s.T.Helper()
	wanted := tftypes.NewValue(i.schema.ValueType(), nil)
	if config != nil {
		wanted = blockValue(i.s.T, i.schema, config)
		if wrong := i.validate(p, wanted); len(wrong) > 0 {
			return planned{Plan: Plan{Result: i.result(wrong)}, response: &tfprotov6.PlanResourceChangeResponse{Diagnostics: wrong}}
		}
	}
	response, err := p.PlanResourceChange(p.ctx, &tfprotov6.PlanResourceChangeRequest{
		TypeName: i.typeName, PriorState: dynamic(i.s.T, prior), PriorIdentity: i.identity, PriorPrivate: i.private,
		Config: dynamic(i.s.T, wanted), ProposedNewState: dynamic(i.s.T, proposed(i.s.T, i.schema, prior, wanted)),
	})
	if err != nil {
		i.s.T.Fatal(err)
	}
	plan := planned{Plan: Plan{Result: i.result(response.Diagnostics), Deferred: response.Deferred}, response: response, config: wanted}
	if failed(response.Diagnostics) {
		return plan
	}
	plan.value = i.unmarshal(response.PlannedState)
	for _, wrong := range invalidPlan(i.s.T, i.schema, prior, wanted, plan.value) {
		i.s.T.Errorf("%s: Provider produced invalid plan: %s", i.typeName, wrong)
	}
	plan.Before, _ = goValue(i.s.T, prior).(map[string]any)
	plan.After, _ = goValue(i.s.T, plan.value).(map[string]any)
	switch {
	case prior.IsNull() && wanted.IsNull():
		plan.Action = "nothing"
	case prior.IsNull():
		plan.Action = "create"
	case wanted.IsNull():
		plan.Action = "delete"
	case len(response.RequiresReplace) > 0 || i.tainted:
		plan.Action = "replace"
	case plan.value.Equal(prior):
		plan.Action = "nothing"
	default:
		plan.Action = "update"
	}
	return plan
}

func (i *Instance) validate(p *Provider, config tftypes.Value) []*tfprotov6.Diagnostic {
	i.s.T.Helper()
	got, err := p.ValidateResourceConfig(p.ctx, &tfprotov6.ValidateResourceConfigRequest{
		TypeName: i.typeName, Config: dynamic(i.s.T, config),
		ClientCapabilities: &tfprotov6.ValidateResourceConfigClientCapabilities{WriteOnlyAttributesAllowed: true},
	})
	if err != nil {
		i.s.T.Fatal(err)
	}
	return got.Diagnostics
}

// change plans one configuration and carries the plan out with the other one.
func (i *Instance) change(p *Provider, planned, config Values) []*tfprotov6.Diagnostic {
	i.s.T.Helper()
	plan := i.plan(p, i.state, planned)
	said := plan.response.Diagnostics
	switch {
	case failed(said) || plan.Action == "nothing":
		return said
	case plan.Action != "replace":
		return append(said, i.carryOut(p, plan, config)...)
	}
	said = append(said, i.carryOut(p, i.plan(p, i.state, nil), nil)...)
	if failed(said) {
		return said
	}
	i.tainted = false
	return append(said, i.change(p, planned, config)...)
}

// carryOut applies a plan. Terraform plans once more with what is known by then, and
// holds the provider to the first plan.
func (i *Instance) carryOut(p *Provider, plan planned, config Values) []*tfprotov6.Diagnostic {
	i.s.T.Helper()
	if !plan.config.IsFullyKnown() {
		first := plan
		plan = i.plan(p, i.state, config)
		if failed(plan.response.Diagnostics) {
			return plan.response.Diagnostics
		}
		for _, wrong := range broken(i.s.T, first.value, plan.value) {
			i.s.T.Errorf("%s: Provider produced inconsistent final plan: %s", i.typeName, wrong)
		}
		if plan.Action == "nothing" {
			return nil
		}
	}
	creates := !i.Exists()
	got, err := p.ApplyResourceChange(p.ctx, &tfprotov6.ApplyResourceChangeRequest{
		TypeName: i.typeName, PriorState: dynamic(i.s.T, i.state), PlannedState: plan.response.PlannedState, Config: dynamic(i.s.T, plan.config),
		PlannedIdentity: plan.response.PlannedIdentity, PlannedPrivate: plan.response.PlannedPrivate,
	})
	if err != nil {
		i.s.T.Fatal(err)
	}
	i.keep(i.unmarshal(got.NewState), got.NewIdentity, got.Private)
	if !failed(got.Diagnostics) {
		for _, wrong := range broken(i.s.T, plan.value, i.state) {
			i.s.T.Errorf("%s: Provider produced inconsistent result after apply: %s", i.typeName, wrong)
		}
		if !i.state.IsFullyKnown() {
			i.s.T.Errorf("%s: Provider returned unknown values after apply: %v", i.typeName, i.state)
		}
	}
	i.tainted = creates && i.Exists() && failed(got.Diagnostics)
	return got.Diagnostics
}

// keep keeps a new state.
func (i *Instance) keep(state tftypes.Value, identity *tfprotov6.ResourceIdentityData, private []byte) {
	i.state, i.identity, i.private = state, identity, private
	if state.IsNull() {
		i.identity, i.private, i.tainted = nil, nil, false
	}
}

func (i *Instance) unmarshal(value *tfprotov6.DynamicValue) tftypes.Value {
	i.s.T.Helper()
	state, err := value.Unmarshal(i.schema.ValueType())
	if err != nil {
		i.s.T.Fatal(err)
	}
	return state
}

// result is what a command says.
func (i *Instance) result(said []*tfprotov6.Diagnostic) Result {
	return resultOf(i.s.T, said)
}

func failed(said []*tfprotov6.Diagnostic) bool {
	return slices.ContainsFunc(said, func(one *tfprotov6.Diagnostic) bool { return one.Severity == tfprotov6.DiagnosticSeverityError })
}

// item is the route of an object.
func (s *Server) item(typeName string, id int64) string {
	s.T.Helper()
	object := ObjectOf(s.T, typeName)
	if object.Settings {
		return object.Item
	}
	return fmt.Sprintf(object.Item, id)
}

// restore gives settings the values of now when the test ends.
func (s *Server) restore(settings Object) {
	s.T.Helper()
	before := s.Fields(settings.Type, 0)
	s.T.Cleanup(func() {
		if _, err := s.Do(context.Background(), settings.Change(), settings.Item, before, nil); err != nil {
			s.T.Error(err)
		}
	})
}
