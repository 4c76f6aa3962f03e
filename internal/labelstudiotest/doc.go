// Package labelstudiotest gives tests and the demo a real Label Studio.
//
// [Open] returns the server under test: one of the user's, or a fresh one from
// pinned packages. [Start] always starts a fresh one, which the test owns: it
// may be killed, restarted and misconfigured. LABEL_STUDIO_STACK, or the test's
// Options, say what it runs on: see [Stack].
//
// The package proxy counts the requests of a server and injects faults. The package
// cloud starts an S3, a Google Cloud Storage, an Azure and a Redis server for a Label
// Studio to read from and write to.
//
//	func TestMain(m *testing.M) {
//		server, err := labelstudiotest.Open(context.Background())
//		…
//		code := m.Run()
//		server.Stop()
//		os.Exit(code)
//	}
package labelstudiotest
