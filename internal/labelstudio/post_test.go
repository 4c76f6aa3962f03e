package labelstudio

import (
	"net/http"
	"testing"
)

func TestPostOfAnEmptyResponseGivesNoObject(t *testing.T) {
	t.Parallel()
	for _, code := range []int{http.StatusOK, http.StatusNoContent} {
		client, _ := serve(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) })
		object, err := client.Post(t.Context(), "api/storages/localfiles/validate", map[string]any{"project": 1})
		if object != nil || err != nil {
			t.Errorf("%d: %v, %v", code, object, err)
		}
	}
}
