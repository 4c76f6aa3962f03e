package provider

import (
	"cmp"
	"errors"
	"os"
	"slices"
	"strings"
)

// The variables that limit the logs of this process. The framework and the protocol are
// parts of the SDK. They look at the SDK's level only after they have made a line, and at
// their own before.
const (
	logOfSDK       = "TF_LOG_SDK"
	logOfFramework = "TF_LOG_SDK_FRAMEWORK"
	logOfProtocol  = "TF_LOG_SDK_PROTO"
	logOfProvider  = "TF_LOG_PROVIDER_LABELSTUDIO"
)

// LimitLogs limits the logs of this process to the level that Terraform shows, unless the
// user has set a level for them. Without a level, the SDK sends all lines to Terraform,
// several for each attribute of each object, and Terraform reads them and drops what it
// does not show. In a plan, this is half of the CPU time of both processes.
func LimitLogs() error {
	level := strings.ToUpper(cmp.Or(os.Getenv("TF_LOG_PROVIDER"), os.Getenv("TF_LOG"), "OFF"))
	if !slices.Contains([]string{"DEBUG", "INFO", "WARN", "ERROR", "OFF"}, level) {
		return nil // Terraform shows all lines: TRACE, JSON, or a level that it does not know
	}
	limited := []string{logOfProvider}
	if os.Getenv(logOfSDK) == "" {
		limited = append(limited, logOfSDK, logOfFramework, logOfProtocol)
	}
	var failed []error
	for _, variable := range limited {
		if os.Getenv(variable) == "" {
			failed = append(failed, os.Setenv(variable, level))
		}
	}
	return errors.Join(failed...)
}
