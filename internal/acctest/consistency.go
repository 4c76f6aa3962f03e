package acctest

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// What Terraform itself does with plans and states: package objchange of its source.

// proposed is the state as Terraform proposes it to the provider: the configuration,
// and what the provider computes as it was.
func proposed(t *testing.T, schema *tfprotov6.Schema, prior, config tftypes.Value) tftypes.Value {
	t.Helper()
	if config.IsNull() {
		return config
	}
	return tftypes.NewValue(schema.ValueType(), proposedIn(t, schema.Block.Attributes, attributesBefore(t, prior), attributesIn(t, config)))
}

// proposedIn are the proposed values of the attributes of a block or a nested object.
// There are none before if there is no such object.
func proposedIn(t *testing.T, attributes []*tfprotov6.SchemaAttribute, before, after map[string]tftypes.Value) map[string]tftypes.Value {
	t.Helper()
	for _, a := range attributes {
		switch {
		case a.WriteOnly:
			after[a.Name] = tftypes.NewValue(after[a.Name].Type(), nil)
		case a.Computed && after[a.Name].IsNull() && before != nil:
			after[a.Name] = before[a.Name]
		case isObject(a, after[a.Name]):
			inner := proposedIn(t, a.NestedType.Attributes, attributesBefore(t, before[a.Name]), attributesIn(t, after[a.Name]))
			after[a.Name] = tftypes.NewValue(after[a.Name].Type(), inner)
		}
	}
	return after
}

// attributesBefore are the attributes of an object in the state, nil if it is not there.
func attributesBefore(t *testing.T, prior tftypes.Value) map[string]tftypes.Value {
	t.Helper()
	if prior.IsNull() {
		return nil
	}
	return attributesIn(t, prior)
}

// isObject tells whether an attribute has the value of a nested object.
func isObject(a *tfprotov6.SchemaAttribute, value tftypes.Value) bool {
	return a.NestedType != nil && a.NestedType.Nesting == tfprotov6.SchemaObjectNestingModeSingle && !value.IsNull() && value.IsKnown()
}

// invalidPlan is what Terraform calls an invalid plan: an attribute that is neither as
// it is configured, nor as it was, nor computed.
func invalidPlan(t *testing.T, schema *tfprotov6.Schema, prior, config, planned tftypes.Value) (wrong []string) {
	t.Helper()
	if config.IsNull() || planned.IsNull() {
		if config.IsNull() != planned.IsNull() {
			wrong = append(wrong, "planned for existence, or absence, of what is configured otherwise")
		}
		return wrong
	}
	return invalidIn(t, schema.Block.Attributes, attributesBefore(t, prior), attributesIn(t, config), attributesIn(t, planned))
}

// invalidIn is invalidPlan for the attributes of a block or a nested object. There were none
// if there was no such object.
func invalidIn(t *testing.T, attributes []*tfprotov6.SchemaAttribute, was, wanted, plan map[string]tftypes.Value) (wrong []string) {
	t.Helper()
	for _, a := range attributes {
		want, got := wanted[a.Name], plan[a.Name]
		switch {
		case a.WriteOnly:
			if !got.IsNull() {
				wrong = append(wrong, a.Name+" is write-only, and planned")
			}
		case want.IsNull() && a.Computed:
		case got.Equal(want):
		case !want.IsNull() && was != nil && got.Equal(was[a.Name]):
		case isObject(a, want) && isObject(a, got):
			wrong = append(wrong, invalidIn(t, a.NestedType.Attributes, attributesBefore(t, was[a.Name]), attributesIn(t, want), attributesIn(t, got))...)
		default:
			wrong = append(wrong, fmt.Sprintf("%s is planned as %s, want %s", a.Name, got, want))
		}
	}
	return wrong
}

// broken are the promises of a plan that its result breaks: known values that are
// others.
func broken(t *testing.T, planned, result tftypes.Value) (wrong []string) {
	t.Helper()
	if planned.IsNull() != result.IsNull() {
		return []string{"the object is there, or absent, against the plan"}
	}
	promised, got := attributesIn(t, planned), attributesIn(t, result)
	for _, name := range Sorted(promised) {
		if !compatible(t, promised[name], got[name]) {
			wrong = append(wrong, fmt.Sprintf("%s was planned as %s and is %s", name, promised[name], got[name]))
		}
	}
	return wrong
}

func compatible(t *testing.T, planned, got tftypes.Value) bool {
	t.Helper()
	switch {
	case !planned.IsKnown():
		return true
	case planned.IsFullyKnown() || got.IsNull() || !got.IsKnown():
		return planned.Equal(got)
	}
	promised, now := attributesIn(t, planned), attributesIn(t, got) // maps and objects alone have parts here
	if len(promised) != len(now) {
		return false
	}
	for name, value := range promised {
		if is, ok := now[name]; !ok || !compatible(t, value, is) {
			return false
		}
	}
	return true
}
