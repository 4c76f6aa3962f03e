package object

import (
	"slices"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	resource "github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// writeOnlyName is the name of the twin that stays out of plan and state.
func (a Attribute) writeOnlyName() string { return a.Name + "_wo" }

// versionName is the name of the number whose change sends the twin again.
func (a Attribute) versionName() string { return a.Name + "_wo_version" }

// writeOnlyTwin is the attribute once more, as one that Terraform doesn't store.
func (a Attribute) writeOnlyTwin() Attribute {
	return Attribute{
		Name:        a.writeOnlyName(),
		Type:        a.Type,
		Secret:      true,
		Description: "Write-only form of `" + a.Name + "`: the value is stored neither in the plan nor in the state. The provider sends it when `" + a.versionName() + "` changes.",
		Validators: append([]validator.Describer{
			// These two validate values of any type.
			stringvalidator.ConflictsWith(path.MatchRoot(a.Name)),
			stringvalidator.AlsoRequires(path.MatchRoot(a.versionName())),
		}, a.Validators...),
		writeOnly: true,
	}
}

func (a Attribute) versionAttribute() resource.Attribute {
	return resource.Int64Attribute{
		Optional:            true,
		MarkdownDescription: "A number that you increase with each new value of `" + a.writeOnlyName() + "`. The provider sends the value only when this number changes.",
		Validators:          []validator.Int64{int64validator.AlsoRequires(path.MatchRoot(a.writeOnlyName()))},
	}
}

// planned is the value that the server is to have. A write-only value is in the
// configuration alone.
func (a Attribute) planned(plan, config valuesByName) attr.Value {
	if a.Secret {
		if twin := config[a.writeOnlyName()]; known(twin) {
			return twin
		}
	}
	return plan[a.Name]
}

// changes tells whether the plan says something else of the attribute than the state.
func (a Attribute) changes(plan, state valuesByName) bool {
	return slices.ContainsFunc(a.plannedNames(), func(name string) bool {
		return !HoldsUnknown(plan[name]) && !Same(plan[name], state[name])
	})
}

// mayChange tells whether the plan changes the attribute, or only the apply knows.
func (a Attribute) mayChange(plan, state valuesByName) bool {
	return slices.ContainsFunc(a.plannedNames(), func(name string) bool {
		return !Same(plan[name], state[name])
	})
}

// plannedNames are the attributes of a plan by which the value is known to change.
func (a Attribute) plannedNames() []string {
	if a.Secret {
		return []string{a.Name, a.versionName()}
	}
	return []string{a.Name}
}

// removed tells whether the plan has no value of the attribute.
func (a Attribute) removed(plan valuesByName) bool {
	return !slices.ContainsFunc(a.plannedNames(), func(name string) bool { return !plan[name].IsNull() })
}

// Secrets names the secret attributes.
func (t Table) Secrets() []string {
	var names []string
	for _, a := range t {
		if a.Secret {
			names = append(names, a.Name)
		}
	}
	return names
}
