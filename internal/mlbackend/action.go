package mlbackend

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/crud"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
)

// trainAction is the action that lets an ML backend train its model, even one that
// Terraform does not manage.
type trainAction struct {
	crud.Definition

	server crud.Server
}

var _ action.ActionWithConfigure = (*trainAction)(nil)

// NewTrainAction is the action labelstudio_ml_backend_train.
func NewTrainAction() action.Action { return &trainAction{Definition: Definition} }

const idName = "id"

func (a *trainAction) Metadata(_ context.Context, _ action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = a.TypeName + "_train"
}

func (a *trainAction) Schema(_ context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Asks an ML backend to train its model: Label Studio sends the event `START_TRAINING` with the project to `<url>/webhook`. The ML backend does not have to be managed by Terraform. Requires Terraform 1.14.\n\n" +
			"The action fails if the backend is not connected. It does not wait until the training has ended. It **does not detect that the backend refuses the request or fails to train**, because Label Studio reports success in this case, too. The log of the backend says more.\n\n" +
			"Label Studio waits up to 100 seconds for the backend's response to `START_TRAINING`. If your `request_timeout` in the provider block is shorter than that, and your backend responds slowly, increase it.",
		Attributes: map[string]schema.Attribute{
			idName: schema.Int64Attribute{Required: true, MarkdownDescription: "Id of the ML backend: the `id` of a `labelstudio_ml_backend`, or of the data source with this name."},
		},
	}
}

func (a *trainAction) Configure(_ context.Context, req action.ConfigureRequest, resp *action.ConfigureResponse) {
	crud.Configure(req.ProviderData, &a.server, &resp.Diagnostics)
}

func (a *trainAction) Invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse) {
	var id types.Int64
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root(idName), &id)...)
	if resp.Diagnostics.HasError() {
		return
	}
	const cantTrain = "Can't train the model of the ML backend"
	name := a.Name(id.ValueInt64())
	backend, err := a.server.Get(ctx, a.Collection, id.ValueInt64())
	if err != nil {
		a.addError(resp, cantTrain, name, err)
		return
	}
	if state := backend.Text("state"); state != connected {
		resp.Diagnostics.AddError(cantTrain, fmt.Sprintf("%s is not connected: Label Studio called it, and its state is %q. %s\n\nStart the backend, check that the Label Studio server reaches it, and try again.",
			name, backend.Text("readable_state"), backend.Text("error_message")))
		return
	}
	if err := a.server.PostItem(ctx, a.Collection.In(backend.Int(project)), id.ValueInt64(), "train"); err != nil {
		a.addError(resp, cantTrain, name, err)
		return
	}
	resp.SendProgress(action.InvokeProgressEvent{Message: name + ": Label Studio has sent START_TRAINING to <url>/webhook"})
}

// addError adds an error of a request. The configuration of the action has no attribute
// that it could be about.
func (a *trainAction) addError(resp *action.InvokeResponse, summary, name string, err error) {
	detail, _ := a.ExplainError(err)
	if labelstudio.IsNotFound(err) {
		detail = "It does not exist on the server."
	}
	resp.Diagnostics.AddError(summary, name+": "+detail)
}
