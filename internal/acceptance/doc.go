// Package acceptance holds the acceptance tests: one file for each promise of DESIGN.md,
// and for each sort of object. The harness is in internal/acctest.
package acceptance
