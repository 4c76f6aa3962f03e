package program

import "fmt"

// DevOverrides is a configuration of the terraform command that takes the provider of a
// source, such as "labelstudio-community/labelstudio", from a folder. No "terraform init" is
// needed then.
func DevOverrides(source, folder string) string {
	return fmt.Sprintf("provider_installation {\n  dev_overrides {\n    %q = %q\n  }\n  direct {}\n}\n", source, folder)
}

// FilesystemMirror is a configuration of the terraform command that takes all providers from
// a folder, in which "terraform init" finds them by their addresses.
func FilesystemMirror(folder string) string {
	return fmt.Sprintf("provider_installation {\n  filesystem_mirror {\n    path = %q\n  }\n}\n", folder)
}
