package object

import (
	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	resource "github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// writeOnly is the name of the twin that stays out of plan and state.
func (a Attribute) writeOnly() string { return a.Name + "_wo" }

// version is the name of the number whose change sends the twin again.
func (a Attribute) version() string { return a.Name + "_wo_version" }

func (a Attribute) writeOnlyAttribute() resource.Attribute {
	return resource.StringAttribute{
		Optional: true, Sensitive: true, WriteOnly: true,
		MarkdownDescription: "As `" + a.Name + "`, but kept out of plan and state (Terraform 1.11 and later). It is sent when `" + a.version() + "` changes.",
		Validators: append([]validator.String{
			stringvalidator.ConflictsWith(path.MatchRoot(a.Name)),
			stringvalidator.AlsoRequires(path.MatchRoot(a.version())),
		}, a.Strings...),
	}
}

func (a Attribute) versionAttribute() resource.Attribute {
	return resource.Int64Attribute{
		Optional:            true,
		MarkdownDescription: "Any number. A change of it sends `" + a.writeOnly() + "` to the server again: raise it with each new value.",
		Validators:          []validator.Int64{int64validator.AlsoRequires(path.MatchRoot(a.writeOnly()))},
	}
}

// planned is what the server shall be told of the attribute. A write-only value
// is in the configuration alone.
func (a Attribute) planned(plan, config types.Object) attr.Value {
	if a.Type == Secret {
		if twin := config.Attributes()[a.writeOnly()]; known(twin) {
			return twin
		}
	}
	return plan.Attributes()[a.Name]
}

// changes tells whether the plan says something else of the attribute than the state.
func (a Attribute) changes(plan, state types.Object) bool {
	names := []string{a.Name}
	if a.Type == Secret {
		names = append(names, a.version())
	}
	for _, name := range names {
		if planned := plan.Attributes()[name]; !planned.IsUnknown() && !Same(planned, state.Attributes()[name]) {
			return true
		}
	}
	return false
}

// Secrets names the secret attributes.
func (t Table) Secrets() []string {
	var names []string
	for _, a := range t {
		if a.Type == Secret {
			names = append(names, a.Name)
		}
	}
	return names
}
