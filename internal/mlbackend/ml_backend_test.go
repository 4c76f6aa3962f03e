package mlbackend

import "testing"

func TestMessagesShowNoHTML(t *testing.T) {
	t.Parallel()
	const got = `Can't connect to ML backend http://127.0.0.1:9, health check failed. Make sure it is up and your firewall is properly configured. ` +
		`<a href="https://labelstud.io/guide/ml.html">Learn more</a> about how to set up an ML backend. Additional info: refused`
	const want = `Can't connect to ML backend http://127.0.0.1:9, health check failed. Make sure it is up and your firewall is properly configured. Additional info: refused`
	if text := withoutLinks(got); text != want {
		t.Errorf("got %q, want %q", text, want)
	}
	if text := withoutLinks(`See <a href="x">the guide</a>, and <abc>.`); text != "See the guide, and <abc>." {
		t.Errorf("got %q", text)
	}
}
