package provider_test

import (
	"encoding/json"
	"maps"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest"
)

// sample is two values of an attribute, as a configuration writes them.
type sample struct {
	one, other string
	// needed marks what each object has to have: the server takes none without it.
	needed bool
}

// samples are a sample for each attribute of a resource that a configuration may set.
type samples map[string]sample

// samplesOf are the samples of a resource. The tests that run over all resources
// take them from here.
func (s *stack) samplesOf(typeName string) samples {
	s.t.Helper()
	var of samples
	name := strings.TrimPrefix(typeName, "labelstudio_")
	switch kind, exports := strings.CutSuffix(name, "_export_storage"); {
	case name == "project":
		of = projectSamples()
	case exports:
		of = s.bucketSamples(kind)
		maps.Copy(of, s.storageSamples())
		maps.Copy(of, exportSamples)
	default:
		of = s.bucketSamples(strings.TrimSuffix(name, "_storage"))
		maps.Copy(of, s.storageSamples())
		maps.Copy(of, importSamples)
	}
	for _, a := range attributesOf(s.t, typeName) {
		if plain, twin := strings.CutSuffix(a.Name, "_wo"); twin {
			of[a.Name] = sample{one: of[plain].one, other: of[plain].other}
			of[a.Name+"_version"] = sample{one: "1", other: "2"}
		}
		if a.Required {
			required := of[a.Name]
			required.needed = true
			of[a.Name] = required
		}
	}
	return of
}

func projectSamples() samples {
	return samples{
		"title":                               {one: `"one title"`, other: `"another title"`},
		"description":                         {one: `"one text"`, other: `"another text"`},
		"label_config":                        {one: `"<View><Text name='t' value='$t'/></View>"`, other: `"<View><Image name='i' value='$i'/></View>"`},
		"expert_instruction":                  {one: `"<b>look</b>"`, other: `"<i>look</i>"`},
		"show_instruction":                    {one: "true", other: "false"},
		"show_skip_button":                    {one: "false", other: "true"},
		"enable_empty_annotation":             {one: "false", other: "true"},
		"show_annotation_history":             {one: "true", other: "false"},
		"show_collab_predictions":             {one: "false", other: "true"},
		"reveal_preannotations_interactively": {one: "true", other: "false"},
		"evaluate_predictions_automatically":  {one: "true", other: "false"},
		"show_ground_truth_first":             {one: "true", other: "false"},
		"show_overlap_first":                  {one: "true", other: "false"},
		"annotator_evaluation_enabled":        {one: "true", other: "false"},
		"is_published":                        {one: "true", other: "false"},
		"color":                               {one: `"#123456"`, other: `"#abcdef"`},
		"maximum_annotations":                 {one: "2", other: "3"},
		"min_annotations_to_start_training":   {one: "2", other: "3"},
		"overlap_cohort_percentage":           {one: "50", other: "25"},
		"sampling":                            {one: `"Uniform sampling"`, other: `"Uncertainty sampling"`},
		"skip_queue":                          {one: `"REQUEUE_FOR_ME"`, other: `"IGNORE_SKIPPED"`},
		"task_data_login":                     {one: `"one"`, other: `"other"`},
		"task_data_password":                  {one: `"first secret"`, other: `"second secret"`},
		"pinned_at":                           {one: `"2026-01-02T03:04:05Z"`, other: `"2026-02-03T04:05:06Z"`},
		"force_destroy":                       {one: "true", other: "false"},
	}
}

// storageSamples are those of every storage.
func (s *stack) storageSamples() samples {
	return samples{
		"project":        {one: s.numberOfProject(), other: s.numberOfProject()},
		"title":          {one: `"one title"`, other: `"another title"`},
		"description":    {one: `"one text"`, other: `"another text"`},
		"synchronizable": {one: "false", other: "true"},
		"sync_triggers":  {one: `{ a = "1", b = "1" }`, other: `{ a = "2", b = "1" }`},
		"wait_for_sync":  {one: "false", other: "true"},
		"timeouts":       {one: `{ create = "5m", update = "5m", delete = "5m" }`, other: `{ create = "6m", update = "6m", delete = "6m" }`},
	}
}

// importSamples and exportSamples are those of storages of a direction. A kind
// need not have all of them.
var (
	importSamples = samples{
		"regex_filter":   {one: `".*txt"`, other: `".*jpg"`},
		"recursive_scan": {one: "true", other: "false"},
		"use_blob_urls":  {one: "true", other: "false"},
		"presign":        {one: "false", other: "true"},
		"presign_ttl":    {one: "2", other: "3"},
	}
	exportSamples = samples{
		"can_delete_objects": {one: "true", other: "false"},
	}
)

// bucketSamples say where the data of storages of the kind are. Either value of
// each attribute is good with either one of the others.
func (s *stack) bucketSamples(kind string) samples {
	s.t.Helper()
	if kind == "local" {
		return samples{"path": {one: quoted(s.Folder(s.t, 0)), other: quoted(s.Folder(s.t, 0))}}
	}
	cloud := s.cloud(kind)
	bucket, another := cloud.NewBucket(s.t), cloud.NewBucket(s.t)
	for _, b := range []*labelstudiotest.Bucket{bucket, another} {
		b.Fill(s.t, "one/", 1)
		b.Fill(s.t, "another/", 1)
	}
	of := samples{}
	switch cloud := cloud.(type) {
	case *labelstudiotest.S3:
		cloud.LetEverybodyIn(s.t)
		of = samples{
			"region_name":           {one: `"us-east-1"`, other: `"eu-central-1"`},
			"aws_sse_kms_key_id":    {one: `"one key"`, other: `"another key"`},
			"aws_session_token":     {one: `"one token"`, other: `"another token"`},
			"aws_access_key_id":     {other: `"another id"`},
			"aws_secret_access_key": {other: `"another secret"`},
			"s3_endpoint":           {other: strings.Replace(written(bucket.Fields["s3_endpoint"]), "127.0.0.1", "localhost", 1)},
		}
	case *labelstudiotest.GCS:
		of = samples{
			"google_project_id":              {one: `"one"`, other: `"another"`},
			"google_application_credentials": {other: quoted(" \n" + strings.Replace(cloud.ServiceAccount, `"client_id":"1"`, `"client_id":"2"`, 1))},
		}
	case *labelstudiotest.Azure:
		// Label Studio makes a connection string of them, which may say more.
		of = samples{
			"account_name": {other: quoted(cloud.AccountName + ";Some=thing")},
			"account_key":  {other: quoted(cloud.AccountKey + ";Some=thing")},
		}
	case *labelstudiotest.Redis:
		of = samples{
			"path":     {one: `"one"`, other: `"another"`},
			"host":     {other: `"localhost"`},
			"port":     {other: strings.Replace(written(bucket.Fields["port"]), `"`, `"0`, 1)},
			"password": {other: quoted(cloud.AnotherPassword(s.t))},
		}
	}
	if kind != "redis" {
		of["prefix"] = sample{one: `"one"`, other: `"another"`}
	}
	for name, value := range bucket.Fields {
		field := of[name]
		field.one, field.needed = written(value), true
		if field.other == "" {
			field.other = written(another.Fields[name])
		}
		of[name] = field
	}
	return of
}

// written is a value as a configuration writes it.
func written(value any) string {
	if text, ok := value.(string); ok {
		return quoted(text)
	}
	text, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	return string(text)
}

func quoted(text string) string { return strconv.Quote(text) }

// least is the body of a POST that makes an object.
func (of samples) least() map[string]any {
	body := map[string]any{}
	for name, value := range of {
		if value.needed {
			body[name] = literal(value.one)
		}
	}
	return body
}

// secretOf is the secret that a write-only attribute or its version belongs to, or "".
func secretOf(a *tfprotov6.SchemaAttribute) string {
	if secret, version := strings.CutSuffix(a.Name, "_wo_version"); version {
		return secret
	}
	if secret, twin := strings.CutSuffix(a.Name, "_wo"); twin {
		return secret
	}
	return ""
}

// secretsOf names the attributes that no server gives away.
func secretsOf(attributes []*tfprotov6.SchemaAttribute) []string {
	var names []string
	for _, a := range attributes {
		if a.Sensitive && secretOf(a) == "" {
			names = append(names, a.Name)
		}
	}
	return names
}

// block is an object with the value of an attribute, if that is not "", and of
// others what each object needs. A write-only attribute and its version come
// together, in the place of the plain one.
func (of samples) block(typeName, name string, about *tfprotov6.SchemaAttribute, attributes []*tfprotov6.SchemaAttribute, value func(*tfprotov6.SchemaAttribute) string) string {
	var block strings.Builder
	secret, set := secretOf(about), value(about)
	for _, a := range attributes {
		text := ""
		switch {
		case a == about && set != "":
			text = set
		case secret != "" && set != "" && secretOf(a) == secret:
			if text = value(a); text == "" {
				text = of[a.Name].one
			}
		case of[a.Name].needed && (set == "" || a.Name != secret):
			text = of[a.Name].one
		default:
			continue
		}
		block.WriteString("  " + a.Name + " = " + text + "\n")
	}
	return "resource " + quoted(typeName) + " " + quoted(name) + " {\n" + block.String() + "}\n"
}
