package collect

import (
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
)

func TestConnectedAccountKeepsThePace(t *testing.T) {
	url, _ := byAction(t, http.StatusOK, "")
	withKey(t, url)
	account, err := Connect(t.Context(), "", "", untold)
	if err != nil {
		t.Fatal(err)
	}
	if account.pace == nil {
		t.Error("its calls keep no pace")
	}
}

// The connections of one account's calls serve the next account's.
func TestAccountsShareConnections(t *testing.T) {
	t.Parallel()
	const calls = 64
	// Nobody is answered before all have come: so many connections are needed.
	var all atomic.Pointer[sync.WaitGroup]
	var connections atomic.Int32
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		all.Load().Done()
		all.Load().Wait()
		w.Header().Set("Content-Type", xmlType)
		_, _ = w.Write([]byte(imagesOf))
	}))
	server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			connections.Add(1)
		}
	}
	server.Start()
	t.Cleanup(server.Close)
	account := accountAt(server.URL).Paced(NewPace(Pacing{Rate: calls, InFlight: calls}))
	for _, id := range []string{ours, theirs} {
		var barrier sync.WaitGroup
		barrier.Add(calls)
		all.Store(&barrier)
		account.ID = id
		if failed := describeImages(t.Context(), account, calls, calls); failed != 0 {
			t.Errorf("%d calls failed", failed)
		}
	}
	// A few may come before the connection of the last call is seen to be free.
	if got := connections.Load(); got < calls || got > calls+calls/4 {
		t.Errorf("%d connections for twice %d calls", got, calls)
	}
}
