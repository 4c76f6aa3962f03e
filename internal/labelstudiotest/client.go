package labelstudiotest

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
)

// httpClient opens a connection for each request: on kept-alive ones the
// development server adds 40 ms.
var httpClient = &http.Client{Transport: &http.Transport{
	Proxy:             http.ProxyFromEnvironment,
	DisableKeepAlives: true,
}}

// Do makes a request of the server past the provider: to set up and to look. path
// begins with a slash. body is sent as JSON unless nil, the answer is decoded into
// out unless nil. A status of 400 or more is an error that holds the answer.
func (s *Server) Do(ctx context.Context, method, path string, body, out any) (status int, err error) {
	authorization, err := s.authorization(ctx)
	if err != nil {
		return 0, err
	}
	return s.send(ctx, method, path, authorization, body, out)
}

func (s *Server) authorization(ctx context.Context) (string, error) {
	if s.LegacyToken != "" {
		return "Token " + s.LegacyToken, nil
	}
	var token struct{ Access string }
	_, err := s.send(ctx, http.MethodPost, "/api/token/refresh/", "", map[string]string{"refresh": s.PersonalAccessToken}, &token)
	return "Bearer " + token.Access, err
}

func (s *Server) send(ctx context.Context, method, path, authorization string, body, out any) (int, error) {
	var content bytes.Buffer
	if body != nil {
		if err := json.NewEncoder(&content).Encode(body); err != nil {
			return 0, err
		}
	}
	request, err := http.NewRequestWithContext(ctx, method, s.URL+path, &content)
	if err != nil {
		return 0, err
	}
	request.Header.Set("Content-Type", "application/json")
	if authorization != "" {
		request.Header.Set("Authorization", authorization)
	}
	response, err := httpClient.Do(request)
	if err != nil {
		return 0, err
	}
	defer func() { _ = response.Body.Close() }()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		return response.StatusCode, fmt.Errorf("%s %s: %w", method, path, err)
	}
	if response.StatusCode >= http.StatusBadRequest {
		return response.StatusCode, fmt.Errorf("%s %s: %s: %.2000s", method, path, response.Status, answer)
	}
	if out == nil {
		return response.StatusCode, nil
	}
	if err := json.Unmarshal(answer, out); err != nil {
		return response.StatusCode, fmt.Errorf("%s %s: %w in %.2000s", method, path, err, answer)
	}
	return response.StatusCode, nil
}
