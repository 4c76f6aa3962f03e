package provider

import (
	"context"
	"errors"
	"reflect"
	"runtime"
	"testing"
	"testing/synctest"
	"time"
	"weak"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

func TestTheServerHasEveryCallThatTheFrameworkServes(t *testing.T) {
	t.Parallel()
	ours := reflect.TypeOf(NewServer("test"))
	theirs := reflect.TypeOf(providerserver.NewProtocol6(New("test")())())
	for method := range theirs.Methods() {
		if _, ok := ours.MethodByName(method.Name); !ok {
			t.Errorf("%s is missing", method.Name)
		}
	}
}

// The framework keeps the contexts of all calls. If they kept what they hold, too, the
// memory of a plan would grow with the number of objects.
func TestACallForAnObjectLeavesNoMemoryBehind(t *testing.T) {
	t.Parallel()
	server := reflect.ValueOf(NewServer("test"))
	calls := []string{"CallFunction"}
	for _, of := range []reflect.Type{reflect.TypeFor[tfprotov6.ResourceServer](), reflect.TypeFor[tfprotov6.DataSourceServer]()} {
		for method := range of.Methods() {
			calls = append(calls, method.Name)
		}
	}
	for _, name := range calls {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			method := server.MethodByName(name)
			held := func() weak.Pointer[[1000]byte] {
				loggers := new([1000]byte)
				ctx := context.WithValue(t.Context(), new(int), loggers)
				method.Call([]reflect.Value{reflect.ValueOf(ctx), reflect.New(method.Type().In(1).Elem())})
				return weak.Make(loggers)
			}()
			for range 100 { // pools that reflect and fmt use keep values for two collections
				if runtime.GC(); held.Value() == nil {
					return
				}
				time.Sleep(10 * time.Millisecond)
			}
			t.Error("the values of the context are still there")
		})
	}
}

func TestTheContextOfACallIsThatOfTerraformUntilTheCallEnds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		type key struct{}
		limit := time.Now().Add(time.Hour)
		of, stop := context.WithDeadlineCause(context.WithValue(t.Context(), key{}, "value"), limit, nil)
		defer stop()
		var after context.Context
		_, err := call(of, new(int), func(ctx context.Context, _ *int) (*int, error) {
			after = ctx
			if deadline, ok := ctx.Deadline(); !ok || !deadline.Equal(limit) || ctx.Value(key{}) != "value" || ctx.Err() != nil {
				t.Errorf("got %v, %v and %v", deadline, ctx.Value(key{}), ctx.Err())
			}
			// As the framework does with the context of each call.
			registered, cancel := context.WithCancel(ctx)
			defer cancel()
			stop()
			<-registered.Done()
			return nil, context.Cause(registered)
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("got %v, want that the call is cancelled", err)
		}
		if after.Err() == nil || after.Value(key{}) != nil {
			t.Errorf("the context still has %v", after.Value(key{}))
		}
	})
}
