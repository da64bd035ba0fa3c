package progress

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestRecords(t *testing.T) {
	t.Parallel()
	got := run(t, Options{Format: JSON, Terminal: true}, func(d *Display) {
		d.Say("shard 2 of 8, as AWS Batch says")
		d.Listed(12)
		d.Kept(2)
		d.Started("111122223333", "eu-west-1")
		d.Failed("111122223333", "eu-west-1", "ec2:DescribeImages", "UnauthorizedOperation")
		d.Failed("444455556666", "", "sts:AssumeRole", "AccessDenied")
		rest(10 * time.Second)
		d.ListedAll()
		for _, region := range []string{"a", "b", "c", "d", "e"} {
			d.Started("111122223333", region)
			d.Called("ec2:DescribeImages", region == "a")
			d.Finished("111122223333", region, 1)
		}
		rest(10*time.Second + 250*time.Millisecond)
		d.Sentence(slog.LevelError, "the bucket is gone", "look for it")
	})
	want := `{"time":"2000-01-01T00:00:00Z","level":"INFO","msg":"shard 2 of 8, as AWS Batch says"}
{"time":"2000-01-01T00:00:00Z","level":"INFO","msg":"reading","account":"111122223333","region":"eu-west-1"}
{"time":"2000-01-01T00:00:00Z","level":"WARN","msg":"not read","account":"111122223333","region":"eu-west-1","action":"ec2:DescribeImages","code":"UnauthorizedOperation"}
{"time":"2000-01-01T00:00:00Z","level":"WARN","msg":"not read","account":"444455556666","action":"sts:AssumeRole","code":"AccessDenied"}
{"time":"2000-01-01T00:00:10Z","level":"INFO","msg":"progress","units_done":2,"units_failed":1,"units_known":12,"units_running":0,"units_kept":2,"listing":true,"accounts_failed":1,"calls":0,"calls_per_second":0,"throttled":0,"eta_seconds":null}
{"time":"2000-01-01T00:00:10Z","level":"INFO","msg":"reading","account":"111122223333","region":"a"}
{"time":"2000-01-01T00:00:10Z","level":"INFO","msg":"reading","account":"111122223333","region":"b"}
{"time":"2000-01-01T00:00:10Z","level":"INFO","msg":"reading","account":"111122223333","region":"c"}
{"time":"2000-01-01T00:00:10Z","level":"INFO","msg":"reading","account":"111122223333","region":"d"}
{"time":"2000-01-01T00:00:10Z","level":"INFO","msg":"reading","account":"111122223333","region":"e"}
{"time":"2000-01-01T00:00:20Z","level":"INFO","msg":"progress","units_done":7,"units_failed":1,"units_known":12,"units_running":0,"units_kept":2,"listing":false,"accounts_failed":1,"calls":5,"calls_per_second":0.5,"throttled":1,"eta_seconds":14}
{"time":"2000-01-01T00:00:20.25Z","level":"ERROR","msg":"the bucket is gone","hint":"look for it"}
{"time":"2000-01-01T00:00:20.25Z","level":"INFO","msg":"ended","units_done":7,"units_failed":1,"units_known":12,"units_running":0,"units_kept":2,"listing":false,"accounts_failed":1,"calls":5,"calls_per_second":0.5,"throttled":1,"eta_seconds":14,"gaps":5,"elapsed_seconds":20.3}
`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestSentences(t *testing.T) {
	t.Parallel()
	east := time.FixedZone("", 7200)
	now := func() time.Time { return time.Date(2026, 11, 23, 1, 2, 3, 4_567_890, east) }
	tests := []struct {
		name       string
		level      slog.Level
		text, hint string
		lines      string
		json       string
	}{
		{
			"error", slog.LevelError, "--rate -1 is no rate", "write how many calls a second",
			"error: --rate -1 is no rate\nhint: write how many calls a second\n",
			`{"time":"2026-11-22T23:02:03.004Z","level":"ERROR","msg":"--rate -1 is no rate","hint":"write how many calls a second"}` + "\n",
		},
		{
			"warning", slog.LevelWarn, `report "r.sarif" not written`, "",
			"warning: report \"r.sarif\" not written\n",
			`{"time":"2026-11-22T23:02:03.004Z","level":"WARN","msg":"report \"r.sarif\" not written"}` + "\n",
		},
		{
			"plain", slog.LevelInfo, "1 of 1 units in dir", "",
			"1 of 1 units in dir\n",
			`{"time":"2026-11-22T23:02:03.004Z","level":"INFO","msg":"1 of 1 units in dir"}` + "\n",
		},
		{
			"untrusted", slog.LevelInfo, "a\x1b[31m\n::stop::\u009b\u202e\U000e0001\x7f \xff é", "b\r\n",
			"a [31m ::stop:: ?? ? é\nhint: b\n",
			`{"time":"2026-11-22T23:02:03.004Z","level":"INFO","msg":"a\u001b[31m\n::stop::\u009b\u202e\udb40\udc01\u007f \ufffd é","hint":"b\r\n"}` + "\n",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			for format, want := range map[Format]string{Text: test.lines, JSON: test.json, "": test.lines} {
				var out bytes.Buffer
				Sentences{Out: &out, Format: format, Now: now}.Sentence(test.level, test.text, test.hint)
				if diff := cmp.Diff(want, out.String()); diff != "" {
					t.Errorf("%s (-want +got)\n%s", format, diff)
				}
			}
		})
	}
}

// TestRecordsSayWhatWasSaid reads the escaped JSON again.
func TestRecordsSayWhatWasSaid(t *testing.T) {
	t.Parallel()
	const text = "a\x1b[31m\n\u009b\u202e\U000e0001\x7f\u00ad\u2028 \U0001f600 <&> é"
	var out bytes.Buffer
	Sentences{Out: &out, Format: JSON, Now: time.Now}.Sentence(slog.LevelInfo, text, "")
	var record struct{ Msg string }
	if err := json.Unmarshal(out.Bytes(), &record); err != nil {
		t.Fatalf("%q: %v", out.String(), err)
	}
	if record.Msg != text {
		t.Errorf("got %q", record.Msg)
	}
	if strings.ContainsAny(out.String(), "\x1b\x7f\u009b\u202e\u00ad") {
		t.Errorf("unprintable: %q", out.String())
	}
}
