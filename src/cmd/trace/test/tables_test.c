/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * tables.awk: a call that is added to a header is in the tables, with what
 * the comments of its fields say; a comment that names what is not there is
 * refused.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <setjmp.h>

#include <cmocka.h>

#define SCRIPT "src/cmd/trace/tables.awk"

static char out[16384];

/* Headers as the preprocessor leaves them. */
#define HEADER                                                                 \
	"# 1 \"src/include/abi/errno.h\"\n"                                    \
	"#define ENOENT 2\n"                                                   \
	"# 1 \"src/include/abi/x.h\"\n"                                        \
	"#define X_READ 1\n#define X_WRITE 2\n"                                \
	"struct x_place { int32_t x, y; };\n"                                  \
	"# 1 \"src/include/proto/x.h\"\n"                                      \
	"#define X_PROC_NR 3\n"                                                \
	"#define X_CALLS(CALL) CALL(X_GO, x_go) CALL(X_COME, x_come)\n"        \
	"enum x_call { X_BEFORE_FIRST = 0x300 - 1, X_GO, X_COME, X_END };\n"   \
	"enum x_way { X_LEFT, X_RIGHT };\n"                                    \
	"struct no_payload { char none; };\n"                                  \
	"#define x_come_req x_go_req\n#define x_come_rep no_payload\n"         \
	"struct x_go_rep { uint32_t bytes; };\n"

/* Run the script on a header; gives its exit status. */
static int
run(const char *text)
{
	char command[256], name[] = "/tmp/tables.XXXXXX";
	int fd = mkstemp(name);
	FILE *p;
	size_t n;

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	assert_int_equal(close(fd), 0);
	(void)snprintf(command, sizeof command, "awk -f %s %s 2>&1", SCRIPT,
	    name);
	p = popen(command, "r"); /* NOLINT(cert-env33-c): our own words */
	assert_non_null(p);
	n = fread(out, 1, sizeof out - 1, p);
	out[n] = '\0';
	(void)unlink(name);
	return pclose(p);
}

/* A field with a comment, as the table has it. */
static void
field_is(const char *field, const char *wanted)
{
	char text[2048];

	(void)snprintf(text, sizeof text,
	    HEADER "struct x_go_req { %s\n uint32_t bytes, name_len; };\n",
	    field);
	assert_int_equal(run(text), 0);
	if (strstr(out, wanted) == NULL)
		fail_msg("%s: no %s in %s", field, wanted, out);
}

static void
calls_are_found(void **state)
{
	(void)state;
	field_is("int32_t n;",
	    "{ X_GO, X_PROC_NR, \"x_go\", "
	    "&record_x_go_req, &record_x_go_rep }");
	field_is("int32_t n;",
	    "{ X_COME, X_PROC_NR, \"x_come\", "
	    "&record_x_go_req, &record_no_payload }");
	field_is("int32_t n;",
	    "message_names[] = {\n\tNAMED(X_GO),\n\tNAMED(X_COME),\n\t{ NULL");
	field_is("int32_t n;", "error_names[] = {\n\tNAMED(ENOENT),");
}

static void
types_are_kinds(void **state)
{
	(void)state;
	field_is("int32_t n;", "n, SINGLE, FIELD_INT");
	field_is("uint64_t n;", "n, SINGLE, FIELD_UINT");
	field_is("vir_bytes n;", "n, SINGLE, FIELD_HEX");
	field_is("endpoint_t n;", "n, SINGLE, FIELD_ENDPOINT");
	field_is("ksigset_t n;", "n, SINGLE, FIELD_SIGNALS");
	field_is("char n[16];", "n, COUNT, FIELD_CHARS");
	field_is("uint32_t m, n[2];", "n, COUNT, FIELD_UINT");
	field_is("struct x_place n;",
	    "n, SINGLE, FIELD_RECORD, WAY_NONE, 0, NULL, &record_x_place");
	field_is("struct { int32_t a; } n;", "n, SINGLE, FIELD_OTHER");
	field_is("union u n;", "n, SINGLE, FIELD_OTHER");
}

static void
comments_say_more(void **state)
{
	(void)state;
	field_is("int32_t n; /**< X_READ, X_WRITE */",
	    "n, SINGLE, FIELD_FLAGS");
	field_is("int32_t n; /**< X_READ */", "n, SINGLE, FIELD_FLAGS");
	field_is("int32_t n; /**< X_READ and more */", "n, SINGLE, FIELD_INT");
	field_is("int32_t n; /**< X_*\n * or so */", "n, SINGLE, FIELD_FLAGS");
	field_is("int32_t n; /**< one of X_R* */", "n, SINGLE, FIELD_ONE_OF");
	field_is("int32_t n; /**< enum x_way */", "n, SINGLE, FIELD_ONE_OF");
	field_is("int32_t m, /**< octal */ n;", "m, SINGLE, FIELD_OCTAL");
	field_is("int32_t m, /**< octal */ n;", "n, SINGLE, FIELD_INT");
	field_is("int32_t n; /**< hex */", "n, SINGLE, FIELD_HEX");
	field_is("int32_t n; /**< wait status */", "n, SINGLE, FIELD_WAIT");
	field_is("int32_t n; /* octal */", "n, SINGLE, FIELD_INT");
}

static void
addresses_lead_somewhere(void **state)
{
	(void)state;
	field_is("vir_bytes n; /**< [out] bytes */",
	    "n, SINGLE, FIELD_BYTES, WAY_OUT, 2");
	field_is("vir_bytes n; /**< [out] bytes, but with X_COME [in] */",
	    "{ X_COME, X_PROC_NR, \"x_come\", &record_x_go_req_of_X_COME");
	field_is("vir_bytes n; /**< [in] struct x_place */",
	    "n, SINGLE, FIELD_POINTER, WAY_IN, 0, NULL, &record_x_place");
	field_is("vir_bytes n; /**< [out] bytes of struct x_place */",
	    "n, SINGLE, FIELD_POINTER, WAY_OUT, 2, NULL, &record_x_place");
	field_is("vir_bytes n; /**< [out] string */",
	    "n, SINGLE, FIELD_STRING, WAY_OUT, 2");
	field_is("vir_bytes name; uint32_t name_len;",
	    "name, SINGLE, FIELD_STRING, WAY_IN, 2");
	field_is("vir_bytes name_path; uint32_t name_len;",
	    "name_path, SINGLE, FIELD_STRING, WAY_IN, 2");
}

/* What is refused, and why. */
static void
nonsense_is_refused(void **state)
{
	static const char *const fields[][2] = {
		{ "int32_t n; /**< Y_* */", "nothing is called Y_*" },
		{ "int32_t n; /**< enum y */", "nothing is called enum y" },
		{ "int32_t n; /**< one of Y_* */", "nothing is called Y_*" },
		{ "vir_bytes n; /**< [in] struct y */", "no struct y" },
		{ "vir_bytes n; /**< [out] length */", "no field length" },
	};
	char text[2048];

	(void)state;
	for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
		(void)snprintf(text, sizeof text,
		    HEADER "struct x_go_req { %s };\n", fields[i][0]);
		assert_int_not_equal(run(text), 0);
		if (strstr(out, fields[i][1]) == NULL)
			fail_msg("%s: %s", fields[i][0], out);
	}
	assert_int_not_equal(run("int x;\n"), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(calls_are_found),
		cmocka_unit_test(types_are_kinds),
		cmocka_unit_test(comments_say_more),
		cmocka_unit_test(addresses_lead_somewhere),
		cmocka_unit_test(nonsense_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
