package crud

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/object"
)

// Get asks for the object of the state. It is an error if the server has another one
// of that id: each server counts its ids from 1.
func (r Resource) Get(ctx context.Context, server Server, state types.Object) (labelstudio.Object, error) {
	answer, err := server.Get(ctx, r.Collection, ID(state))
	if err != nil {
		return nil, err
	}
	created, found := object.StringOf(state.Attributes()["created_at"]), answer.Text("created_at")
	if created != "" && !labelstudio.SameTime(created, found) {
		return nil, &anotherError{name: r.Name(ID(state)), created: created, found: found}
	}
	return answer, nil
}

// anotherError tells that an object of the server is not that of the state, but has
// its id.
type anotherError struct{ name, created, found string }

func (e *anotherError) Error() string {
	return fmt.Sprintf("The state knows %s as created at %s, but the server's was created at %s: the provider's url leads to another server, or the server's database was made anew. "+
		"Nothing was changed. Check url; if the object of the state is really lost, run `terraform state rm` on it.", e.name, e.created, e.found)
}
