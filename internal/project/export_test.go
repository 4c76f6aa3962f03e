package project

import (
	"encoding/json"
	"testing"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudio"
)

func TestConversionIsTheOneOfTheType(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ conversions, status, traceback string }{
		"none":       {`[]`, "", ""},
		"not a list": {`null`, "", ""},
		"others":     {`[{"export_type":"COCO","status":"failed","traceback":"x"}]`, "", ""},
		"one":        {`[{"export_type":"COCO","status":"failed"},{"export_type":"CSV","status":"completed","traceback":null}]`, "completed", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			status, traceback := conversion(labelstudio.Object{"converted_formats": json.RawMessage(test.conversions)}, "CSV")
			if status != test.status || traceback != test.traceback {
				t.Errorf("got %q, %q", status, traceback)
			}
		})
	}
}
