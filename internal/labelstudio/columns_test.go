package labelstudio

import (
	"net/http"
	"slices"
	"strings"
	"testing"
)

func TestColumnsHaveTheIdsThatTabsReferToThemBy(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		body string
		want []string
		says string
	}{
		"columns": {`{"columns":[{"id":"image","target":"tasks","parent":"data"},{"id":"id","target":"tasks","parent":null},{"id":"data","target":"tasks","children":["image"]}]}`,
			[]string{"tasks:data.image", "tasks:id"}, ""},
		"no column":     {`{"columns":[]}`, nil, ""},
		"no list":       {`{"status":"ok"}`, nil, "the response is not the list that is expected"},
		"another thing": {`[]`, nil, "the response is not the JSON that is expected"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client, requests := serve(t, func(w http.ResponseWriter, _ *http.Request) { say(w, http.StatusOK, test.body) })
			found, err := client.Columns(t.Context(), 9)
			var ids []string
			for _, column := range found {
				ids = append(ids, column.Text("id"))
			}
			if !slices.Equal(ids, test.want) || (err == nil) != (test.says == "") || err != nil && !strings.Contains(err.Error(), test.says) {
				t.Errorf("got %v, %v", ids, err)
			}
			requests.expect(t, "GET /api/dm/columns/?project=9")
		})
	}
}
