package storage

import (
	"slices"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/object"
)

var redis = kind{
	name:        "redis_storage",
	label:       "Redis storage",
	description: "Imports tasks from a Redis database. Each key holds a task, or a list of tasks, as JSON.",
	direction:   importing,
	service:     "redis",
	place:       "host",
	location:    []string{"host", "port", "db"},
	within:      "path",
	finding:     finding{names: keysLike, lookup: "path is what the keys begin with, and may hold wildcards."},
	attributes: slices.Concat(alwaysSent(redisConnection(1)), object.Table{{Name: "path", Type: object.Text, Default: "",
		Description: "Beginning of the keys to import. It may contain wildcards. If not set, a sync imports all keys."}}),
	advice: slices.Concat(redisAdvice, keyAdvice),
}

var redisExport = kind{
	name:        "redis_export_storage",
	label:       "Redis export storage",
	description: "Writes annotations to a Redis database. The key is the annotation's id.",
	direction:   exporting,
	service:     "redis",
	place:       "host",
	location:    []string{"host", "port", "db"},
	within:      "path",
	attributes:  redisConnection(2),
	advice:      redisAdvice,
}

// redisConnection holds the address of the database. The server validates an import
// storage by the body of a PATCH alone, so each PATCH repeats these attributes.
func redisConnection(db int) object.Table {
	return object.Table{
		{Name: "host", Type: object.Text, Needed: true,
			Refuse:      object.RefuseText(refuseHost),
			Description: "Host name or IP address of the Redis server. Label Studio refuses private addresses, unless it runs with `SSRF_PROTECTION_ENABLED=false`."},
		{Name: "port", Type: object.Text, Needed: true,
			Refuse:      object.RefuseText(refusePort),
			Description: "Port of the Redis server, such as `6379`."},
		{Name: "db", Type: object.Int64, Default: db,
			Validators:  []validator.Describer{int64validator.AtLeast(0)},
			Refuse:      refuseDatabase,
			Description: "Number of the database, 1 or more. Label Studio refuses 0."},
		{Name: "password", Type: object.Text, Secret: true,
			Description: "Password of the Redis server."},
	}
}
