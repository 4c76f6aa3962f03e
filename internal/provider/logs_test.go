package provider

import (
	"maps"
	"os"
	"testing"
)

func TestLogsAreLimitedToWhatTerraformShows(t *testing.T) {
	all := func(level string) map[string]string {
		return map[string]string{logOfSDK: level, logOfFramework: level, logOfProtocol: level, logOfProvider: level}
	}
	for name, test := range map[string]struct {
		set  map[string]string
		want map[string]string
		but  map[string]string // instead of what want has
	}{
		"nothing is shown":               {want: all("OFF")},
		"off":                            {set: map[string]string{"TF_LOG": "off"}, want: all("OFF")},
		"a level":                        {set: map[string]string{"TF_LOG": "info"}, want: all("INFO")},
		"a level for providers wins":     {set: map[string]string{"TF_LOG": "TRACE", "TF_LOG_PROVIDER": "WARN"}, want: all("WARN")},
		"a level for Terraform's core":   {set: map[string]string{"TF_LOG_CORE": "TRACE"}, want: all("OFF")},
		"all lines":                      {set: map[string]string{"TF_LOG": "TRACE"}, want: all("")},
		"all lines as JSON":              {set: map[string]string{"TF_LOG": "JSON"}, want: all("")},
		"what Terraform takes for TRACE": {set: map[string]string{"TF_LOG": "1"}, want: all("")},
		"the user's for the SDK": {
			set:  map[string]string{"TF_LOG": "DEBUG", logOfSDK: "ERROR"},
			want: all(""), but: map[string]string{logOfSDK: "ERROR", logOfProvider: "DEBUG"},
		},
		"the user's for the framework": {
			set:  map[string]string{"TF_LOG": "DEBUG", logOfFramework: "WARN"},
			want: all("DEBUG"), but: map[string]string{logOfFramework: "WARN"},
		},
		"the user's for the provider": {
			set:  map[string]string{logOfProvider: "DEBUG"},
			want: all("OFF"), but: map[string]string{logOfProvider: "DEBUG"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			before := map[string]string{"TF_LOG": "", "TF_LOG_CORE": "", "TF_LOG_PROVIDER": ""}
			maps.Copy(before, all(""))
			maps.Copy(before, test.set)
			for variable, value := range before {
				t.Setenv(variable, value)
			}
			if err := LimitLogs(); err != nil {
				t.Fatal(err)
			}
			maps.Copy(test.want, test.but)
			for variable, want := range test.want {
				if got := os.Getenv(variable); got != want {
					t.Errorf("%s is %q, want %q", variable, got, want)
				}
			}
		})
	}
}
