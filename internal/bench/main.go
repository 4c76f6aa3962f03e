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
	ours, idle *workspace
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
	if b.ours, err = newWorkspace(ctx, b.work, "ours", ".", env...); err != nil {
		return err
	}
	if b.idle, err = newWorkspace(ctx, b.work, "idle", "./internal/bench/idle", env...); err != nil {
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

// idle is what shows the time of Terraform and the framework.
const idle = "a provider with equal schemas that does nothing"

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

// coldStart measures what a command costs that has nothing to do with a server.
func (b *bench) coldStart(ctx context.Context) error {
	schema := func(w *workspace, env ...string) run {
		return func(ctx context.Context) (usage, error) {
			return w.with(ctx, env, "providers", "schema", "-json")
		}
	}
	pairs := 10 * b.pairs // each takes a tenth of a second
	without := "BENCH_WITHOUT_RESOURCES=1"
	for _, w := range []*workspace{b.ours, b.idle} {
		if err := w.write("provider \"labelstudio\" {}\n"); err != nil {
			return err
		}
	}
	if err := b.addPairs(ctx, pairs, "`terraform providers schema`", "a provider without resources", 1.25, schema(b.ours), schema(b.idle, without)); err != nil {
		return err
	}
	if err := b.addPairs(ctx, pairs, "`terraform providers schema`", idle, 0, schema(b.ours), schema(b.idle)); err != nil {
		return err
	}
	return b.addPairs(ctx, pairs, "a plan with nothing to do", "a provider without resources", 1.25, b.ours.plan(), b.idle.plan(without))
}

// creates measures creations of storages in projects that are there.
func (b *bench) creates(ctx context.Context) error {
	if err := b.ours.apply(ctx, b.storages(0)); err != nil {
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
	create := func(env ...string) run {
		return emptied(b.ours.forgotten(func(ctx context.Context) (usage, error) {
			if err := b.ours.write(b.storages(b.objects)); err != nil {
				return usage{}, err
			}
			return b.ours.with(ctx, env, "apply", "-auto-approve", "-input=false")
		}))
	}
	what := fmt.Sprintf("create %d storages, ", b.objects)
	if err := b.add(ctx, what+"checks on", "one POST and two validations of each", 1.15, create(), emptied(b.bare.create(ids, b.objects, 2, b.files))); err != nil {
		return err
	}
	if err := b.idle.apply(ctx, b.storages(0)); err != nil {
		return err
	}
	nothing := b.idle.forgotten(func(ctx context.Context) (usage, error) {
		if err := b.idle.write(b.storages(b.objects)); err != nil {
			return usage{}, err
		}
		return b.idle.with(ctx, nil, "apply", "-auto-approve", "-input=false")
	})
	if err := b.add(ctx, what+"checks off", idle, 0, create("LABEL_STUDIO_PLAN_CHECKS=false"), nothing); err != nil {
		return err
	}
	script := b.bare.script(b.root, "create", strconv.Itoa(b.objects/homes), b.files)
	return b.add(ctx, what+"checks off", "a script with label-studio-sdk", 0.8, create("LABEL_STUDIO_PLAN_CHECKS=false"), emptied(script))
}

// plans measures plans over unchanged storages.
func (b *bench) plans(ctx context.Context) error {
	for _, count := range []int{b.objects / 10, b.objects} {
		if err := b.ours.apply(ctx, b.storages(count), "LABEL_STUDIO_PLAN_CHECKS=false"); err != nil {
			return err
		}
		if err := b.grow(ctx, count); err != nil {
			return err
		}
	}
	if err := b.idle.apply(ctx, b.storages(b.objects)); err != nil {
		return err
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
		idle, err := b.idle.plan()(ctx)
		if idle.time > requests.time {
			return idle, err
		}
		return requests, err
	}
	what := fmt.Sprintf("plan of %d unchanged storages in %d projects", b.objects, homes)
	if err := b.add(ctx, what, "the larger of bare GETs and "+idle, 1.15, b.ours.plan(), larger); err != nil {
		return err
	}
	few := func(ctx context.Context) (usage, error) {
		return b.ours.with(ctx, nil, "plan", "-detailed-exitcode", "-input=false", "-parallelism=2")
	}
	if err := b.add(ctx, what+", `-parallelism=2`", "the same plan with Terraform's ten at once", 0, few, b.ours.plan()); err != nil {
		return err
	}
	const bulk = "LABEL_STUDIO_BULK_READS=true"
	what += ", `bulk_reads = true`"
	if err := b.add(ctx, what, idle, 0, b.ours.plan(bulk), b.idle.plan()); err != nil {
		return err
	}
	if err := b.add(ctx, what, "a script with label-studio-sdk that lists them", 1, b.ours.plan(bulk), b.bare.script(b.root, "plan")); err != nil {
		return err
	}
	if err := b.extend(ctx, 10*b.objects); err != nil {
		return err
	}
	return b.grow(ctx, 10*b.objects)
}

// projectPlans measures plans over unchanged projects.
func (b *bench) projectPlans(ctx context.Context) error {
	ours, err := b.ours.beside(b.work, "projects")
	if err != nil {
		return err
	}
	if err := ours.apply(ctx, fmt.Sprintf(projects, b.objects)); err != nil {
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
	return b.add(ctx, what, idle, 0, ours.plan(), b.idle.planOf(ours))
}
