package provider_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// managed is one object as Terraform manages it, without the command, which takes
// a second where this takes a few milliseconds. Each method is what a command does,
// and wants a provider of its own.
type managed struct {
	typeName string
	schema   *tfprotov6.Schema
	state    *tfprotov6.DynamicValue // nil when the object is not in the state
	private  []byte
	tainted  bool
}

type diagnostics []*tfprotov6.Diagnostic

// String is all that they say.
func (d diagnostics) String() string {
	var text strings.Builder
	for _, one := range d {
		fmt.Fprintf(&text, "\n%s: %s: %s", one.Severity, one.Summary, one.Detail)
	}
	return text.String()
}

// failed tells whether there is an error among them.
func (d diagnostics) failed() bool {
	return slices.ContainsFunc(d, func(one *tfprotov6.Diagnostic) bool { return one.Severity == tfprotov6.DiagnosticSeverityError })
}

// newManaged is an object that is not there yet.
func newManaged(t *testing.T, typeName string) *managed {
	t.Helper()
	return &managed{typeName: typeName, schema: schemas(t).ResourceSchemas[typeName]}
}

// id is the id of the object in the state, 0 if it is not there.
func (m *managed) id(t *testing.T) int64 {
	t.Helper()
	if m.state == nil {
		return 0
	}
	var attributes map[string]tftypes.Value
	if err := m.prior(t).As(&attributes); err != nil {
		t.Fatal(err)
	}
	return whole(t, attributes["id"])
}

// apply makes the object that the configuration describes, none if that is nil.
func (m *managed) apply(p *protocol, config values) diagnostics {
	p.t.Helper()
	problems := m.refresh(p)
	if !problems.failed() && m.tainted {
		problems = append(problems, m.change(p, nil)...)
		m.tainted = problems.failed()
	}
	if problems.failed() {
		return problems
	}
	return append(problems, m.change(p, config)...)
}

// imports brings an object of the server into the state, unless there is one.
func (m *managed) imports(p *protocol, id int64) diagnostics {
	p.t.Helper()
	if m.state != nil {
		return nil
	}
	got, err := p.ImportResourceState(p.t.Context(), &tfprotov6.ImportResourceStateRequest{TypeName: m.typeName, ID: strconv.FormatInt(id, 10)})
	if err != nil {
		p.t.Fatal(err)
	}
	found := managed{typeName: m.typeName, schema: m.schema}
	if problems := diagnostics(got.Diagnostics); problems.failed() {
		return problems
	}
	found.state, found.private = got.ImportedResources[0].State, got.ImportedResources[0].Private
	problems := found.refresh(p)
	if !problems.failed() {
		*m = found
	}
	return append(got.Diagnostics, problems...)
}

// refresh brings the state up to date.
func (m *managed) refresh(p *protocol) diagnostics {
	p.t.Helper()
	if m.state == nil {
		return nil
	}
	got, err := p.ReadResource(p.t.Context(), &tfprotov6.ReadResourceRequest{TypeName: m.typeName, CurrentState: m.state, Private: m.private})
	if err != nil {
		p.t.Fatal(err)
	}
	if !diagnostics(got.Diagnostics).failed() {
		m.keep(p.t, got.NewState, got.Private)
	}
	return got.Diagnostics
}

// plan tells what would be done to the object, and whether that is anything.
func (m *managed) plan(p *protocol, config values) (planned *tfprotov6.PlanResourceChangeResponse, something bool) {
	p.t.Helper()
	prior, wanted := m.prior(p.t), m.wanted(p, config)
	planned, err := p.PlanResourceChange(p.t.Context(), &tfprotov6.PlanResourceChangeRequest{
		TypeName: m.typeName, PriorState: p.dynamic(prior), Config: p.dynamic(wanted), ProposedNewState: p.dynamic(m.proposed(p.t, prior, wanted)), PriorPrivate: m.private,
	})
	if err != nil {
		p.t.Fatal(err)
	}
	value, err := planned.PlannedState.Unmarshal(m.schema.ValueType())
	if err != nil {
		p.t.Fatal(err)
	}
	return planned, m.tainted || !value.Equal(prior)
}

// change plans and carries out the plan.
func (m *managed) change(p *protocol, config values) diagnostics {
	p.t.Helper()
	planned, something := m.plan(p, config)
	if diagnostics(planned.Diagnostics).failed() || !something {
		return planned.Diagnostics
	}
	creates := m.state == nil
	got, err := p.ApplyResourceChange(p.t.Context(), &tfprotov6.ApplyResourceChangeRequest{
		TypeName: m.typeName, PriorState: p.dynamic(m.prior(p.t)), PlannedState: planned.PlannedState, Config: p.dynamic(m.wanted(p, config)), PlannedPrivate: planned.PlannedPrivate,
	})
	if err != nil {
		p.t.Fatal(err)
	}
	m.keep(p.t, got.NewState, got.Private)
	m.tainted = creates && m.state != nil && diagnostics(got.Diagnostics).failed()
	return append(planned.Diagnostics, got.Diagnostics...)
}

// keep keeps a new state.
func (m *managed) keep(t *testing.T, state *tfprotov6.DynamicValue, private []byte) {
	t.Helper()
	value, err := state.Unmarshal(m.schema.ValueType())
	if err != nil {
		t.Fatal(err)
	}
	m.state, m.private = state, private
	if value.IsNull() {
		m.state, m.private = nil, nil
	}
}

// prior is the state as a value, null when there is none.
func (m *managed) prior(t *testing.T) tftypes.Value {
	t.Helper()
	of := m.schema.ValueType()
	if m.state == nil {
		return tftypes.NewValue(of, nil)
	}
	value, err := m.state.Unmarshal(of)
	if err != nil {
		t.Fatal(err)
	}
	return value
}

// wanted is the configuration as a value.
func (m *managed) wanted(p *protocol, config values) tftypes.Value {
	p.t.Helper()
	of := m.schema.ValueType()
	if config == nil {
		return tftypes.NewValue(of, nil)
	}
	value, err := p.block(m.schema, config).Unmarshal(of)
	if err != nil {
		p.t.Fatal(err)
	}
	return value
}

// proposed is the state as Terraform proposes it: the configuration, and what the
// provider computes as it was.
func (m *managed) proposed(t *testing.T, prior, wanted tftypes.Value) tftypes.Value {
	t.Helper()
	if wanted.IsNull() {
		return wanted
	}
	var before, after map[string]tftypes.Value
	if err := wanted.As(&after); err != nil {
		t.Fatal(err)
	}
	if err := prior.As(&before); err != nil {
		t.Fatal(err)
	}
	for _, a := range m.schema.Block.Attributes {
		if a.Computed && after[a.Name].IsNull() && !prior.IsNull() {
			after[a.Name] = before[a.Name]
		}
	}
	return tftypes.NewValue(m.schema.ValueType(), after)
}

func (p *protocol) dynamic(value tftypes.Value) *tfprotov6.DynamicValue {
	p.t.Helper()
	dynamic, err := tfprotov6.NewDynamicValue(value.Type(), value)
	if err != nil {
		p.t.Fatal(err)
	}
	return &dynamic
}
