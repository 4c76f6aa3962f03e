package storage

import (
	"encoding/json"
	"testing"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
)

func TestStoragesMeetWhereAFileMayBelongToBoth(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		planned kind
		mine    string
		there   kind
		theirs  string
		want    bool
	}{
		"the same place":                    {local, `{"path":"/d","recursive_scan":false}`, local, `{"path":"/d/","recursive_scan":false}`, true},
		"places side by side":               {local, `{"path":"/d","recursive_scan":true}`, local, `{"path":"/d-2","recursive_scan":true}`, false},
		"above, with subdirectories":        {local, `{"path":"/d","recursive_scan":true}`, local, `{"path":"/d/e","recursive_scan":false}`, true},
		"above":                             {local, `{"path":"/d","recursive_scan":false}`, local, `{"path":"/d/e","recursive_scan":true}`, false},
		"below one with subdirectories":     {local, `{"path":"/d/e","recursive_scan":false}`, local, `{"path":"/d","recursive_scan":true}`, true},
		"below":                             {local, `{"path":"/d/e","recursive_scan":true}`, local, `{"path":"/d","recursive_scan":false}`, false},
		"below one of an older server":      {local, `{"path":"/d/e","recursive_scan":false}`, local, `{"path":"/d"}`, true},
		"an import at an export":            {local, `{"path":"/d","recursive_scan":false}`, localExport, `{"path":"/d"}`, true},
		"an import above an export":         {local, `{"path":"/d","recursive_scan":false}`, localExport, `{"path":"/d/e"}`, false},
		"an import of all above an export":  {local, `{"path":"/d","recursive_scan":true}`, localExport, `{"path":"/d/e"}`, true},
		"an import below an export":         {local, `{"path":"/d/e","recursive_scan":true}`, localExport, `{"path":"/d"}`, false},
		"an export below an import":         {localExport, `{"path":"/d/e"}`, local, `{"path":"/d","recursive_scan":false}`, false},
		"an export below an import of all":  {localExport, `{"path":"/d/e"}`, local, `{"path":"/d","recursive_scan":true}`, true},
		"an export above an import":         {localExport, `{"path":"/d"}`, local, `{"path":"/d/e","recursive_scan":true}`, false},
		"an export above an export":         {localExport, `{"path":"/d"}`, localExport, `{"path":"/d/e"}`, false},
		"an export beside an export":        {localExport, `{"path":"/d"}`, localExport, `{"path":"/d"}`, true},
		"a whole bucket and a prefix of it": {s3, `{"bucket":"b","recursive_scan":true}`, s3Export, `{"bucket":"b","prefix":"out"}`, true},
		"another bucket":                    {s3, `{"bucket":"b","recursive_scan":true}`, s3Export, `{"bucket":"c","prefix":"out"}`, false},
		"another server":                    {s3, `{"bucket":"b","s3_endpoint":"http://a"}`, s3, `{"bucket":"b","s3_endpoint":"http://b"}`, false},
		"all keys of a database":            {redis, `{"host":"h","port":"1","db":1,"path":""}`, redisExport, `{"host":"h","port":"1","db":1}`, true},
		"some keys of a database":           {redis, `{"host":"h","port":"1","db":1,"path":"tasks"}`, redisExport, `{"host":"h","port":"1","db":1}`, false},
		"another database":                  {redisExport, `{"host":"h","port":"1","db":2}`, redis, `{"host":"h","port":"1","db":1,"path":""}`, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var mine, theirs labelstudio.Object
			if err := json.Unmarshal([]byte(test.mine), &mine); err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal([]byte(test.theirs), &theirs); err != nil {
				t.Fatal(err)
			}
			plan, err := test.planned.table().ObjectFrom(mine)
			if err != nil {
				t.Fatal(err)
			}
			if got := test.planned.meets(plan, theirs, test.there.breaks); got != test.want {
				t.Errorf("got %v", got)
			}
		})
	}
}
