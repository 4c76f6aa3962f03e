// Package labelconfig reads labeling configurations (label_config) as Label Studio
// does: controls, objects and labels as its server (parse_config of label_studio_sdk),
// references to the data of tasks as its editor. It tells what tasks and annotations
// have and a configuration does not.
package labelconfig

import (
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
)

// Config is a labeling configuration.
type Config struct {
	Controls []Control
	Objects  []Object
	// DataKeys are the keys of a task's data that the configuration refers to, in the
	// order of the text.
	DataKeys []string

	// contentKey is the key that the server shows a task under whose only data is the
	// address of a file.
	contentKey string
	// indexFlags stand for the number of a repetition in names inside of a Repeater, such
	// as {{idx}}.
	indexFlags []string
}

// Control is an element by which annotators give a result, such as Choices.
type Control struct {
	Name   string
	Type   string // name of the element
	ToName []string
	// Labels are what annotators choose from, as results hold them: the alias of an
	// element if it has one, else its value.
	Labels []string
	// DynamicLabels tells whether there are more labels, from the tasks or from a URL.
	DynamicLabels bool
}

// Object is an element that shows data, such as Image.
type Object struct {
	Name string
	Type string // name of the element
	// Value is the attribute value or, without it, valueList: "$image", "Page $number".
	Value string
	// DataKeys are the keys of a task's data that the object refers to.
	DataKeys []string
}

// Parse reads a labeling configuration. An error says the line. It is one, too, if two
// elements have the same name, which the server refuses.
func Parse(text string) (Config, error) {
	r := reader{decoder: xml.NewDecoder(strings.NewReader(text)), names: map[string]bool{}}
	for {
		token, err := r.decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err == nil {
			err = r.read(token)
		}
		if err != nil {
			return Config{}, r.located(err)
		}
	}
	if !r.rooted {
		return Config{}, r.located(errors.New("there is no element"))
	}
	return r.config, nil
}

// reader collects a Config while it reads the text.
type reader struct {
	decoder *xml.Decoder
	config  Config
	names   map[string]bool
	rooted  bool
	// controls holds, for each open element, the index of the control that it is or is
	// in, -1 without one.
	controls []int
}

func (r *reader) located(err error) error {
	line, _ := r.decoder.InputPos()
	if syntax, ok := errors.AsType[*xml.SyntaxError](err); ok {
		return fmt.Errorf("line %d: %s", syntax.Line, syntax.Msg)
	}
	return fmt.Errorf("line %d: %w", line, err)
}

// read takes in a token. The decoder checks that elements nest.
func (r *reader) read(token xml.Token) error {
	switch token := token.(type) {
	case xml.StartElement:
		if len(r.controls) == 0 && r.rooted {
			return errors.New("there is a second element beside the outermost one")
		}
		r.rooted = true
		return r.open(token)
	case xml.EndElement:
		r.controls = r.controls[:len(r.controls)-1]
	case xml.CharData:
		if len(r.controls) == 0 && strings.TrimSpace(string(token)) != "" {
			return errors.New("there is text outside of the outermost element")
		}
	case xml.Directive:
		return errors.New("the server takes no document type declaration")
	}
	return nil
}

// labelElements are labels of the control that they are in.
var labelElements = []string{"Label", "Choice", "Relation"}

// open takes in the start of an element.
func (r *reader) open(start xml.StartElement) error {
	attributes, err := attributesOf(start.Attr)
	if err != nil {
		return err
	}
	name, value := attributes["name"], attributes["value"]
	if name != "" && r.names[name] {
		return fmt.Errorf("a second element has the name %q", name)
	}
	r.names[name] = true
	keys := dataKeys(value, attributes["valueList"])
	if len(keys) > 0 && name != "" && value != "" && r.config.contentKey == "" {
		r.config.contentKey = keys[0]
	}
	r.config.addDataKeys(keys)
	// A Repeater has on, and Paragraphs can have audioUrl.
	r.config.addDataKeys(dataKeys(attributes["on"], attributes["audioUrl"]))
	if flag := attributes["indexFlag"]; flag != "" {
		r.config.indexFlags = append(r.config.indexFlags, flag)
	}

	within := -1
	if len(r.controls) > 0 {
		within = r.controls[len(r.controls)-1]
	}
	element, shown := nameOf(start.Name), cmp.Or(value, attributes["valueList"])
	if within >= 0 && slices.Contains(labelElements, element) {
		r.config.Controls[within].addLabel(cmp.Or(attributes["alias"], shown))
	}
	switch {
	case name != "" && attributes["toName"] != "" && element != "Filter":
		within = len(r.config.Controls)
		r.config.Controls = append(r.config.Controls, Control{
			Name: name, Type: element, ToName: strings.Split(attributes["toName"], ","),
			DynamicLabels: len(keys) > 0 || attributes["apiUrl"] != "",
		})
	case name != "" && shown != "":
		r.config.Objects = append(r.config.Objects, Object{Name: name, Type: element, Value: shown, DataKeys: keys})
	}
	r.controls = append(r.controls, within)
	return nil
}

func (c *Config) addDataKeys(keys []string) {
	for _, key := range keys {
		if !slices.Contains(c.DataKeys, key) {
			c.DataKeys = append(c.DataKeys, key)
		}
	}
}

func (c *Control) addLabel(label string) {
	if label != "" && !slices.Contains(c.Labels, label) {
		c.Labels = append(c.Labels, label)
	}
}

// attributesOf maps the names of attributes to their values.
func attributesOf(attributes []xml.Attr) (map[string]string, error) {
	values := map[string]string{}
	for _, attribute := range attributes {
		name := nameOf(attribute.Name)
		if _, twice := values[name]; twice {
			return nil, fmt.Errorf("the attribute %s occurs twice", name)
		}
		values[name] = attribute.Value
	}
	return values, nil
}

// nameOf is a name as Python's parsers have it.
func nameOf(name xml.Name) string {
	if name.Space == "" {
		return name.Local
	}
	return "{" + name.Space + "}" + name.Local
}

// variable is a reference to the data of a task, as the editor finds it in a text:
// "$image", "$video.url", "$images[{{idx}}].url".
var variable = regexp.MustCompile(`\$([\w\[\].{}]+)`)

// dataKeys are the keys of a task's data that the texts refer to: images in
// "$images[0].url".
func dataKeys(texts ...string) []string {
	var keys []string
	for _, text := range texts {
		for _, found := range variable.FindAllStringSubmatch(text, -1) {
			key, _, _ := strings.Cut(strings.ReplaceAll(found[1], "[", "."), ".")
			if key != "" && !slices.Contains(keys, key) {
				keys = append(keys, key)
			}
		}
	}
	return keys
}
