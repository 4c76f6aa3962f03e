package labelstudio

import (
	"bytes"
	"context"
	"encoding/json"
	"iter"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"
)

const pageSize = 100 // the server's maximum

// listPage is a part of a list.
type listPage struct {
	objects  []Object
	more     bool
	date     time.Time // by the server's clock, zero if it does not say
	received time.Time
}

// List reads the objects of a collection one by one, each once, until an error.
func (c *Client) List(ctx context.Context, in Collection, query url.Values) iter.Seq2[Object, error] {
	return func(yield func(Object, error) bool) {
		if in.settings {
			yield(c.Settings(ctx, in))
			return
		}
		for part, err := range c.pages(ctx, in, query) {
			if err != nil {
				yield(nil, err)
				return
			}
			for _, object := range part.objects {
				c.known.addSeen(in, object.ID())
				if !yield(object, nil) {
					return
				}
			}
		}
	}
}

// pages reads a list page by page, with as many objects a page as the query says or else
// the server allows. Lists without pages ignore the query for pages.
// The server's "next" is not followed, because its host is the one by which the
// server knows itself.
func (c *Client) pages(ctx context.Context, in Collection, query url.Values) iter.Seq2[listPage, error] {
	return func(yield func(listPage, error) bool) {
		given := map[int64]bool{}
		query := maps.Clone(query)
		if query == nil {
			query = url.Values{}
		}
		if !query.Has("page_size") {
			query.Set("page_size", strconv.Itoa(pageSize))
		}
		for number := 1; ; number++ {
			query.Set("page", strconv.Itoa(number))
			part, err := c.page(ctx, in, query)
			if number > 1 && IsNotFound(err) {
				return // the objects of this page were deleted meanwhile
			}
			if err != nil {
				yield(listPage{}, err)
				return
			}
			if part.more || number > 1 {
				// A new object moves others to the next page, where they come again.
				part.objects = slices.DeleteFunc(part.objects, func(object Object) bool {
					again := given[object.ID()]
					given[object.ID()] = true
					return again
				})
			}
			if !yield(part, nil) || !part.more || len(part.objects) == 0 {
				return
			}
		}
	}
}

// page asks for one page.
func (c *Client) page(ctx context.Context, in Collection, query url.Values) (listPage, error) {
	project, _ := strconv.ParseInt(query.Get("project"), 10, 64) // 0 without one
	release, err := c.lockRead(ctx, in, project, in.list)
	if err != nil {
		return listPage{}, err
	}
	defer release()
	got, err := c.doIn(ctx, http.MethodGet, in, in.list, query, nil)
	if err != nil {
		return listPage{}, err
	}
	return got.list()
}

// list reads a response that must be a page of objects with ids. An object without one
// could be taken for the result of a create whose response was lost.
func (r *response) list() (listPage, error) {
	part, err := r.anyList()
	if err != nil {
		return listPage{}, err
	}
	if slices.ContainsFunc(part.objects, func(object Object) bool { return object.ID() == 0 }) {
		return listPage{}, r.unexpected("an object in the list has no id")
	}
	part.received = r.received
	part.date, _ = http.ParseTime(r.header.Get("Date")) // zero says enough
	return part, nil
}

// anyList reads a page: a bare array, or an object around one.
func (r *response) anyList() (part listPage, err error) {
	if bytes.HasPrefix(bytes.TrimSpace(r.body), []byte("[")) {
		err = r.decode(&part.objects)
		return part, err
	}
	object, err := r.object()
	if err != nil {
		return part, err
	}
	results, ok := object["results"]
	if !ok || json.Unmarshal(results, &part.objects) != nil {
		return part, r.unexpected("the response is not the list that is expected")
	}
	part.more = object.Text("next") != ""
	return part, nil
}

// Writes counts the requests by which this client may have changed the objects of a
// collection. A list from before the last of them may be old.
func (c *Client) Writes(in Collection) int64 { return c.written.of(in.list).Load() }
