// Package object describes an object of Label Studio's API as a table of its
// attributes and derives from the table what Terraform needs: the schemas, the
// bodies of requests, the state made from a response, and the plan.
//
// An attribute is named as the API names it, or says where the API keeps its value,
// so the table is the only place that says the name.
package object
