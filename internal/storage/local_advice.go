package storage

import (
	"regexp"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/crud"
)

// Releases before 1.22 say "Path …", "must start with" and "can be dangerous".
var localAdvice = []crud.Advice{
	{Message: regexp.MustCompile(`LOCAL_FILES_SERVING_ENABLED is disabled|Serving local files can be dangerous`), Attribute: localPath.Name,
		Text: "The Label Studio server has local files disabled. Set LABEL_STUDIO_LOCAL_FILES_SERVING_ENABLED=true and LABEL_STUDIO_LOCAL_FILES_DOCUMENT_ROOT in the environment of the server's process (its container), not of Terraform, and restart the server."},
	{Message: regexp.MustCompile(`(cannot be the same as|must be a subdirectory of|must start with) LOCAL_FILES_DOCUMENT_ROOT`), Attribute: localPath.Name,
		Text: "The path is not below the server's document root. Use a directory below it, not the root itself, or set LABEL_STUDIO_LOCAL_FILES_DOCUMENT_ROOT of the server to a directory that holds this one and restart the server."},
	// Before the advice on any other path.
	{Message: regexp.MustCompile(`[Pp]ath .*[^\x00-\x7F].* does not exist`), Attribute: localPath.Name,
		Text: "The path is one of the server's file system: inside a container it is the path inside the container. If the directory is there, its name may hold letters such as \"ä\" as two characters (decomposed), as directories do that were made on a Mac. Terraform joins them into one character (composed), and then the server does not find the directory. Rename the directory on the server."},
	{Message: regexp.MustCompile(`[Pp]ath .* does not exist`), Attribute: localPath.Name,
		Text: "The path is one of the server's file system: inside a container it is the path inside the container, not the one on the host that is mounted there. Check that the directory exists there and that the server's user may read it."},
	{Message: regexp.MustCompile(`UnicodeEncodeError: .* surrogates not allowed`), Attribute: localPath.Name,
		Text: "The name of a file is not in UTF-8, so the server's database can't keep it. Rename the file, or let regex_filter leave it out."},
	{Message: regexp.MustCompile(`Path must be set for Local Files storage`), Attribute: localPath.Name,
		Text: "Set path to an absolute path on the server."},
}
