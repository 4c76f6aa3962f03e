package storage

import (
	"strings"
	"testing"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/storagesync"
)

func TestTheNamesOfAStoragesFilesBeginWithItsPlace(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		names func(string) string
		place string
		want  string
	}{
		{directory, "/label-studio/files/many", "/label-studio/files/many/"},
		{directory, " /label-studio//files/many/ ", "/label-studio/files/many/"},
		{directory, "images/2026", "images/2026/"},
		{directory, "images/", "images/"},
		{directory, "", ""},
		{keysLike, "task:", "task:"},
		{keysLike, "task:*:new", "task:"},
		{keysLike, "[ab]", ""},
		{keysLike, "", ""},
	} {
		if got := test.names(test.place); got != test.want {
			t.Errorf("%q: got %q, want %q", test.place, got, test.want)
		}
	}
}

func TestAMessageSaysHowCertainItIs(t *testing.T) {
	t.Parallel()
	for want, file := range map[string]storagesync.File{
		"is incomplete: the project holds 3 tasks":          {Certainty: storagesync.Certain, Tasks: 3},
		"is probably incomplete: the project holds 3 tasks": {Certainty: storagesync.Probable, Tasks: 3},
		"may be incomplete: the project holds 1 task of it": {Certainty: storagesync.Possible, Tasks: 1},
		"which may come from the s3 storage 7":              {Certainty: storagesync.Possible, Tasks: 3, Shared: "s3 storage 7"},
		"the sync imported no task of it":                   {Certainty: storagesync.Certain, Missing: true},
	} {
		if got := describeFile(file); !strings.Contains(got, want) {
			t.Errorf("%+v: got %q, want %q", file, got, want)
		}
	}
}
