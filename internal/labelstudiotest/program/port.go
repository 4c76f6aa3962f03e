package program

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"sync/atomic"
)

var portsTried atomic.Int32

// FreePort returns a port that nothing listens on, a different one each time. It is
// below the range that systems take for outgoing connections, so that it is still
// free when the program starts again; processes that run side by side begin far
// apart.
func FreePort(ctx context.Context) (int, error) {
	for range 100 {
		port := 20000 + (os.Getpid()*50+int(portsTried.Add(1)))%10000
		var config net.ListenConfig
		listener, err := config.Listen(ctx, "tcp", fmt.Sprintf("127.0.0.1:%d", port))
		if err == nil {
			return port, listener.Close()
		}
	}
	return 0, errors.New("found no free port between 20000 and 29999")
}

// Listens tells whether a program listens at the address.
func Listens(ctx context.Context, address string) bool {
	var dialer net.Dialer
	connection, err := dialer.DialContext(ctx, "tcp", address)
	if err != nil {
		return false
	}
	_ = connection.Close()
	return true
}
