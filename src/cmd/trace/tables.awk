# SPDX-License-Identifier: BSD-2-Clause
#
# tables.awk: from the headers of all protocols, what trace has to know of each
# call and its fields. Input is what the preprocessor makes of the headers with
# -E -dD -C, so macros and comments are there; output is a C file, whose numbers
# the compiler works out. <proto/proto.h> says what a field's comment may say.
#
# An alias of a payload (#define a_req b_req) is followed. What a comment names
# must exist: else this fails, and with it the build.

function fail(what) {
	print "tables.awk: " what >"/dev/stderr"
	failed = 1
	exit 1
}

# Directives: where we are, macros, aliases, lists of calls.
/^# [0-9]+ "/ { file = $3; gsub(/"/, "", file); next }
/^#define [A-Z0-9_]+_CALLS\(CALL\) / {
	if (file !~ /proto\//)
		next # calls of the kernel are no messages
	list = substr($2, 1, index($2, "_CALLS") - 1)
	line = $0
	sub(/^[^ ]* [^ ]* /, "", line)
	while (match(line, /CALL\([A-Z0-9_]+, [a-z0-9_]+\)/)) {
		split(substr(line, RSTART + 5, RLENGTH - 6), part, /, /)
		call_number[++calls] = part[1]
		call_name[calls] = part[2]
		call_list[calls] = list
		line = substr(line, RSTART + RLENGTH)
	}
	next
}
/^#define [a-z_0-9]+_re[qp] +[a-z_0-9]+ *$/ { alias[$2] = $3; next }
/^#define [A-Z_][A-Z0-9_]* / { constant($2, file, $0); next }
/^#/ { next }

# The rest token by token.
{ scan($0) }

function scan(line) {
	while (1) {
		if (in_comment) {
			at = index(line, "*/")
			if (at == 0) {
				comment = comment " " line
				return
			}
			in_comment = 0
			remark(comment " " substr(line, 1, at - 1))
			line = substr(line, at + 2)
		}
		sub(/^[ \t]+/, "", line)
		if (line == "")
			return
		if (substr(line, 1, 2) == "/*") {
			in_comment = 1
			comment = ""
			line = substr(line, 3)
		} else if (match(line, /^[A-Za-z0-9_]+/) ||
		    match(line, /^"[^"]*"/) || match(line, /^./)) {
			token(substr(line, 1, RLENGTH))
			line = substr(line, RLENGTH + 1)
		}
	}
}

# A name with a number: macro or enumerator, with its line or its enum.
function constant(name, where, definition) {
	if (name in constant_at)
		return
	constant_at[name] = ++constants
	constant_name[constants] = name
	constant_file[constants] = where
	constant_text[constants] = definition
}

# A comment: is it about the fields just declared?
function remark(text) {
	if (mode != "struct" || depth != 1 || text !~ /^ \*</)
		return
	sub(/^ \*<[ \t]*/, "", text)
	gsub(/[ \t]+/, " ", text)
	sub(/ $/, "", text)
	if (last == ";")
		for (i = first_new; i <= fields[tag]; i++)
			about[tag, i] = text
	else if (last == ",")
		pending[words] = text
}

function token(t) {
	if (t == "{") {
		if (depth == 0) {
			mode = "skip"
			if (before == "struct")
				mode = "struct"
			else if (before == "enum" || last == "enum")
				mode = "enum"
			tag = last
			if (mode == "struct")
				fields[tag] = 0
			else if (last == "enum")
				tag = "?"
			words = 0
		} else if (mode == "struct")
			nested = 1
		depth++
	} else if (t == "}") {
		depth--
		if (depth == 0)
			mode = ""
	} else if (mode == "struct" && depth == 1) {
		if (t == ";")
			declaration()
		else
			word[++words] = t
	} else if (mode == "enum" && depth == 1 && t ~ /^[A-Z]/ &&
	    (last == "{" || last == ",")) {
		constant(t, file, tag)
		member[tag, ++members[tag]] = t
	} else if (mode == "enum" && members[tag] == 1 && last == "=" &&
	    file ~ /proto\// && t ~ /^0x[1-9A-F][0-9A-F][08]0$|^0x[1-9A-F][08]0$/) {
		numbers[tag] = 1 # it begins with the base of a protocol
	}
	before = last
	last = t
}

# A declaration in a struct: TYPE NAME [ COUNT ], NAME ...;
function declaration(    i, type, name, array, n) {
	first_new = fields[tag] + 1
	i = 1
	type = nested ? "?" : word[i]
	if (!nested && (type == "struct" || type == "union"))
		type = type " " word[++i]
	if (type != "?")
		i++
	name = array = ""
	for (; i <= words; i++) {
		if (word[i] == "[")
			array = 1
		else if (array == "" && word[i] != ",")
			name = word[i]
		if ((word[i] == "," || i == words) && word[i - 1] != "[") {
			n = ++fields[tag]
			field_name[tag, n] = name
			field_type[tag, n] = type
			field_array[tag, n] = array
			about[tag, n] = (i in pending) ? pending[i] : ""
			name = array = ""
		}
	}
	for (i in pending)
		delete pending[i]
	words = nested = 0
}

# The struct a payload really is.
function resolve(payload,    n) {
	while (payload in alias && n++ < 20)
		payload = alias[payload]
	return payload
}

# Whether a name is one of PATTERNS, separated by commas.
function matches(name, patterns,    list, n, i, re) {
	n = split(patterns, list, /, */)
	for (i = 1; i <= n; i++) {
		re = list[i]
		gsub(/\*/, "[A-Z0-9_]*", re)
		if (name ~ ("^" re "$"))
			return 1
	}
	return 0
}

function add_name(name) {
	names_text = names_text (name ~ /ACCMODE$/ ? "\tMASK(" : "\tNAMED(") \
	    name "),\n"
	names_count++
}

# The names added so far, as a table.
function print_names(what) {
	printf "%s[] = {\n%s\t{ NULL, 0, false },\n};\n\n", what, names_text
	names_text = ""
	names_count = 0
}

function emit_names(id) {
	print_names("static const struct name " id)
}

# The table of names for what a comment says, made when it is first wanted.
function names_of(what,    i, id) {
	if (what in table_of)
		return table_of[what]
	if (what ~ /^enum /) {
		for (i = 1; i <= members[substr(what, 6)]; i++)
			add_name(member[substr(what, 6), i])
	} else
		for (i = 1; i <= constants; i++)
			if (matches(constant_name[i], what))
				add_name(constant_name[i])
	if (names_count == 0)
		fail("nothing is called " what)
	id = "names_" ++tables
	table_of[what] = id
	emit_names(id)
	return id
}

function field_index(s, name,    i) {
	for (i = 1; i <= fields[s]; i++)
		if (field_name[s, i] == name)
			return i
	fail("struct " s " has no field " name)
}

# The initialiser of a plain value, by its type.
function by_type(s, i,    type, to) {
	type = field_type[s, i]
	if (type ~ /^struct /) {
		to = substr(type, 8)
		if (!(to in fields))
			return "FIELD_OTHER, WAY_NONE, 0, NULL, NULL"
		return "FIELD_RECORD, WAY_NONE, 0, NULL, &" record_of(to, "")
	}
	if (type == "char" && field_array[s, i])
		return "FIELD_CHARS, WAY_NONE, 0, NULL, NULL"
	if (type == "endpoint_t")
		return "FIELD_ENDPOINT, WAY_NONE, 0, NULL, NULL"
	if (type == "ksigset_t")
		return "FIELD_SIGNALS, WAY_NONE, 0, NULL, NULL"
	if (type == "vir_bytes" || type == "phys_bytes")
		return "FIELD_HEX, WAY_NONE, 0, NULL, NULL"
	if (type ~ /^u?int[0-9]+_t$/ || type == "clock_ticks" ||
	    type == "cp_grant_id_t" || type == "char")
		return (type ~ /^(int|cp)/ ? "FIELD_INT" : "FIELD_UINT") \
		    ", WAY_NONE, 0, NULL, NULL"
	return "FIELD_OTHER, WAY_NONE, 0, NULL, NULL"
}

# The initialiser of an address: what lies there, and who fills it.
function by_address(s, i, text,    way, what, length_at) {
	way = text ~ /^\[out\]/ ? "WAY_OUT" : "WAY_IN"
	what = text
	sub(/^\[[a-z]+\] */, "", what)
	length_at = 0
	if (match(what, /^[a-z_]+ of struct /)) {
		length_at = field_index(s, substr(what, 1, index(what, " ") - 1))
		what = substr(what, index(what, "struct "))
	}
	if (what ~ /^struct /) {
		sub(/^struct /, "", what)
		sub(/[^a-z0-9_].*/, "", what)
		if (!(what in fields))
			fail("there is no struct " what)
		return "FIELD_POINTER, " way ", " length_at ", NULL, &" \
		    record_of(what, "")
	}
	if (what ~ /^argv/)
		return "FIELD_ARGV, " way ", " i + 1 ", NULL, NULL"
	if (what ~ /^string/)
		return "FIELD_STRING, " way ", " i + 1 ", NULL, NULL"
	sub(/[^a-z0-9_].*/, "", what)
	return "FIELD_BYTES, " way ", " field_index(s, what) ", NULL, NULL"
}

# The names a comment begins with: NAME*; or NAME, NAME ...; or just NAME.
function leading_names(text,    out, w, n, stars) {
	out = ""
	while (match(text, /^[*A-Z][*A-Z0-9_]*/)) {
		w = substr(text, 1, RLENGTH)
		if (w !~ /\*/ && !(w in constant_at))
			break
		text = substr(text, RLENGTH + 1)
		n++
		stars += w ~ /\*/
		out = out (out == "" ? "" : ",") w
		if (!sub(/^, */, "", text))
			break
	}
	return text ~ /^:/ || (n == 1 && !stars && text != "") ? "" : out
}

# Is the next field the length of the string at this one?
function has_length(s, i,    stem) {
	if (field_type[s, i] != "vir_bytes" || i == fields[s])
		return 0
	stem = field_name[s, i]
	if (field_name[s, i + 1] == stem "_len")
		return 1
	return sub(/_path$/, "", stem) && field_name[s, i + 1] == stem "_len"
}

function initialiser(s, i, number,    text, names) {
	text = about[s, i]
	if (index(text, number " [in]") > 0)
		sub(/^\[out\]/, "[in]", text)
	if (text ~ /^\[(in|out)\] /)
		return by_address(s, i, text)
	if (has_length(s, i))
		return "FIELD_STRING, WAY_IN, " i + 1 ", NULL, NULL"
	if (text ~ /^wait status/)
		return "FIELD_WAIT, WAY_NONE, 0, NULL, NULL"
	if (text ~ /^hex/)
		return "FIELD_HEX, WAY_NONE, 0, NULL, NULL"
	if (text ~ /^octal/)
		return "FIELD_OCTAL, WAY_NONE, 0, NULL, NULL"
	if (text ~ /^enum [a-z_]+/) {
		sub(/[^a-z_ ].*/, "", text)
		return "FIELD_ONE_OF, WAY_NONE, 0, " names_of(text) ", NULL"
	}
	names = leading_names(text)
	if (names != "" && field_type[s, i] != "endpoint_t")
		return "FIELD_FLAGS, WAY_NONE, 0, " names_of(names) ", NULL"
	if (sub(/^one of /, "", text))
		return "FIELD_ONE_OF, WAY_NONE, 0, " \
		    names_of(leading_names(text)) ", NULL"
	return by_type(s, i)
}

# Do the fields of a struct mean something else in one call?
function differs(s, number,    i) {
	for (i = 1; number != "" && i <= fields[s]; i++)
		if (index(about[s, i], number " [in]") > 0)
			return 1
	return 0
}

# The table of a struct's fields, made when it is first wanted.
function record_of(s, number,    i, id, out) {
	id = "record_" s (differs(s, number) ? "_of_" number : "")
	if (id in made)
		return id
	made[id] = 1
	out = ""
	for (i = 1; i <= fields[s]; i++)
		out = out "\tFIELD(struct " s ", " field_name[s, i] ", " \
		    (field_array[s, i] ? "COUNT" : "SINGLE") ", " \
		    initialiser(s, i, number) "),\n"
	if (s == "no_payload" || out == "")
		out = "\t{ .name = NULL },\n"
	printf "static const struct field fields_of_%s[] = {\n%s};\n", id, out
	printf "static const struct record %s = {\n\t\"%s\", %d, " \
	    "fields_of_%s\n};\n\n", id, s, s == "no_payload" ? 0 : fields[s], id
	return id
}

# A table of all names that one header defines.
function emit_all(id, header, pattern, text,    i) {
	for (i = 1; i <= constants; i++)
		if (constant_file[i] ~ header && constant_name[i] ~ pattern &&
		    constant_text[i] ~ text)
			add_name(constant_name[i])
	print_names("const struct name " id)
}

END {
	if (failed)
		exit 1
	if (calls == 0)
		fail("no list of calls")
	emit_all("error_names", "abi/errno.h$", "^E[A-Z0-9]+$", "")
	emit_all("signal_names", "abi/signal.h$", "^SIG[A-Z0-9]+$", "")
	emit_all("endpoint_names", "abi/endpoint.h$", "", "endpoint_t\\)")
	for (i = 1; i <= constants; i++)
		if (constant_text[i] in numbers &&
		    constant_name[i] !~ /_(BEFORE_FIRST|END)$/)
			add_name(constant_name[i])
	print_names("const struct name message_names")
	for (c = 1; c <= calls; c++) {
		req = resolve(call_name[c] "_req")
		rep = resolve(call_name[c] "_rep")
		if (!(req in fields) || !(rep in fields))
			continue
		r = record_of(req, call_number[c])
		p = record_of(rep, call_number[c])
		to = (call_list[c] "_PROC_NR") in constant_at ? \
		    call_list[c] "_PROC_NR" : "NONE"
		table = table "\t{ " call_number[c] ", " to ", \"" call_name[c] \
		    "\", &" r ", &" p " },\n"
	}
	printf "const struct call calls[] = {\n%s\t{ .name = NULL },\n};\n", table
}
