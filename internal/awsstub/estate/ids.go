package estate

import (
	"fmt"
	"hash/fnv"
	"strconv"
	"strings"
)

const partition = "aws"

// firstAccount is the id of the management account; the others follow it.
const firstAccount = 300000000000

func accountID(index int) string { return strconv.Itoa(firstAccount + index) }

// indexOf is the reverse of accountID.
func (e *Estate) indexOf(account string) (int, bool) {
	n, err := strconv.Atoi(account)
	index := n - firstAccount
	return index, err == nil && len(account) == 12 && index >= 0 && index < e.size.Accounts
}

// Accounts returns all accounts, the management account first.
func (e *Estate) Accounts() []string {
	all := make([]string, e.size.Accounts)
	for index := range all {
		all[index] = accountID(index)
	}
	return all
}

// hash turns the name of a thing into a number.
func (e *Estate) hash(what string, numbers ...int) uint64 {
	h := fnv.New64a()
	fmt.Fprint(h, e.size.Seed, " ", what, numbers) // a hash never fails
	sum := h.Sum64()
	sum ^= sum >> 32 // neighbours differ in the last digits first
	return sum * 0x9e3779b97f4a7c15 >> 8
}

// draw returns one of so many numbers from 0, of which all are equally likely.
func (e *Estate) draw(most int, what string, numbers ...int) int {
	return int(e.hash(what, numbers...)&0x7fffffff) % most
}

// An id has 17 hexadecimal digits: a zero, five for the owner's account, two for the region, five for the number of the
// thing there and four that follow from the seed. So it is unique, and its owner is known without a look into any unit.
const (
	ownerDigits = 5
	idDigits    = 17
)

// id returns the id of a thing of an account in a region.
func (e *Estate) id(prefix string, account, region, number int) string {
	check := e.hash(prefix, account, region, number) & 0xffff
	return fmt.Sprintf("%s0%05x%02x%05x%04x", prefix, account, region, number, check)
}

// Owner returns the account of an image or a snapshot, empty where there is no such account.
func (e *Estate) Owner(id string) string {
	_, digits, _ := strings.Cut(id, "-")
	if len(digits) != idDigits {
		return ""
	}
	index, err := strconv.ParseUint(digits[1:1+ownerDigits], 16, 32)
	if err != nil || int(index) >= e.size.Accounts {
		return ""
	}
	return accountID(int(index))
}

// uuid returns the id of a key.
func (e *Estate) uuid(what string, numbers ...int) string {
	first, second := e.hash(what, numbers...), e.hash("rest of "+what, numbers...)
	return fmt.Sprintf("%08x-%04x-4%03x-8%03x-%012x", first&0xffffffff, first>>32&0xffff, first>>40&0xfff, second&0xfff, second>>8)
}

// word makes n letters and digits, such as an organization's id has.
func (e *Estate) word(n int, what string) string {
	return (fmt.Sprintf("%x", e.hash(what)) + "0123456789abcdef")[:n]
}
