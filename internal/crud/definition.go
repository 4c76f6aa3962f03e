package crud

import (
	"context"
	"fmt"
	"iter"
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/object"
)

// Definition describes a type of object: all that the resource, the data sources
// and the list resource need to know of it.
type Definition struct {
	// TypeName is the name of the resource in Terraform, such as labelstudio_project.
	TypeName string
	// Label is the name in messages, such as "project" or "session policy".
	Label string
	// Plural is the attribute of the plural data source that holds the objects.
	Plural string
	// Descriptions are the texts of the documentation.
	Descriptions Descriptions

	Collection labelstudio.Collection
	// Table holds the attributes that the API knows, the id among them.
	Table object.Table
	// DataSourceOnly holds attributes that the resource leaves out, because they
	// change without Terraform.
	DataSourceOnly object.Table
	// Local holds the attributes of the resource that the API doesn't know.
	Local map[string]schema.Attribute
	// LocalDefaults are the values of local attributes for an object that Terraform
	// imports or lists. The others are null.
	LocalDefaults map[string]attr.Value

	// CreatedAt is the attribute with the time at which the server created the object.
	// An object of another time is not the one of the state. Without such a time, that is
	// an object of another parent, which the server must not let it change.
	CreatedAt string
	// Twin is the attribute by whose value the plan of a new object recognises one that an
	// interrupted apply has created. It is empty if the plan finds that one in another way.
	Twin string
	// DisplayName names the attributes by which a person knows an object, the most
	// telling first.
	DisplayName []string
	// FindID is a sentence that says where a user finds the id of an object, if that is not
	// the plural data source.
	FindID string
	// NonFieldErrors is the attribute that an error about the object as a whole is
	// shown on. Without one it is shown on the block.
	NonFieldErrors string

	// Parent is the attribute with the id of the object that this one belongs to, if
	// the server lists only the objects of one parent.
	Parent string
	// Lookup names the attributes by which a data source finds an object, beside its id.
	Lookup []string
	// Filters names those of Lookup by which the server can filter its list.
	Filters []string
	// BulkReads tells that the provider's bulk_reads may read the objects by the list of
	// their parent. The list holds what the response about one object holds.
	BulkReads bool
	// ListQuery is part of each request for a list, such as an order.
	ListQuery url.Values
	// Exclude is what a configuration can keep out of the plural data source and of
	// `terraform query`, nil if there is nothing.
	Exclude *Exclude

	// Advice says what to do about the messages that the server has for this object.
	Advice []Advice
	// Redact takes out of a message of the server what it should not show, such as secrets.
	// It may be nil.
	Redact func(message string) string
	// Gone tells a user what follows when an object has vanished from the server.
	Gone string
}

// Exclude describes a flag that keeps objects out of lists, because another resource manages
// them.
type Exclude struct {
	// Name is the attribute, Description its documentation.
	Name, Description string
	// Matches asks the server which objects of the parent these are.
	Matches func(ctx context.Context, server Server, parent int64) (func(labelstudio.Object) bool, error)
}

// Descriptions are the texts of an object's pages in the documentation.
type Descriptions struct {
	Resource, DataSource, PluralDataSource, ListResource string
}

// public is the table of the data sources, which show no secrets.
func (d Definition) public() object.Table {
	return slices.Concat(d.Table.Public(), d.DataSourceOnly)
}

// query lists the objects of the parent that the configuration names, filtered by those
// of the attributes that it sets.
func (d Definition) query(config types.Object, filters ...string) url.Values {
	query := url.Values{}
	maps.Copy(query, d.ListQuery)
	for name, value := range d.Table.PartialBody(config, slices.Concat(filters, []string{d.Parent})...) {
		if value != nil {
			query.Set(name, fmt.Sprint(value))
		}
	}
	return query
}

// list gives the objects of the parent that the configuration names, without those that it
// excludes.
func (d Definition) list(ctx context.Context, server Server, config types.Object) iter.Seq2[labelstudio.Object, error] {
	all := server.List(ctx, d.Collection, d.query(config))
	if d.Exclude == nil || !object.BoolOf(config.Attributes()[d.Exclude.Name]) {
		return all
	}
	return func(yield func(labelstudio.Object, error) bool) {
		excluded, err := d.Exclude.Matches(ctx, server, object.Int64Of(config.Attributes()[d.Parent]))
		if err != nil {
			yield(nil, err)
			return
		}
		for found, err := range all {
			if (err != nil || !excluded(found)) && !yield(found, err) {
				return
			}
		}
	}
}

// collectionOf is the collection for requests about the object of the state.
func (d Definition) collectionOf(state types.Object) labelstudio.Collection {
	return d.Collection.In(object.Int64Of(state.Attributes()[d.Parent]))
}

// describeParent is the documentation of the parent where a list wants it.
func (d Definition) describeParent() string { return "Id of the " + d.Parent + "." }

// plural is how messages name several objects.
func (d Definition) plural() string {
	if stem, ok := strings.CutSuffix(d.Label, "y"); ok {
		return stem + "ies"
	}
	return d.Label + "s"
}

// Name is how messages name one object.
func (d Definition) Name(id int64) string { return fmt.Sprintf("%s %d", d.Label, id) }

// displayName is what a person knows the object by, such as "Photos (/data/photos)".
func (d Definition) displayName(response labelstudio.Object) string {
	var names []string
	if shown, err := d.Table.ObjectFrom(response); err == nil {
		for _, attribute := range d.DisplayName {
			if name := object.StringOf(shown.Attributes()[attribute]); name != "" {
				names = append(names, name)
			}
		}
	}
	switch len(names) {
	case 0:
		return d.Name(response.ID())
	case 1:
		return names[0]
	}
	return fmt.Sprintf("%s (%s)", names[0], strings.Join(names[1:], ", "))
}

// idName is the attribute with the id, by which every object is known.
const idName = "id"

// ID is the id of an object in the state.
func ID(state types.Object) int64 { return object.Int64Of(state.Attributes()[idName]) }

// Decode reads a whole plan, state or configuration.
func Decode(ctx context.Context, from interface {
	Get(ctx context.Context, target any) diag.Diagnostics
}, diags *diag.Diagnostics) types.Object {
	var whole types.Object
	diags.Append(from.Get(ctx, &whole)...)
	return whole
}
