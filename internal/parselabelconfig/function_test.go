package parselabelconfig

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// call is what parse_label_config gives, and its error.
func call(t *testing.T, text string) (attr.Value, *function.FuncError) {
	t.Helper()
	resp := function.RunResponse{Result: function.NewResultData(types.ObjectUnknown(resultTypes))}
	NewFunction().Run(t.Context(), function.RunRequest{Arguments: function.NewArgumentsData([]attr.Value{types.StringValue(text)})}, &resp)
	return resp.Result.Value(), resp.Error
}

func TestTheResultIsAnObjectWithMapsByName(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, text, want string }{
		{"controls and objects", `<View>
			<Image name="image" value="$photo.url"/>
			<Choices name="quality" toName="image"><Choice value="good"/><Choice value="bad"/></Choices>
			<TextArea name="note" toName="image" value="$draft"/>
		</View>`,
			`{"controls":{` +
				`"note":{"dynamic_labels":true,"labels":[],"to_name":["image"],"type":"TextArea"},` +
				`"quality":{"dynamic_labels":false,"labels":["good","bad"],"to_name":["image"],"type":"Choices"}},` +
				`"data_keys":["photo","draft"],` +
				`"objects":{"image":{"data_keys":["photo"],"type":"Image","value":"$photo.url"}}}`},
		{"empty, not null", `<View><Text name="t" value="none"/></View>`,
			`{"controls":{},"data_keys":[],"objects":{"t":{"data_keys":[],"type":"Text","value":"none"}}}`},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got, err := call(t, test.text)
			if err != nil || got.String() != test.want {
				t.Errorf("got %s, %v; want %s", got, err, test.want)
			}
		})
	}
}

func TestABrokenConfigurationIsAnErrorOfTheArgumentThatSaysTheLine(t *testing.T) {
	t.Parallel()
	got, err := call(t, "<View>\n<Text>\n</View>")
	if err == nil || err.FunctionArgument == nil || *err.FunctionArgument != 0 || !strings.Contains(err.Text, "line 3: element <Text> closed by </View>") {
		t.Errorf("got %s, %+v; want an error of the argument 0 about line 3", got, err)
	}
}
