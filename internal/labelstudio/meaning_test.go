package labelstudio

import "testing"

type pair struct {
	a, b string
	same bool
}

func check(t *testing.T, name string, same func(a, b string) bool, pairs []pair) {
	t.Helper()
	for _, test := range pairs {
		if same(test.a, test.b) != test.same || same(test.b, test.a) != test.same {
			t.Errorf("%s(%q, %q) is not %v both ways", name, test.a, test.b, test.same)
		}
	}
}

var texts = []pair{
	{"", "", true},
	{"a", " a\n", true},
	{"a b", "a  b", false},
	{"a", "A", false},
	{"", " \t\r\n\v\f\x1c\x1d\x1e\x1f\u0085\u00a0\u1680\u2003\u2028\u2029\u202f\u205f\u3000", true},
	{"\u200ba", "a", false}, // zero width space: not white space in Python
	{"\ufeffa", "a", false}, // nor a byte order mark
}

func TestSameText(t *testing.T) {
	t.Parallel()
	check(t, "SameText", SameText, texts)
}

var configs = []pair{
	{"<View></View>", "\n<View/>\n", true},
	{"<View><Text name='a' value='$b'/></View>", "<View>\n  <!-- c -->\n  <Text value=\"$b\" name=\"a\"></Text>\n</View>", true},
	{"<View><Text name='a'/></View>", "<View><Text name='b'/></View>", false},
	{"<View><Text name='a'/></View>", "<View><Text name='a' value=''/></View>", false},
	{"<View><A/><B/></View>", "<View><B/><A/></View>", false},
	{"<View><A><B/></A></View>", "<View><A/><B/></View>", false},
	{"<View>a<!-- x -->b</View>", "<View>ab</View>", true},
	{"<View>a<![CDATA[b]]></View>", "<View>ab</View>", true},
	{"<View>a</View>", "<View>\n  a\n</View>", true},
	{"<View>a b</View>", "<View>a  b</View>", false},
	{"<View>a</View>", "<View>\u00a0a</View>", false},
	{"<Style>\n  <![CDATA[ .a > .b {} ]]>\n</Style>", "<Style>.a &gt; .b {}</Style>", true},
	{"<Style>\n  <![CDATA[a]]>\n</Style>", "<Style><![CDATA[a]]></Style>", true},
	{"<Style> <![CDATA[a]]> <![CDATA[b]]> </Style>", "<Style>a b</Style>", true},
	{"<Style> <![CDATA[a]]> <![CDATA[b]]> </Style>", "<Style>ab</Style>", false},
	{"<Style><![CDATA[a]]></Style>", "<Style><![CDATA[b]]></Style>", false},
	{"<Style><![CDATA[<A/>]]></Style>", "<Style><A/></Style>", false},
	// Blanks between a text and an element are part of what a HyperText shows.
	{"<HyperText name='h'> a </HyperText>", "<HyperText name='h'>a</HyperText>", true},
	{"<HyperText>a <b>c</b></HyperText>", "<HyperText>a<b>c</b></HyperText>", false},
	{"<HyperText>a<b> c</b></HyperText>", "<HyperText>a<b>c</b></HyperText>", false},
	{"<HyperText><b>a</b> c</HyperText>", "<HyperText><b>a</b>c</HyperText>", false},
	{"<View>a<A/></View>", "<View><A/>a</View>", false},
	{"<View a='&lt;&#65;'/>", "<View a=\"&#60;A\"/>", true},
	{"<View a='1 2'/>", "<View a='1  2'/>", false},
	{"<view/>", "<View/>", false},
	{"<x:View/>", "<View/>", false},
	{"<x:View a='1'/>", "<x:View  a = '1' />", true},
	{"<View x:a='1' y:a='2'/>", "<View y:a='2' x:a='1'/>", true},
	{"<View xmlns:x='u'><x:A/></View>", "<View xmlns:y='u'><y:A/></View>", false}, // the server sees the text
	{"<?xml version='1.0'?><View/>", "<View/>", true},
	{"<?xml?><View/>", "<?xml ?><View/>", true},
	{"\ufeff<?xml version=\"1.0\" encoding=\"latin1\" standalone='yes' ?>\r\n<View/>", "<View/>", true},
	{"<?xml-stylesheet href='a'?><View/>", "<View/>", false},
	{"<View/><?xml version='1.0'?>", "<View/>", false},
	{"<!DOCTYPE a><View/>", "<!DOCTYPE b><View/>", false},
	{"<View><?a b?></View>", "<View><?a  b?></View>", true},
	// What is not well-formed is the same only as text.
	{"<View>", " <View> ", true},
	{"<View><A></View>", "<View ><A></View>", false},
	{"<View></A>", "<View ></A>", false},
	{"<View/><View/>", "<View /><View/>", false},
	{"<View/>x", "<View />x", false},
	{"x<View/>", "x<View />", false},
	{"<View a='1' a='1'/>", "<View a='1'  a='1'/>", false},
	{"<View a=1/>", "<View  a=1/>", false},
	{"<View>&nope;</View>", "<View >&nope;</View>", false},
	{"", "<View/>", false},
	{"", "", true},
	{"plain", "plain ", true},
	// Names and values must not run into each other.
	{"<View a='b=\"c\"'/>", "<View a='b' c=''/>", false},
	{"<View><A/>&lt;A/&gt;</View>", "<View><A/><A/></View>", false},
}

func TestAnXMLDeclarationIsTakenOut(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<View></View>": "<View></View>",
		" \n<?xml version='1.0'?> <View/> ":                         "<View/> ",
		"\ufeff<?xml version='1.0' encoding='utf-8'?><View/>":       "<View/>",
		"<View><?xml version='1.0'?></View>":                        "<View><?xml version='1.0'?></View>",
		"<?xml version='1.0'":                                       "<?xml version='1.0'",
		" <View/>":                                                  " <View/>",
	} {
		if got := WithoutXMLDeclaration(text); got != want {
			t.Errorf("got %q of %q, want %q", got, text, want)
		}
	}
}

func TestSameXML(t *testing.T) {
	t.Parallel()
	check(t, "SameXML", SameXML, configs)
}

var htmls = []pair{
	{"<b>a</b>", "<b>a", true},
	{"a & b", "a &amp; b", true},
	{"<a href=x title=y>z</a>", `<a title="y" href="x">z</a>`, true},
	{"a<!-- b -->c", "ac", true},
	{"<b onclick=x>a</b>", "<b>a</b>", false},
	{"<script>a</script>", "", false},
	{"a b", "a  b", false},
	{"", " ", true},
}

func TestSameHTML(t *testing.T) {
	t.Parallel()
	check(t, "SameHTML", SameHTML, htmls)
}

var times = []pair{
	{"2026-11-24T03:03:24.607426Z", "2026-11-24T03:03:24.607426+00:00", true},
	{"2026-11-24T03:03:24Z", "2026-11-24T05:03:24.000+02:00", true},
	{"2026-11-24T03:03:24Z", "2026-11-24T03:03:25Z", false},
	{"2026-11-24T03:03:24.123456789Z", "2026-11-24T03:03:24.123456Z", true},
	{"2026-11-24T03:03:24.123456Z", "2026-11-24T03:03:24.123457Z", false},
	{"soon", "soon", true},
	{"", "", true},
	{"", "2026-11-24T03:03:24Z", false},
}

func TestSameTime(t *testing.T) {
	t.Parallel()
	check(t, "SameTime", SameTime, times)
}
