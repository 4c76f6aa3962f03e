// Command bench compares the provider with bare requests, with a script that uses
// label-studio-sdk, and with a provider that does nothing, on a real Label Studio. It
// prints tables in Markdown, and writes them into the guide about speed if -docs is set.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"syscall"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest"
	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/labelstudiotest/program"
)

func main() {
	b := &bench{}
	flag.IntVar(&b.objects, "objects", 1000, "storages, and projects, of the comparisons; growth goes from a tenth to ten times as many")
	flag.IntVar(&b.pairs, "pairs", 5, "pairs of each comparison")
	docs := flag.Bool("docs", false, "write the tables into the guide, too")
	flag.Parse()
	ctx, done := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer done()
	err := b.run(ctx)
	if err == nil {
		err = b.write(*docs)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// homes is the number of projects that the storages are in.
const homes = 20

type bench struct {
	objects, pairs int

	root, work string
	server     *labelstudiotest.Server
	bare       *bare
	states     *states
	ours, idle *build
	files      string // the directory with those of the storages
	rows       []comparison
	growth     []size
}

func (b *bench) run(ctx context.Context) (err error) {
	if b.root, err = program.Root(); err != nil {
		return err
	}
	if b.work, err = os.MkdirTemp("", "bench-"); err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(b.work) }()
	ofServer, ofClient, err := halves()
	if err != nil {
		return err
	}
	if err := moveTo(ctx, ofServer); err != nil {
		return err
	}
	if b.server, err = labelstudiotest.Start(ctx, labelstudiotest.Options{}); err != nil {
		return err
	}
	defer func() { _ = b.server.Stop() }()
	if err := moveTo(ctx, ofClient); err != nil {
		return err
	}
	b.bare = &bare{b.server}
	b.files = filepath.Join(b.server.DocumentRoot, "bench")
	for number := range 10 * b.objects {
		if err := os.MkdirAll(folder(b.files, number), 0o750); err != nil {
			return err
		}
	}
	env := []string{"LABEL_STUDIO_URL=" + b.server.URL, "LABEL_STUDIO_API_KEY=" + b.server.LegacyToken, "LABEL_STUDIO_PLAN_CHECKS=true"}
	if b.ours, err = newBuild(ctx, filepath.Join(b.work, "ours"), ".", env...); err != nil {
		return err
	}
	if b.idle, err = newBuild(ctx, filepath.Join(b.work, "idle"), "./internal/bench/idle", env...); err != nil {
		return err
	}
	if b.states, err = serveStates(ctx); err != nil {
		return err
	}
	for _, part := range []func(context.Context) error{b.coldStart, b.creates, b.plans, b.projectPlans} {
		if err := part(ctx); err != nil {
			return err
		}
	}
	return nil
}

// folder is that of a storage. Storages that share files would fill the plans with warnings.
func folder(files string, number int) string { return filepath.Join(files, strconv.Itoa(number)) }

// idleProvider shows the time of Terraform and the framework.
const idleProvider = "a provider with equal schemas that does nothing"

// add compares, and keeps the row.
func (b *bench) add(ctx context.Context, what, against string, goal float64, ours, theirs run) error {
	return b.addPairs(ctx, b.pairs, what, against, goal, ours, theirs)
}

// addPairs compares with a number of pairs, and keeps the row.
func (b *bench) addPairs(ctx context.Context, pairs int, what, against string, goal float64, ours, theirs run) error {
	row, err := compare(ctx, what, against, goal, pairs, ours, theirs)
	b.rows = append(b.rows, row)
	return err
}

// projects are the homes of the storages.
const projects = "resource \"labelstudio_project\" \"bench\" {\n  count = %d\n  title = \"bench ${count.index}\"\n  force_destroy = true\n}\n"

// storages is a configuration with storages in the projects.
func (b *bench) storages(count int) string {
	return fmt.Sprintf(projects, homes) + fmt.Sprintf(
		"resource \"labelstudio_local_storage\" \"bench\" {\n  count         = %d\n  project       = labelstudio_project.bench[count.index %% %d].id\n  title         = \"storage ${count.index}\"\n  path          = \"%s/${count.index}\"\n  use_blob_urls = true\n}\n",
		count, homes, b.files)
}

// both makes a workspace of the provider, and one of the provider that does nothing. They
// have the same state.
func (b *bench) both(ctx context.Context, state string) (ours, idle *workspace, err error) {
	if ours, err = b.workspace(ctx, b.ours, state); err != nil {
		return nil, nil, err
	}
	idle, err = b.workspace(ctx, b.idle, state)
	return ours, idle, err
}

// coldStart measures what a command costs that has nothing to do with a server.
func (b *bench) coldStart(ctx context.Context) error {
	ours, idle, err := b.both(ctx, "nothing")
	if err != nil {
		return err
	}
	schema := func(w *workspace, env ...string) run {
		return func(ctx context.Context) (usage, error) {
			return w.with(ctx, env, "providers", "schema", "-json")
		}
	}
	pairs := 10 * b.pairs // each takes a tenth of a second
	without := "BENCH_WITHOUT_RESOURCES=1"
	if err := b.addPairs(ctx, pairs, "`terraform providers schema`", "a provider without resources", 1.25, schema(ours), schema(idle, without)); err != nil {
		return err
	}
	if err := b.addPairs(ctx, pairs, "`terraform providers schema`", idleProvider, 0, schema(ours), schema(idle)); err != nil {
		return err
	}
	return b.addPairs(ctx, pairs, "a plan with nothing to do", "a provider without resources", 1.25, ours.plan(), idle.plan(without))
}

// creates measures creations of storages in projects that are there.
func (b *bench) creates(ctx context.Context) error {
	ours, idle, err := b.both(ctx, "creates")
	if err != nil {
		return err
	}
	if _, err := ours.apply(ctx, b.storages(0)); err != nil {
		return err
	}
	ids, err := b.bare.projects(ctx, homes)
	if err != nil {
		return err
	}
	emptied := func(work run) run {
		return func(ctx context.Context) (usage, error) {
			took, err := work(ctx)
			if err != nil {
				return usage{}, err
			}
			made, err := b.bare.storages(ctx, ids)
			if err != nil {
				return usage{}, err
			}
			return took, b.bare.remove(ctx, storagePath, made)
		}
	}
	create := func(w *workspace, env ...string) run {
		return w.forgotten(func(ctx context.Context) (usage, error) {
			return w.apply(ctx, b.storages(b.objects), env...)
		})
	}
	what := fmt.Sprintf("create %d storages, ", b.objects)
	if err := b.add(ctx, what+"checks on", "one POST and two validations of each", 1.15, emptied(create(ours)), emptied(b.bare.create(ids, b.objects, 2, b.files))); err != nil {
		return err
	}
	const unchecked = "LABEL_STUDIO_PLAN_CHECKS=false"
	if err := b.add(ctx, what+"checks off", idleProvider, 0, emptied(create(ours, unchecked)), create(idle)); err != nil {
		return err
	}
	script := b.bare.script(b.root, "create", strconv.Itoa(b.objects/homes), b.files)
	return b.add(ctx, what+"checks off", "a script with label-studio-sdk", 0.8, emptied(create(ours, unchecked)), emptied(script))
}

// plans measures plans over unchanged storages.
func (b *bench) plans(ctx context.Context) error {
	ours, idle, err := b.both(ctx, "plans")
	if err != nil {
		return err
	}
	for _, count := range []int{b.objects / 10, b.objects} {
		if _, err := ours.apply(ctx, b.storages(count), "LABEL_STUDIO_PLAN_CHECKS=false"); err != nil {
			return err
		}
		if err := b.grow(ctx, ours, idle, count); err != nil {
			return err
		}
	}
	ids, err := b.bare.projects(ctx, homes)
	if err != nil {
		return err
	}
	storages, err := b.bare.storages(ctx, ids)
	if err != nil {
		return err
	}
	larger := func(ctx context.Context) (usage, error) {
		requests, err := b.bare.get(storagePath, storages)(ctx)
		if err != nil {
			return usage{}, err
		}
		nothing, err := idle.plan()(ctx)
		if nothing.time > requests.time {
			return nothing, err
		}
		return requests, err
	}
	what := fmt.Sprintf("plan of %d unchanged storages in %d projects", b.objects, homes)
	if err := b.add(ctx, what, "the larger of bare GETs and "+idleProvider, 1.15, ours.plan(), larger); err != nil {
		return err
	}
	few := func(ctx context.Context) (usage, error) {
		return ours.with(ctx, nil, "plan", "-detailed-exitcode", "-input=false", "-parallelism=2")
	}
	if err := b.add(ctx, what+", `-parallelism=2`", "the same plan with Terraform's ten at once", 0, few, ours.plan()); err != nil {
		return err
	}
	const bulk = "LABEL_STUDIO_BULK_READS=true"
	what += ", `bulk_reads = true`"
	if err := b.add(ctx, what, idleProvider, 0, ours.plan(bulk), idle.plan()); err != nil {
		return err
	}
	if err := b.add(ctx, what, "a script with label-studio-sdk that lists them", 1, ours.plan(bulk), b.bare.script(b.root, "plan")); err != nil {
		return err
	}
	if err := b.extend(ctx, ours, 10*b.objects); err != nil {
		return err
	}
	return b.grow(ctx, ours, idle, 10*b.objects)
}

// projectPlans measures plans over unchanged projects.
func (b *bench) projectPlans(ctx context.Context) error {
	ours, idle, err := b.both(ctx, "projects")
	if err != nil {
		return err
	}
	config := fmt.Sprintf(projects, b.objects)
	if _, err := ours.apply(ctx, config); err != nil {
		return err
	}
	if err := idle.write(config); err != nil {
		return err
	}
	ids, err := b.bare.projects(ctx, b.objects)
	if err != nil {
		return err
	}
	what := fmt.Sprintf("plan of %d unchanged projects", b.objects)
	if err := b.add(ctx, what, "bare GETs", 0.5, ours.plan(), b.bare.get(projectPath, ids)); err != nil {
		return err
	}
	return b.add(ctx, what, idleProvider, 0, ours.plan(), idle.plan())
}
