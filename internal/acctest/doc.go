// Package acctest is the harness of the acceptance tests. [Start] lends a test a real
// Label Studio behind a proxy of the test's own. An [Instance] is a resource as Terraform
// manages it, in this process; [Terraform] is the terraform command, for what only the
// command shows. [Objects] are the resources that the generic tests run over.
package acctest
