package progress

// lines tells people where there is no terminal: in a log that should stay short.
type lines struct {
	out   Sentences
	quiet bool
	// ticked says that the log holds views already, so that their last one belongs there as well.
	ticked bool
}

func (l *lines) tell(events []event) {
	for _, e := range events {
		l.out.put(e)
	}
}

func (l *lines) tick(v view) {
	if l.quiet {
		return
	}
	l.ticked = true
	l.out.put(event{at: v.at, msg: v.line()})
}

// end leaves a summary, but not of a short run whose units were all named and read.
func (l *lines) end(v view) {
	if l.quiet || v.idle() || !l.ticked && v.known <= few && v.failed+v.accountsFailed == 0 {
		return
	}
	l.out.put(event{at: v.at, msg: v.summary()})
}
