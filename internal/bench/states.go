package main

import (
	"context"
	"io"
	"net"
	"net/http"
	"sync"
	"time"
)

// states are Terraform's states, which it gets by HTTP, as in most pipelines. In a local
// file Terraform writes the whole state after each object: for a thousand storages, that
// takes longer than the rest.
type states struct {
	url string

	mu sync.Mutex
	of map[string][]byte // by the path of the address
}

// serveStates serves states until the context ends.
func serveStates(ctx context.Context) (*states, error) {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s := &states{url: "http://" + listener.Addr().String() + "/", of: map[string][]byte{}}
	server := &http.Server{Handler: s, ReadHeaderTimeout: time.Minute}
	context.AfterFunc(ctx, func() { _ = server.Close() })
	go func() { _ = server.Serve(listener) }()
	return s, nil
}

// ServeHTTP gives a state, or takes one.
func (s *states) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := r.URL.Path[1:]
	if r.Method == http.MethodPost {
		content, err := io.ReadAll(r.Body)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		s.put(name, content)
		return
	}
	content := s.get(name)
	if content == nil {
		http.NotFound(w, r)
		return
	}
	_, _ = w.Write(content)
}

func (s *states) get(name string) []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.of[name]
}

func (s *states) put(name string, content []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.of[name] = content
}
