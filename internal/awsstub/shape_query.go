package awsstub

// members is a list of the query protocol, whose members stand in <member>. Its own name comes from asWritten.
func members(member element) element {
	member.name = "member"
	return element{kind: listKind, member: &member}
}

// asWritten gives every field of a shape its own name as its element, as the query protocol has it; names that were
// given already stay.
func asWritten(fields shape) shape {
	named := make(shape, len(fields))
	for field, e := range fields {
		if e.name == "" {
			e.name = field
		}
		named[field] = e
	}
	return named
}
