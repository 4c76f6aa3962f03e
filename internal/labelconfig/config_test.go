package labelconfig

import (
	"reflect"
	"strings"
	"testing"
)

func TestParseReads(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, text string
		controls   []Control
		objects    []Object
		dataKeys   []string
	}{
		{name: "nothing", text: `<View></View>`},
		{
			name: "a control and an object",
			text: `<View>
				<Image name="image" value="$image"/>
				<Choices name="quality" toName="image"><Choice value="good"/><Choice value="bad"/><Choice value="good"/></Choices>
			</View>`,
			controls: []Control{{Name: "quality", Type: "Choices", ToName: []string{"image"}, Labels: []string{"good", "bad"}}},
			objects:  []Object{{Name: "image", Type: "Image", Value: "$image", DataKeys: []string{"image"}}},
			dataKeys: []string{"image"},
		},
		{
			name:     "comments, entities, CDATA and an XML declaration",
			text:     "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- { \"data\": {} } --><View><!-- <Text name='x' value='$x'/> --><Style><![CDATA[.a > .b { content: '$y' }]]></Style><Choices name='c' toName='t&amp;'><Choice value='&lt;&#233;&gt;'/></Choices></View><!-- end -->\n",
			controls: []Control{{Name: "c", Type: "Choices", ToName: []string{"t&"}, Labels: []string{"<é>"}}},
		},
		{
			name:     "namespaces, whose attributes are others",
			text:     `<View xmlns:x="urn:x" xmlns:name="urn:name"><x:Text name="t" x:value="$a" value="$b"/></View>`,
			objects:  []Object{{Name: "t", Type: "{urn:x}Text", Value: "$b", DataKeys: []string{"b"}}},
			dataKeys: []string{"b"},
		},
		{
			name:     "several objects of a control, and the alias of a label",
			text:     `<Labels name="l" toName="a,b"><Label value="Person" alias="PER"/><Label value="" alias=""/></Labels>`,
			controls: []Control{{Name: "l", Type: "Labels", ToName: []string{"a", "b"}, Labels: []string{"PER"}}},
		},
		{
			name: "labels at any depth, and labels of no control",
			text: `<View>
				<Taxonomy name="t" toName="x"><Choice value="animal"><Choice value="cat"/></Choice><View><Choice value="car"/></View></Taxonomy>
				<Relations><Relation value="part of"/></Relations><Choice value="nobody's"/>
			</View>`,
			controls: []Control{{Name: "t", Type: "Taxonomy", ToName: []string{"x"}, Labels: []string{"animal", "cat", "car"}}},
		},
		{
			name: "labels from the tasks and from a URL",
			text: `<View><Choices name="c" toName="t" value="$options"/><Taxonomy name="x" toName="t" apiUrl="https://example.com/tree"/></View>`,
			controls: []Control{
				{Name: "c", Type: "Choices", ToName: []string{"t"}, DynamicLabels: true},
				{Name: "x", Type: "Taxonomy", ToName: []string{"t"}, DynamicLabels: true},
			},
			dataKeys: []string{"options"},
		},
		{
			name: "Repeater",
			text: `<View><Repeater on="$pages" indexFlag="{{idx}}" mode="pagination">
				<Image name="page_{{idx}}" value="$pages[{{idx}}].url"/><Choices name="c_{{idx}}" toName="page_{{idx}}"/>
			</Repeater></View>`,
			controls: []Control{{Name: "c_{{idx}}", Type: "Choices", ToName: []string{"page_{{idx}}"}}},
			objects:  []Object{{Name: "page_{{idx}}", Type: "Image", Value: "$pages[{{idx}}].url", DataKeys: []string{"pages"}}},
			dataKeys: []string{"pages"},
		},
		{
			name: "Ranker with buckets, List and Chat",
			text: `<View><List name="results" value="$items"/><Ranker name="rank" toName="results"><Bucket name="best"/></Ranker><Chat name="chat" value="$messages"/></View>`,
			controls: []Control{
				{Name: "rank", Type: "Ranker", ToName: []string{"results"}},
			},
			objects: []Object{
				{Name: "results", Type: "List", Value: "$items", DataKeys: []string{"items"}},
				{Name: "chat", Type: "Chat", Value: "$messages", DataKeys: []string{"messages"}},
			},
			dataKeys: []string{"items", "messages"},
		},
		{
			name: "valueList, a path into the data, and several keys in a text",
			text: `<View>
				<HyperText name="h" valueList="$pages"/><Video name="v" value="$video.url"/><Header value="Title: $title."/>
				<Text name="t" value="$first, $second and $first"/><Paragraphs name="p" value="$talk" audioUrl="$sound"/>
			</View>`,
			objects: []Object{
				{Name: "h", Type: "HyperText", Value: "$pages", DataKeys: []string{"pages"}},
				{Name: "v", Type: "Video", Value: "$video.url", DataKeys: []string{"video"}},
				{Name: "t", Type: "Text", Value: "$first, $second and $first", DataKeys: []string{"first", "second"}},
				{Name: "p", Type: "Paragraphs", Value: "$talk", DataKeys: []string{"talk"}},
			},
			dataKeys: []string{"pages", "video", "title", "first", "second", "talk", "sound"},
		},
		{
			name:    "texts that refer to nothing",
			text:    `<View><Text name="t" value="US$, $"/><Filter name="f" toName="c"/><Text name="u"/></View>`,
			objects: []Object{{Name: "t", Type: "Text", Value: "US$, $"}},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			config, err := Parse(test.text)
			if err != nil {
				t.Fatal(err)
			}
			for what, compared := range map[string][2]any{
				"controls":  {config.Controls, test.controls},
				"objects":   {config.Objects, test.objects},
				"data keys": {config.DataKeys, test.dataKeys},
			} {
				if !reflect.DeepEqual(compared[0], compared[1]) {
					t.Errorf("%s: got %+v, want %+v", what, compared[0], compared[1])
				}
			}
		})
	}
}

func TestAnErrorSaysTheLine(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, text, says string }{
		{"empty", "", "line 1: there is no element"},
		{"comment alone", "\n<!-- -->", "line 2: there is no element"},
		{"not closed", "<View>\n<Text>\n</View>", "line 3: element <Text> closed by </View>"},
		{"cut off", "<View>\n", "line 2: unexpected EOF"},
		{"unknown entity", "<View>\n<Header value=\"a&nbsp;b\"/></View>", "line 2: invalid character entity &nbsp;"},
		{"attribute twice", "<View>\n<Text name='a' name='b'/></View>", "line 2: the attribute name occurs twice"},
		{"name twice", "<View>\n<Text name='a'/>\n<Image name='a'/></View>", `line 3: a second element has the name "a"`},
		{"second element", "<View/>\n<View/>", "line 2: there is a second element"},
		{"text behind", "<View/>\nx", "line 2: there is text outside"},
		{"document type", "<!DOCTYPE View>\n<View/>", "line 1: the server takes no document type"},
		{"encoding", "<?xml version='1.0' encoding='latin1'?><View/>", "line 1: xml: encoding \"latin1\""},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if config, err := Parse(test.text); err == nil || !strings.HasPrefix(err.Error(), test.says) {
				t.Errorf("got %+v, %v; want the error %q", config, err, test.says)
			}
		})
	}
}
