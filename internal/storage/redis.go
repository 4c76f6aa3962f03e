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
	description: "A Redis database as a source of tasks: each key holds a task as JSON, or a list of them.",
	direction:   importing,
	service:     "redis",
	place:       "host",
	location:    []string{"host", "port", "db"},
	within:      "path",
	finding:     finding{names: keysLike, lookup: "path is what the keys begin with, and may hold wildcards."},
	attributes: slices.Concat(alwaysSent(redisConnection(1)), object.Table{{Name: "path", Type: object.Text, Default: "",
		Description: "Beginning of the keys, which may hold wildcards. All keys without it."}}),
	advice: slices.Concat(redisAdvice, keyAdvice),
}

var redisExport = kind{
	name:        "redis_export_storage",
	label:       "Redis export storage",
	description: "A Redis database that annotations are written to. The key is the annotation's id.",
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
			Description: "Name or address of the Redis server. Label Studio refuses private addresses unless it runs with `SSRF_PROTECTION_ENABLED=false`."},
		{Name: "port", Type: object.Text, Needed: true,
			Refuse:      object.RefuseText(refusePort),
			Description: "Port of the Redis server, such as `6379`."},
		{Name: "db", Type: object.Int64, Default: db,
			Validators:  []validator.Describer{int64validator.AtLeast(0)},
			Refuse:      refuseDatabase,
			Description: "Number of the database, from 1: Label Studio refuses 0."},
		{Name: "password", Type: object.Text, Secret: true,
			Description: "Password of the Redis server."},
	}
}
