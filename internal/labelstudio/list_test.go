package labelstudio

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// ids of what a list brings.
func ids(t *testing.T, client *Client, in Collection, query url.Values) ([]int64, error) {
	t.Helper()
	var found []int64
	for object, err := range client.List(t.Context(), in, query) {
		if err != nil {
			return found, err
		}
		found = append(found, object.ID())
	}
	return found, nil
}

func objects(from, to int) string {
	var list []string
	for id := from; id <= to; id++ {
		list = append(list, fmt.Sprintf(`{"id":%d}`, id))
	}
	return "[" + strings.Join(list, ",") + "]"
}

func upTo(last int64) []int64 {
	var all []int64
	for id := int64(1); id <= last; id++ {
		all = append(all, id)
	}
	return all
}

// inPages responds with pages, and a next that must not be followed.
func inPages(pages ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		number, err := strconv.Atoi(r.URL.Query().Get("page"))
		if strings.HasSuffix(r.URL.Path, "whoami") {
			say(w, http.StatusOK, `{"id":1}`)
			return
		}
		if err != nil || number > len(pages) {
			say(w, http.StatusNotFound, `{"detail":"Invalid page."}`)
			return
		}
		next := "null"
		if number < len(pages) {
			next = `"http://another.invalid/"`
		}
		say(w, http.StatusOK, `{"count":7,"next":`+next+`,"results":`+pages[number-1]+`}`)
	}
}

func TestAListIsReadPageByPage(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name    string
		handler http.HandlerFunc
		want    []int64
		pages   int
	}{
		{"bare array", object(objects(1, 250)), upTo(250), 1},
		{"bare array of several kinds, with equal ids", object(`[{"id":1},{"id":1}]`), []int64{1, 1}, 1},
		{"empty array", object(`[]`), nil, 1},
		{"one page", inPages(objects(1, 3)), upTo(3), 1},
		{"three pages", inPages(objects(1, 100), objects(101, 200), objects(201, 203)), upTo(203), 3},
		{"moved by a new object", inPages(objects(1, 100), objects(100, 105)), upTo(105), 2},
		{"no end", inPages(objects(1, 2), objects(1, 2), objects(1, 2)), upTo(2), 2},
		{"empty page", inPages(`[]`), nil, 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			client, requests := serve(t, test.handler)
			query := url.Values{"title": {"a b"}}
			got, err := ids(t, client, Projects, query)
			if err != nil || !slices.Equal(got, test.want) {
				t.Errorf("%v, %v, want %v", got, err, test.want)
			}
			for number, request := range requests.all() {
				if want := fmt.Sprintf("GET /api/projects/?page=%d&page_size=100&title=a+b", number+1); request != want {
					t.Errorf("%s, want %s", request, want)
				}
			}
			if len(requests.all()) != test.pages || len(query) != 1 {
				t.Errorf("%d pages, want %d; the query is now %v", len(requests.all()), test.pages, query)
			}
		})
	}
}

func TestAPageThatVanishedEndsTheList(t *testing.T) {
	t.Parallel()
	pages := inPages(objects(1, 100))
	client, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("page") == "1" {
			say(w, http.StatusOK, `{"next":"x","results":`+objects(1, 100)+`}`)
			return
		}
		pages(w, r)
	})
	got, err := ids(t, client, Projects, nil)
	if err != nil || len(got) != 100 {
		t.Errorf("%d objects, %v", len(got), err)
	}
}

func TestAListEndsWithItsError(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{
		"no list":     `{"id":1}`,
		"wrong list":  `{"results":{"a":1}}`,
		"wrong array": `[1,2]`,
		"text":        `"x"`,
		"cut off":     `[{"id":1}`,
		"no id":       `[{"id":1},{"title":"a"}]`,
		"wrong id":    `{"results":[{"id":{}}]}`,
		"null":        `[null]`,
	} {
		client, _ := serve(t, object(body))
		got, err := ids(t, client, Projects, nil)
		if err == nil || len(got) > 0 || IsResponseLost(err) {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
	client, _ := serve(t, inPages())
	if _, err := ids(t, client, Projects, nil); !IsNotFound(err) {
		t.Errorf("the first page: %v", err)
	}
}

func TestAListCanBeLeft(t *testing.T) {
	t.Parallel()
	client, requests := serve(t, inPages(objects(1, 100), objects(101, 200)))
	for object, err := range client.List(t.Context(), Projects, nil) {
		if err != nil || object.ID() != 1 {
			t.Errorf("%v, %v", object, err)
		}
		break
	}
	if got := requests.all(); len(got) != 1 {
		t.Errorf("%v", got)
	}
}
