package project

import (
	"regexp"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/crud"
)

var advice = []crud.Advice{
	// Python has two XML parsers, of which the server uses one to create and one to change.
	{Message: regexp.MustCompile(`line \d+, column \d+`), Attribute: labelConfig,
		Text: "label_config is not well-formed XML: look for an element that is not closed, a quote or an & that is missing its other half."},
	{Message: regexp.MustCompile(`(DTD|Entities)Forbidden`), Attribute: labelConfig,
		Text: "label_config must not hold a document type or entities of its own: take out what begins with <!DOCTYPE."},
	{Message: regexp.MustCompile(`Model version doesn't exist`), Attribute: modelVersion,
		Text: "model_version has to be the title of an ML backend of the project, or a model_version that its predictions have, at the time of the change. Connect the backend or import the predictions first; without model_version in the configuration, the first backend that is connected sets it."},
	{Message: regexp.MustCompile(`incompatible with provided labeling schema`), Attribute: labelConfig,
		Text: "The project's annotations use what the new label_config leaves out. Keep those controls and labels, or delete the annotations first."},
}
