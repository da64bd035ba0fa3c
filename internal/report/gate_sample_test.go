package report

// gated is decided() with what only the whole run allows to say.
func gated() sample {
	s := decided()
	s.footer.Warnings = []string{`exception "never-used" (amiscan.yaml:20) matches nothing`}
	return s
}
