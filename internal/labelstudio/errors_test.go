package labelstudio

import (
	"errors"
	"fmt"
	"net/http"
	"testing"
)

func TestErrorsAreFoundBelowOthers(t *testing.T) {
	t.Parallel()
	gone := fmt.Errorf("reading: %w", &Error{gone: true})
	lost := &LostError{Err: &Error{lost: true, Status: http.StatusBadGateway}}
	if !IsNotFound(gone) || IsAnswerLost(gone) || !IsAnswerLost(lost) || IsNotFound(lost) || IsNotFound(nil) || IsAnswerLost(nil) {
		t.Error("told apart wrongly")
	}
	var failed *Error
	if !errors.As(lost, &failed) || failed.Status != http.StatusBadGateway {
		t.Error("the error of the request is not below the lost one")
	}
}
