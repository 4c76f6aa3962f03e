package crud

import (
	"context"
	"sync/atomic"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// Probe asks once in a walk of the graph whether the server responds and accepts the token.
type Probe struct {
	shared[error]

	failed atomic.Bool
}

// MayCheck tells whether plan checks may ask the server. After a failed probe they don't,
// because each of them would wait for a server that does not respond.
func (s Server) MayCheck() bool { return s.PlanChecks && !s.Probe.failed.Load() }

// warnOfNoAccess warns, once in a walk, that the server can't be used now. The plan of a
// new object would not notice: Terraform does not read the object first.
func (r *Resource) warnOfNoAccess(ctx context.Context, diags *diag.Diagnostics) {
	if !r.Server.PlanChecks {
		return
	}
	err := r.Server.Probe.get(ctx, "", r.Server.CheckAccess)
	if err == nil || r.Server.Probe.failed.Swap(true) {
		return
	}
	detail, _ := r.ExplainError(err)
	diags.AddWarning("Can't access Label Studio",
		detail+"\n\nThe plan asked once and waited at most 10 seconds for a response. It goes on without the checks that need the server. The apply fails if this is still so by then.")
}
