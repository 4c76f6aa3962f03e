package provider

import (
	"maps"
	"os"
	"testing"
)

func TestLogsAreLimitedToWhatTerraformShows(t *testing.T) {
	for name, test := range map[string]struct {
		set           map[string]string
		sdk, provider string
	}{
		"nothing is shown":                {nil, "OFF", "OFF"},
		"off":                             {map[string]string{"TF_LOG": "off"}, "OFF", "OFF"},
		"a level":                         {map[string]string{"TF_LOG": "info"}, "INFO", "INFO"},
		"a level for providers wins":      {map[string]string{"TF_LOG": "TRACE", "TF_LOG_PROVIDER": "WARN"}, "WARN", "WARN"},
		"a level for Terraform's core":    {map[string]string{"TF_LOG_CORE": "TRACE"}, "OFF", "OFF"},
		"all lines":                       {map[string]string{"TF_LOG": "TRACE"}, "", ""},
		"all lines as JSON":               {map[string]string{"TF_LOG": "JSON"}, "", ""},
		"what Terraform takes for TRACE":  {map[string]string{"TF_LOG": "1"}, "", ""},
		"the user has set the SDK's":      {map[string]string{"TF_LOG": "DEBUG", "TF_LOG_SDK": "ERROR"}, "ERROR", "DEBUG"},
		"the user has set the provider's": {map[string]string{"TF_LOG_PROVIDER_LABELSTUDIO": "DEBUG"}, "OFF", "DEBUG"},
	} {
		t.Run(name, func(t *testing.T) {
			all := map[string]string{"TF_LOG": "", "TF_LOG_CORE": "", "TF_LOG_PROVIDER": "", "TF_LOG_SDK": "", "TF_LOG_PROVIDER_LABELSTUDIO": ""}
			maps.Copy(all, test.set)
			for variable, value := range all {
				t.Setenv(variable, value)
			}
			if err := LimitLogs(); err != nil {
				t.Fatal(err)
			}
			if sdk, provider := os.Getenv("TF_LOG_SDK"), os.Getenv("TF_LOG_PROVIDER_LABELSTUDIO"); sdk != test.sdk || provider != test.provider {
				t.Errorf("got %q and %q, want %q and %q", sdk, provider, test.sdk, test.provider)
			}
		})
	}
}
