package labelstudio

import (
	"io"
	"net/http"
	"os"
)

// saving is a sender that saves the body of a successful response to a file. The file may
// be larger than the memory, and take longer than a request may otherwise.
func (s *sender) saving(file *os.File) *sender {
	transport := *s.transport
	transport.timeout = 0
	transport.read = func(response *http.Response) error {
		if response.StatusCode/100 != 2 {
			return readWhole(response)
		}
		return save(response, file)
	}
	saving := *s
	saving.headers = s.headers.Clone()
	// The server gives the length of a file only to requests for a range of it. Without
	// the length, a response that was cut off looks complete.
	saving.headers.Set("Range", "bytes=0-")
	saving.repeating = newRetrying(newCaller(&transport), s.repeating.RetryMax, mayRepeat)
	return &saving
}

// save writes the body of a response to a file, from its beginning: an attempt before this
// one may have written a part.
func save(response *http.Response, file *os.File) error {
	_, err := file.Seek(0, io.SeekStart)
	if err == nil {
		err = file.Truncate(0)
	}
	if err == nil {
		_, err = io.Copy(file, response.Body)
	}
	if closeErr := response.Body.Close(); err == nil {
		err = closeErr
	}
	response.Body = http.NoBody
	return err
}
