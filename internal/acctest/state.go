package acctest

import (
	"encoding/json"
	"fmt"
	"strconv"
)

// ExpectNothingToDo expects an empty plan.
func (tf *Terraform) ExpectNothingToDo(config, address string) {
	tf.T.Helper()
	if action := tf.Plan(config).Succeeds().Action(address); action != "nothing" {
		tf.T.Errorf("the plan will %s, want nothing", action)
	}
}

// Changes are the attributes of an object that a plan changes, in order.
func (tf *Terraform) Changes(address string) []string {
	tf.T.Helper()
	if planned := tf.Run("plan", "-out=plan", "-input=false"); planned.Failed {
		tf.T.Fatal(planned.Output)
	}
	var plan struct {
		Changes []struct {
			Address string
			Change  struct{ Before, After map[string]any }
		} `json:"resource_changes"`
	}
	if shown := tf.Run("show", "-json", "plan"); json.Unmarshal([]byte(shown.Output), &plan) != nil {
		tf.T.Fatal(shown.Output)
	}
	var changed []string
	for _, c := range plan.Changes {
		for _, name := range Sorted(c.Change.After) {
			if c.Address == address && fmt.Sprint(c.Change.Before[name]) != fmt.Sprint(c.Change.After[name]) {
				changed = append(changed, name)
			}
		}
	}
	return changed
}

// ID is the id of an object in the state.
func (tf *Terraform) ID(address string) int64 {
	tf.T.Helper()
	id := tf.IDs()[address]
	if id == 0 {
		tf.T.Fatalf("%s is not in the state", address)
	}
	return id
}

// IDs are the ids of the objects in the state, by their addresses.
func (tf *Terraform) IDs() map[string]int64 {
	tf.T.Helper()
	var state struct {
		Resources []struct {
			Mode, Type, Name string
			Instances        []struct {
				IndexKey   json.RawMessage `json:"index_key"`
				Attributes struct{ ID json.RawMessage }
			}
		}
	}
	text := tf.State()
	if err := json.Unmarshal([]byte(text), &state); err != nil && text != "" {
		tf.T.Fatal(err)
	}
	ids := map[string]int64{}
	for _, r := range state.Resources {
		for _, instance := range r.Instances {
			address := r.Type + "." + r.Name
			if instance.IndexKey != nil {
				address += "[" + string(instance.IndexKey) + "]"
			}
			// The ids of other providers' objects are no numbers.
			if id, err := strconv.ParseInt(string(instance.Attributes.ID), 10, 64); err == nil && r.Mode == "managed" {
				ids[address] = id
			}
		}
	}
	return ids
}

// State is the state as text, to see that it has not changed.
func (tf *Terraform) State() string {
	tf.T.Helper()
	return tf.Run("state", "pull").Output
}

// StorageState is what a state says of the storage.
type StorageState struct {
	Tainted bool
	Values  struct {
		ID          int64
		Project     int64
		Title       string
		Status      string
		SyncPending bool              `json:"sync_pending"`
		Triggers    map[string]string `json:"sync_triggers"`
	}
}

// Storages is what the state says of all storages, by their addresses.
func (tf *Terraform) Storages() map[string]StorageState {
	tf.T.Helper()
	shown := tf.Run("show", "-json")
	var state struct {
		Values struct {
			RootModule struct {
				Resources []struct {
					Address string
					Type    string
					StorageState
				}
			} `json:"root_module"`
		}
	}
	if err := json.Unmarshal([]byte(shown.Output), &state); err != nil {
		tf.T.Fatalf("%v: %s", err, shown.Output)
	}
	storages := map[string]StorageState{}
	for _, resource := range state.Values.RootModule.Resources {
		if resource.Type == "labelstudio_local_storage" {
			storages[resource.Address] = resource.StorageState
		}
	}
	return storages
}

// Storage is what the state says of the storage with StorageAddress.
func (tf *Terraform) Storage() StorageState {
	tf.T.Helper()
	storage, ok := tf.Storages()[StorageAddress]
	if !ok {
		tf.T.Fatalf("%s is not in the state", StorageAddress)
	}
	return storage
}

// ExpectPending compares sync_pending, and that the storage won't be replaced.
func (tf *Terraform) ExpectPending(want bool) StorageState {
	tf.T.Helper()
	got := tf.Storage()
	if got.Tainted || got.Values.SyncPending != want {
		tf.T.Errorf("tainted %v, sync_pending %v; want untainted, %v", got.Tainted, got.Values.SyncPending, want)
	}
	return got
}
