package project

import (
	"regexp"

	"github.com/labelstudio-community/terraform-provider-labelstudio/internal/crud"
)

var advice = []crud.Advice{
	// Python has two XML parsers, of which the server uses one to create and one to change.
	{Message: regexp.MustCompile(`line \d+, column \d+`), Attribute: labelConfig,
		Text: "label_config is not well-formed XML. Look for an element or a quotation mark that is not closed, and for an & that should be &amp;."},
	{Message: regexp.MustCompile(`(DTD|Entities)Forbidden`), Attribute: labelConfig,
		Text: "label_config must not contain a document type or define entities: remove the part that begins with <!DOCTYPE."},
	{Message: regexp.MustCompile(`Model version doesn't exist`), Attribute: modelVersion,
		Text: "When it changes, model_version must be the title of an ML backend of the project, or the model_version of predictions in the project. Connect the backend or import the predictions first. If you remove model_version from the configuration, the first ML backend that you connect sets it."},
	{Message: regexp.MustCompile(`incompatible with provided labeling schema`), Attribute: labelConfig,
		Text: "Annotations of the project use controls or labels that the new label_config does not have. Keep these controls and labels, or delete the annotations first."},
}
