package audit

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
)

// inactive counts the accounts that nobody can use, by state: an organization keeps those that it has closed for months.
type inactive struct {
	mu sync.Mutex
	in map[string]int
}

func (i *inactive) add(state string) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.in == nil {
		i.in = map[string]int{}
	}
	i.in[state]++
}

// sentence says in one line which accounts are not read, however many they are; it is empty where there are none.
func (i *inactive) sentence() string {
	i.mu.Lock()
	defer i.mu.Unlock()
	all, states := 0, []string{}
	for _, state := range slices.Sorted(maps.Keys(i.in)) {
		all += i.in[state]
		states = append(states, fmt.Sprintf("%d %s", i.in[state], state))
	}
	switch all {
	case 0:
		return ""
	case 1:
		return "1 account is not in use and not read: " + states[0]
	}
	return fmt.Sprintf("%d accounts are not in use and not read: %s", all, strings.Join(states, ", "))
}
