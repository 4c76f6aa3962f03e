package provider

import (
	"cmp"
	"errors"
	"os"
	"slices"
	"strings"
)

// logLevels are the variables that limit the logs of this process: those of the SDK and
// the framework, and those of the provider itself.
var logLevels = []string{"TF_LOG_SDK", "TF_LOG_PROVIDER_LABELSTUDIO"}

// LimitLogs limits the logs of this process to the level that Terraform shows, unless the
// user has set a level for them. Without a level, the SDK sends all lines to Terraform,
// several for each attribute of each object, and Terraform reads them and drops what it
// does not show. In a plan, this is half of the CPU time of both processes.
func LimitLogs() error {
	level := strings.ToUpper(cmp.Or(os.Getenv("TF_LOG_PROVIDER"), os.Getenv("TF_LOG"), "OFF"))
	if !slices.Contains([]string{"DEBUG", "INFO", "WARN", "ERROR", "OFF"}, level) {
		return nil // Terraform shows all lines: TRACE, JSON, or a level that it does not know
	}
	var failed []error
	for _, variable := range logLevels {
		if os.Getenv(variable) == "" {
			failed = append(failed, os.Setenv(variable, level))
		}
	}
	return errors.Join(failed...)
}
