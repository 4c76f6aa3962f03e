package cloud

import (
	"context"
	"crypto/rand"
	"fmt"
	"strings"
	"testing"
)

// A Bucket is what a storage of Label Studio points at: a bucket, a container of
// Azure, a database of Redis.
type Bucket struct {
	Name string
	// Fields are those of the storages API that say where the bucket is and let
	// Label Studio in.
	Fields map[string]any

	store store
}

// A store is how a storage server keeps objects.
type store interface {
	create(ctx context.Context, bucket string) error
	put(ctx context.Context, bucket, key, content string) error
	keys(ctx context.Context, bucket string) ([]string, error)
	get(ctx context.Context, bucket, key string) (string, error)
	// remove removes the bucket with all that it holds.
	remove(ctx context.Context, bucket string) error
}

// newBucket makes a bucket, with a name that no other one has had.
func newBucket(tb testing.TB, s store, name string, fields map[string]any) *Bucket {
	tb.Helper()
	if err := s.create(tb.Context(), name); err != nil {
		tb.Fatalf("creating the bucket %s: %v", name, err)
	}
	return &Bucket{Name: name, Fields: fields, store: s}
}

func bucketName() string { return "bucket-" + strings.ToLower(rand.Text()) }

// Fill puts as many small tasks into the bucket, under prefix followed by 1.json
// and so on.
func (b *Bucket) Fill(tb testing.TB, prefix string, tasks int) {
	tb.Helper()
	for n := range tasks {
		b.Put(tb, fmt.Sprintf("%s%d.json", prefix, n+1), fmt.Sprintf(`{"text": "task %d"}`, n+1))
	}
}

// Put writes an object.
func (b *Bucket) Put(tb testing.TB, key, content string) {
	tb.Helper()
	if err := b.store.put(tb.Context(), b.Name, key, content); err != nil {
		tb.Fatalf("writing %s into %s: %v", key, b.Name, err)
	}
}

// Keys lists the objects, up to the first 1000.
func (b *Bucket) Keys(tb testing.TB) []string {
	tb.Helper()
	keys, err := b.store.keys(tb.Context(), b.Name)
	if err != nil {
		tb.Fatalf("listing %s: %v", b.Name, err)
	}
	return keys
}

// Get reads an object.
func (b *Bucket) Get(tb testing.TB, key string) string {
	tb.Helper()
	content, err := b.store.get(tb.Context(), b.Name, key)
	if err != nil {
		tb.Fatalf("reading %s from %s: %v", key, b.Name, err)
	}
	return content
}

// Remove removes the bucket with all that it holds, as if somebody had deleted it.
func (b *Bucket) Remove(tb testing.TB) {
	tb.Helper()
	if err := b.store.remove(tb.Context(), b.Name); err != nil {
		tb.Fatalf("removing %s: %v", b.Name, err)
	}
}
