package program

import "fmt"

// DevOverrides is a configuration of the terraform command that takes the provider of a
// source, such as "labelstudio-community/labelstudio", from a folder. No "terraform init" is
// needed then.
func DevOverrides(source, folder string) string {
	return fmt.Sprintf("provider_installation {\n  dev_overrides {\n    %q = %q\n  }\n  direct {}\n}\n", source, folder)
}
