// Package labelstudiotest gives tests and the demo a real Label Studio, and a
// proxy to stand in front of it.
//
// [Open] returns the server under test: one of the user's, or a fresh one from
// pinned packages. [Start] always starts a fresh one, which the test owns: it
// may be killed, restarted and misconfigured. [NewProxy] counts requests and
// injects faults.
//
//	func TestMain(m *testing.M) {
//		server, err := labelstudiotest.Open(context.Background())
//		…
//		code := m.Run()
//		server.Stop()
//		os.Exit(code)
//	}
package labelstudiotest
