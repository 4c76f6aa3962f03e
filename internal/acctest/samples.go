package acctest

import (
	"maps"
	"path/filepath"
	"strings"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/cloud"
)

// A Sample is two values of an attribute.
type Sample struct {
	One, Other any
	// Needed marks what each object has to have: the server takes none without it.
	Needed bool
	// Beside are the other attributes without which either value makes no sense.
	Beside Values
}

// Samples are a sample of each attribute that a configuration may set.
type Samples map[string]Sample

// SamplesOf are the samples of a resource.
func (s *Server) SamplesOf(object Object) Samples {
	s.T.Helper()
	all, of := object.Samples(s), Samples{}
	for _, a := range AttributesOf(s.T, object.Type) {
		sample, known := all[a.Name]
		switch secret := SecretOf(a.Name); {
		case secret != "" && a.WriteOnly:
			sample, known = Sample{One: all[secret].One, Other: all[secret].Other}, true
		case secret != "":
			sample, known = Sample{One: 1, Other: 2}, true
		}
		if !known {
			s.T.Fatalf("%s.%s has no sample", object.Type, a.Name)
		}
		sample.Needed = sample.Needed || a.Required
		of[a.Name] = sample
	}
	return of
}

// One is the first value of an attribute.
func (of Samples) One(name string) any { return of[name].One }

// Other is the second value of an attribute.
func (of Samples) Other(name string) any { return of[name].Other }

// Least is a configuration with what each object has to have, and the body of a POST
// that makes such an object.
func (of Samples) Least() Values {
	least := Values{}
	for name, sample := range of {
		if sample.Needed {
			least[name] = sample.One
		}
	}
	return least
}

// With is the least configuration with a value of one attribute, and what has to stand
// beside it, unless the value is nil. A write-only attribute and its version come together,
// in the place of the plain one.
func (of Samples) With(name string, value func(name string) any) Values {
	config := of.Least()
	set := value(name)
	if set == nil {
		return config
	}
	maps.Copy(config, of[name].Beside)
	config[name] = set
	if secret := SecretOf(name); secret != "" {
		delete(config, secret)
		for _, twin := range []string{secret + "_wo", secret + "_wo_version"} {
			if config[twin] = value(twin); config[twin] == nil {
				config[twin] = of[twin].One
			}
		}
	}
	return config
}

// Patch is the body of a PATCH that changes one field of an object, with what the server
// wants in each: as it has it, if it gives that away.
func (of Samples) Patch(object Object, stored map[string]any, field string, value any) map[string]any {
	body := map[string]any{}
	for _, name := range object.AlwaysSent {
		var known bool
		if body[name], known = stored[name]; !known {
			body[name] = of[name].One
		}
	}
	for name := range of {
		if stored[name+"_is_set"] == true {
			body[name] = "" // which keeps a secret
		}
	}
	object.put(body, field, value)
	return body
}

func projectSamples() Samples {
	return Samples{
		"title":                               {One: "one title", Other: "another title", Needed: true},
		"description":                         {One: "one text", Other: "another text"},
		"label_config":                        {One: "<View><Text name='t' value='$t'/></View>", Other: "<View><Image name='i' value='$i'/></View>"},
		"expert_instruction":                  {One: "<b>look</b>", Other: "<i>look</i>"},
		"show_instruction":                    {One: true, Other: false},
		"show_skip_button":                    {One: false, Other: true},
		"enable_empty_annotation":             {One: false, Other: true},
		"show_annotation_history":             {One: true, Other: false},
		"show_collab_predictions":             {One: false, Other: true},
		"reveal_preannotations_interactively": {One: true, Other: false},
		"evaluate_predictions_automatically":  {One: true, Other: false},
		"show_ground_truth_first":             {One: true, Other: false},
		"show_overlap_first":                  {One: true, Other: false},
		"annotator_evaluation_enabled":        {One: true, Other: false},
		"is_published":                        {One: true, Other: false},
		"color":                               {One: "#123456", Other: "#abcdef"},
		"maximum_annotations":                 {One: 2, Other: 3},
		"min_annotations_to_start_training":   {One: 2, Other: 3},
		"overlap_cohort_percentage":           {One: 50, Other: 25},
		"sampling":                            {One: "Uniform sampling", Other: "Uncertainty sampling"},
		"skip_queue":                          {One: "REQUEUE_FOR_ME", Other: "IGNORE_SKIPPED"},
		"task_data_login":                     {One: "one", Other: "other"},
		"task_data_password":                  {One: "first secret", Other: "second secret"},
		"pinned_at":                           {One: "2026-01-02T03:04:05Z", Other: "2026-02-03T04:05:06Z"},
		"force_destroy":                       {One: true, Other: false},
	}
}

func (s *Server) webhookSamples() Samples {
	s.T.Helper()
	return Samples{
		"project":              {One: s.NewProject(), Other: s.NewProject()},
		"url":                  {One: "http://127.0.0.1:9/one", Other: "http://127.0.0.1:9/another"},
		"is_active":            {One: false, Other: true},
		"headers":              {One: map[string]any{"a": "first secret", "b": "1"}, Other: map[string]any{"a": "second secret", "b": "1"}},
		"send_payload":         {One: false, Other: true},
		"send_for_all_actions": {One: false, Other: true, Beside: Values{"actions": []string{"TASKS_CREATED"}}},
		"actions":              {One: []string{"TASKS_CREATED"}, Other: []string{"ANNOTATION_CREATED", "TASKS_CREATED"}},
	}
}

func (s *Server) mlBackendSamples() Samples {
	s.T.Helper()
	return Samples{
		"project":         {One: s.NewProject(), Other: s.NewProject()},
		"url":             {One: s.NewMLBackend().URL, Other: s.NewMLBackend().URL},
		"title":           {One: "one title", Other: "another title"},
		"description":     {One: "one text", Other: "another text"},
		"is_interactive":  {One: true, Other: false},
		"auth_method":     {One: "BASIC_AUTH", Other: "NONE", Beside: Values{"basic_auth_user": "one", "basic_auth_pass": "first secret"}},
		"basic_auth_user": {One: "one", Other: "another"},
		"basic_auth_pass": {One: "first secret", Other: "second secret"},
		"extra_params":    {One: `{"a":1}`, Other: `{"a":2}`},
		// The version is the one that the backend names.
		"auto_update":   {One: false, Other: true, Beside: Values{"model_version": "v1"}},
		"model_version": {One: "one version", Other: "another version", Beside: Values{"auto_update": false}},
	}
}

func (s *Server) viewSamples() Samples {
	s.T.Helper()
	filters := func(conjunction, column, operator, typeName, value string) map[string]any {
		return map[string]any{"conjunction": conjunction, "items": []any{map[string]any{"column": column, "operator": operator, "type": typeName, "value": value}}}
	}
	hidden := func(explore, labeling string) map[string]any {
		return map[string]any{"explore": []string{explore}, "labeling": []string{labeling}}
	}
	return Samples{
		"project":                  {One: s.NewProject(), Other: s.NewProject()},
		"title":                    {One: "one title", Other: "another title ", Needed: true},
		"type":                     {One: "grid", Other: "list"},
		"filters":                  {One: filters("or", "tasks:id", "in", "Number", `{"max":3,"min":1}`), Other: filters("and", "tasks:file_upload", "contains", "String", `"cat"`)},
		"ordering":                 {One: []string{"-tasks:completed_at"}, Other: []string{"tasks:total_annotations"}},
		"hidden_columns":           {One: hidden("tasks:id", "tasks:annotators"), Other: hidden("tasks:completed_at", "tasks:id")},
		"columns_width":            {One: map[string]any{"tasks:id": 100, "tasks:total_annotations": 50}, Other: map[string]any{"tasks:id": 200, "tasks:total_annotations": 50}},
		"columns_display_type":     {One: map[string]any{"tasks:data.n": "Number"}, Other: map[string]any{"tasks:data.n": "String"}},
		"grid_width":               {One: 3, Other: 5},
		"grid_fit_images_to_width": {One: true, Other: false},
	}
}

func (s *Server) jwtSettingsSamples() Samples {
	s.T.Helper()
	if s.LegacyToken == "" {
		s.T.Skip("without a legacy token the provider needs the personal one, which it can't switch off")
	}
	return Samples{"api_tokens_enabled": {One: false, Other: true}}
}

// importSamples and exportSamples are those of storages of a direction. A kind need
// not have all of them.
var (
	importSamples = Samples{
		"regex_filter":   {One: ".*txt", Other: ".*jpg"},
		"recursive_scan": {One: true, Other: false},
		"use_blob_urls":  {One: true, Other: false},
		"presign":        {One: false, Other: true},
		"presign_ttl":    {One: 2, Other: 3},

		"accept_incomplete_files":          {One: []string{"one.json"}, Other: []string{"other.json"}},
		"delete_tasks_of_incomplete_files": {One: true, Other: false},
	}
	exportSamples = Samples{
		"can_delete_objects": {One: true, Other: false},
	}
)

// storageSamples are those of storages of the kind.
func (s *Server) storageSamples(kind string, ofDirection Samples) Samples {
	s.T.Helper()
	of := Samples{
		"project":        {One: s.NewProject(), Other: s.NewProject()},
		"title":          {One: "one title", Other: "another title"},
		"description":    {One: "one text", Other: "another text"},
		"synchronizable": {One: false, Other: true},
		"sync_triggers":  {One: map[string]any{"a": "1", "b": "1"}, Other: map[string]any{"a": "2", "b": "1"}},
		"wait_for_sync":  {One: false, Other: true},
		"timeouts":       {One: timeouts("5m"), Other: timeouts("6m")},
	}
	maps.Copy(of, ofDirection)
	maps.Copy(of, s.placeSamples(kind))
	return of
}

func timeouts(limit string) map[string]any {
	return map[string]any{"create": limit, "update": limit, "delete": limit}
}

// folderWithTask is a folder with a task: a sync that finds nothing is a warning.
func (s *Server) folderWithTask() string {
	s.T.Helper()
	folder := s.Folder(s.T, 0)
	labelstudiotest.WriteFile(s.T, filepath.Join(folder, "1.json"), `{"text": "task 1"}`)
	return folder
}

// placeSamples say where the data of storages of the kind are. Either value of each
// attribute is good with either one of the others.
func (s *Server) placeSamples(kind string) Samples {
	s.T.Helper()
	if kind == "local" {
		return Samples{"path": {One: s.folderWithTask(), Other: s.folderWithTask()}}
	}
	at := s.Cloud(kind)
	if kind == "s3" {
		at = Clouds.OpenS3 // since a key changes, too
	}
	bucket, another := at.NewBucket(s.T), at.NewBucket(s.T)
	for _, b := range []*cloud.Bucket{bucket, another} {
		b.Fill(s.T, "", 1)
		b.Fill(s.T, "one/", 1)
		b.Fill(s.T, "another/", 1)
	}
	field := func(name string) string { text, _ := bucket.Fields[name].(string); return text }
	of := Samples{}
	switch at := at.(type) {
	case *cloud.S3:
		of = Samples{
			"region_name":           {One: "us-east-1", Other: "eu-central-1"},
			"aws_sse_kms_key_id":    {One: "one key", Other: "another key"},
			"aws_session_token":     {One: "one token", Other: "another token"},
			"aws_access_key_id":     {Other: "another id"},
			"aws_secret_access_key": {Other: "another secret"},
			"s3_endpoint":           {Other: strings.Replace(field("s3_endpoint"), "127.0.0.1", "localhost", 1)},
		}
	case *cloud.GCS:
		of = Samples{
			"google_project_id":              {One: "one", Other: "another"},
			"google_application_credentials": {Other: " \n" + strings.Replace(at.ServiceAccount, `"client_id":"1"`, `"client_id":"2"`, 1)},
		}
	case *cloud.Azure:
		// Label Studio makes a connection string of them, which may say more.
		of = Samples{
			"account_name": {Other: at.AccountName + ";Some=thing"},
			"account_key":  {Other: at.AccountKey + ";Some=thing"},
		}
	case *cloud.Redis:
		of = Samples{
			"path":     {One: "one", Other: "another"},
			"host":     {Other: "localhost"},
			"port":     {Other: "0" + field("port")},
			"password": {Other: at.AnotherPassword(s.T)},
		}
	}
	if kind != "redis" {
		of["prefix"] = Sample{One: "one", Other: "another"}
	}
	for name, value := range bucket.Fields {
		sample := of[name]
		sample.One, sample.Needed = value, true
		if sample.Other == nil {
			sample.Other = another.Fields[name]
		}
		of[name] = sample
	}
	return of
}
