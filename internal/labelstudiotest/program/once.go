package program

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// Once calls install, unless an earlier run has already installed the same: from the
// same pins, the text of the lock files, and with the file result still there. A
// marker in folder, written last, tells. So an interrupted installation is done again.
func Once(folder, pins, result string, install func() error) error {
	digest := sha256.Sum256([]byte(pins))
	want := hex.EncodeToString(digest[:])
	marker := filepath.Join(folder, "installed")
	have, err := os.ReadFile(marker)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if _, err := os.Stat(result); err == nil && string(have) == want {
		return nil
	}
	if err := os.RemoveAll(marker); err != nil {
		return err
	}
	if err := install(); err != nil {
		return err
	}
	return os.WriteFile(marker, []byte(want), 0o600)
}
