package mlbackend

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/crud"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/object"
)

func webhookURLOf(state types.Object) string {
	return labelstudio.MLWebhookURL(object.StringOf(state.Attributes()[url]))
}

func inProjectOf(state types.Object) int64 { return object.Int64Of(state.Attributes()[project]) }

// createdWebhook finds the webhook that the server created together with the ML backend.
func (r *mlBackendResource) createdWebhook(ctx context.Context, backend labelstudio.Object) (types.Int64, error) {
	for webhook, err := range r.Server.List(ctx, labelstudio.Webhooks, labelstudio.InProject(backend.Int(project))) {
		if err != nil {
			return types.Int64Null(), err
		}
		if labelstudio.IsMLWebhook(webhook, backend) && !r.Server.HasCreated(labelstudio.Webhooks, webhook.ID()) {
			return types.Int64Value(webhook.ID()), nil
		}
	}
	return types.Int64Null(), nil
}

// ownWebhook is the webhook of the state, nil if there is none, or if somebody has given
// it another address.
func (r *mlBackendResource) ownWebhook(ctx context.Context, state types.Object) (labelstudio.Object, error) {
	id := object.Int64Of(state.Attributes()[webhookID])
	if id == 0 {
		return nil, nil
	}
	webhook, err := r.Server.Get(ctx, labelstudio.Webhooks, id)
	switch {
	case labelstudio.IsNotFound(err):
		return nil, nil
	case err != nil:
		return nil, err
	case webhook.Text(url) != webhookURLOf(state):
		return nil, nil
	}
	return webhook, nil
}

// moveWebhook lets the webhook follow a change of url. The server does not.
func (r *mlBackendResource) moveWebhook(ctx context.Context, before, after types.Object, diags *diag.Diagnostics) {
	if webhookURLOf(before) == webhookURLOf(after) {
		return
	}
	webhook, err := r.ownWebhook(ctx, before)
	if err == nil && webhook != nil {
		// A PATCH without actions empties them.
		_, err = r.Server.Update(ctx, labelstudio.Webhooks, webhook.ID(), map[string]any{url: webhookURLOf(after), "actions": webhook["actions"]})
	}
	if err != nil {
		diags.AddAttributeError(path.Root(webhookID), "Can't change the webhook of the ML backend",
			fmt.Sprintf("%s has its new url, but its webhook %d still calls the old one, and the next apply does not change that. Set its Payload URL to <url>/webhook on the page \"Webhooks\" of the project's settings.\n\n%s",
				r.Name(crud.ID(after)), object.Int64Of(before.Attributes()[webhookID]), crud.WithAdvice(err)))
	}
}

// deleteWebhook deletes the webhook of the state, unless another ML backend needs it.
func (r *mlBackendResource) deleteWebhook(ctx context.Context, state types.Object) error {
	webhook, err := r.ownWebhook(ctx, state)
	if err != nil || webhook == nil {
		return err
	}
	for other, err := range r.Server.List(ctx, r.Collection, labelstudio.InProject(inProjectOf(state))) {
		if err != nil {
			return err
		}
		if other.ID() != crud.ID(state) && labelstudio.MLWebhookURL(other.Text(url)) == webhookURLOf(state) {
			return nil
		}
	}
	return r.Server.Delete(ctx, labelstudio.Webhooks, webhook.ID())
}
