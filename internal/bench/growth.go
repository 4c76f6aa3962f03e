package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"strings"
	"time"
)

// size is what a plan takes for so many unchanged storages.
type size struct {
	storages int
	time     time.Duration
	idle     time.Duration // of the provider that does nothing
	memory   int64         // peak of the provider, in bytes
}

// mostMemory is how much more memory a plan of the most storages may take than one of the
// fewest, in bytes.
const mostMemory = 40 << 20

// grow measures a plan of so many storages, which are there.
func (b *bench) grow(ctx context.Context, ours, idle *workspace, count int) error {
	for _, w := range []*workspace{ours, idle} {
		if err := w.write(b.storages(count)); err != nil {
			return err
		}
	}
	took, memory, err := ours.peakMemory(ctx, ours.plan())
	if err != nil {
		return err
	}
	nothing, err := idle.plan()(ctx)
	if err != nil {
		return err
	}
	b.growth = append(b.growth, size{count, took.time, nothing.time, memory})
	fmt.Fprintf(os.Stderr, "plan of %d storages: %s, %s of a provider that does nothing, %d MB\n", count, short(took.time), short(nothing.time), memory>>20)
	return nil
}

// state is the part of Terraform's state that the bench extends.
type state map[string]any

// resource is the one of a type, with its instances.
func (s state) resource(typeName string) (map[string]any, []map[string]any) {
	resources, _ := s["resources"].([]any)
	for _, entry := range resources {
		resource, _ := entry.(map[string]any)
		if resource["type"] != typeName {
			continue
		}
		var instances []map[string]any
		all, _ := resource["instances"].([]any)
		for _, instance := range all {
			one, _ := instance.(map[string]any)
			instances = append(instances, one)
		}
		return resource, instances
	}
	return nil, nil
}

// extend makes storages until there are so many, and writes them into the state, which is
// faster than Terraform. That the next plan is empty shows that the state is right.
func (b *bench) extend(ctx context.Context, w *workspace, count int) error {
	var whole state
	if err := json.Unmarshal(w.states.get(w.state), &whole); err != nil {
		return err
	}
	home := map[int]int64{}
	_, projects := whole.resource("labelstudio_project")
	for _, project := range projects {
		index, id := numbersOf(project)
		home[index] = id
	}
	resource, instances := whole.resource("labelstudio_local_storage")
	numbers := make([]int64, 0, count)
	for number := len(instances); number < count; number++ {
		numbers = append(numbers, int64(number))
	}
	made := make([]map[string]any, count)
	_, err := each(ctx, numbers, func(ctx context.Context, number int64) error {
		body := storageBody(home[int(number)%homes], fmt.Sprintf("storage %d", number), b.files, number)
		return b.bare.send(ctx, http.MethodPost, storagesPath, body, &made[number])
	})
	if err != nil {
		return err
	}
	all, _ := resource["instances"].([]any)
	for _, number := range numbers {
		instance, err := like(instances[0], int(number), made[number])
		if err != nil {
			return err
		}
		all = append(all, instance)
	}
	resource["instances"] = all
	content, err := json.Marshal(whole)
	if err != nil {
		return err
	}
	w.states.put(w.state, content)
	return nil
}

func numbersOf(instance map[string]any) (index int, id int64) {
	attributes, _ := instance["attributes"].(map[string]any)
	at, _ := instance["index_key"].(float64)
	number, _ := attributes["id"].(float64)
	return int(at), int64(number)
}

// like is an instance as another one, with the values that differ.
func like(instance map[string]any, index int, object map[string]any) (map[string]any, error) {
	content, err := json.Marshal(instance)
	if err != nil {
		return nil, err
	}
	var other map[string]any
	if err := json.Unmarshal(content, &other); err != nil {
		return nil, err
	}
	other["index_key"] = index
	attributes, _ := other["attributes"].(map[string]any)
	for _, name := range []string{"id", "title", "path", "project", "created_at"} {
		attributes[name] = object[name]
	}
	if identity, ok := other["identity"].(map[string]any); ok {
		identity["id"] = object["id"]
	}
	return other, nil
}

// growthTable is the growth as a table, with a bar for the time of each storage: bars of
// one length mean linear growth.
func (b *bench) growthTable() string {
	var text strings.Builder
	fmt.Fprintf(&text, "| Storages | Plan | Time of each storage | | Plan of the provider that does nothing | Memory of the provider |\n| ---: | ---: | ---: | --- | ---: | ---: |\n")
	longest := time.Duration(0)
	for _, size := range b.growth {
		longest = max(longest, size.each())
	}
	for _, size := range b.growth {
		bar := strings.Repeat("█", max(1, int(20*size.each()/longest)))
		fmt.Fprintf(&text, "| %d | %s | %s | %s | %s | %d MB |\n", size.storages, short(size.time), short(size.each()), bar, short(size.idle), size.memory>>20)
	}
	fewest, most := b.growth[0], b.growth[len(b.growth)-1]
	more := most.memory - fewest.memory
	fmt.Fprintf(&text, "\nMemory for %d storages instead of %d: %d MB more. The goal, at most %d MB, is %s.\n",
		most.storages, fewest.storages, more>>20, mostMemory>>20, verdictOf(more <= mostMemory))
	return text.String()
}

func (s size) each() time.Duration { return s.time / time.Duration(s.storages) }
