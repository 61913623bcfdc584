/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The conditions of test(1): by recursive descent over the arguments, with
 * the number of arguments deciding what a word means where POSIX says so.
 */
#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <lacuna/cmd.h>

#define TEST_DEPTH_MAX 64

struct test {
	char **v;
	int n, i; /* words, and the next one */
	int depth;
	bool wrong; /* it makes no sense */
};

static bool test_or(struct test *t);

static bool
is_file(char op, const char *path)
{
	struct stat st;

	if (op == 'r' || op == 'w' || op == 'x')
		return access(path,
			   op == 'r'       ? R_OK
			       : op == 'w' ? W_OK
					   : X_OK) == 0;
	if (op == 'h' || op == 'L')
		return lstat(path, &st) == 0 && S_ISLNK(st.st_mode);
	if (stat(path, &st) != 0)
		return false;
	switch (op) {
	case 'f':
		return S_ISREG(st.st_mode);
	case 'd':
		return S_ISDIR(st.st_mode);
	case 'b':
		return S_ISBLK(st.st_mode);
	case 'c':
		return S_ISCHR(st.st_mode);
	case 'p':
		return S_ISFIFO(st.st_mode);
	case 's':
		return st.st_size > 0;
	default:
		return true; /* -e */
	}
}

/* A number with its sign; anything else makes no sense. */
static long
number(struct test *t, const char *s)
{
	long n = 0;

	if (cmd_integer(s, 10, &n) != 0)
		t->wrong = true;
	return n;
}

static bool
unary(struct test *t, char op, const char *s)
{
	if (op == 'n')
		return *s != '\0';
	if (op == 'z')
		return *s == '\0';
	if (op == 't')
		return isatty((int)number(t, s)) != 0;
	return is_file(op, s);
}

static bool
is_unary(const char *s)
{
	return s[0] == '-' && s[1] != '\0' && s[2] == '\0' &&
	    strchr("nztrwxhLfdbcpse", s[1]) != NULL;
}

static bool
is_binary(const char *s)
{
	static const char *const ops[] = { "=", "!=", "-eq", "-ne", "-lt",
		"-le", "-gt", "-ge", "-nt", "-ot", "-ef" };
	size_t i;

	for (i = 0; i < sizeof ops / sizeof ops[0]; i++) {
		if (strcmp(s, ops[i]) == 0)
			return true;
	}
	return false;
}

static bool
compare_files(const char *a, const char *op, const char *b)
{
	struct stat x, y;

	if (stat(a, &x) != 0 || stat(b, &y) != 0)
		return false;
	if (op[1] == 'e')
		return x.st_dev == y.st_dev && x.st_ino == y.st_ino;
	return op[1] == 'n' ? x.st_mtime > y.st_mtime : x.st_mtime < y.st_mtime;
}

static bool
binary(struct test *t, const char *a, const char *op, const char *b)
{
	long x, y;

	if (op[0] == '=' || op[0] == '!')
		return (strcmp(a, b) == 0) == (op[0] == '=');
	if (op[2] == 'f' || (op[2] == 't' && op[1] != 'l' && op[1] != 'g'))
		return compare_files(a, op, b);
	x = number(t, a);
	y = number(t, b);
	switch (op[1]) {
	case 'e':
		return x == y;
	case 'n':
		return x != y;
	case 'l':
		return op[2] == 't' ? x < y : x <= y;
	default:
		return op[2] == 't' ? x > y : x >= y;
	}
}

static bool
test_primary(struct test *t)
{
	int left = t->n - t->i;
	char **v = t->v + t->i;
	bool r;

	if (left <= 0 || t->depth > TEST_DEPTH_MAX) {
		t->wrong = true;
		return false;
	}
	if (left >= 3 && is_binary(v[1])) {
		t->i += 3;
		return binary(t, v[0], v[1], v[2]);
	}
	if (left >= 2 && strcmp(v[0], "!") == 0) {
		t->i++;
		t->depth++;
		r = !test_primary(t);
		t->depth--;
		return r;
	}
	if (left >= 3 && strcmp(v[0], "(") == 0) {
		t->i++;
		t->depth++;
		r = test_or(t);
		t->depth--;
		if (t->i >= t->n || strcmp(t->v[t->i++], ")") != 0)
			t->wrong = true;
		return r;
	}
	if (left >= 2 && is_unary(v[0])) {
		t->i += 2;
		return unary(t, v[0][1], v[1]);
	}
	t->i++;
	return v[0][0] != '\0';
}

/* Whether an operator comes next; it is taken. */
static bool
accept(struct test *t, const char *op)
{
	if (t->i >= t->n || strcmp(t->v[t->i], op) != 0)
		return false;
	t->i++;
	return true;
}

static bool
test_and(struct test *t)
{
	bool r = test_primary(t);

	while (accept(t, "-a"))
		r = test_primary(t) && r;
	return r;
}

static bool
test_or(struct test *t)
{
	bool r = test_and(t);

	while (accept(t, "-o"))
		r = test_and(t) || r;
	return r;
}

static bool
is_word(const char *s, const char *a, const char *b)
{
	return strcmp(s, a) == 0 || strcmp(s, b) == 0;
}

/* The whole condition. With up to four words a leading ! is for all the
 * rest; with more it is for the next condition. */
static bool
test_whole(struct test *t)
{
	bool not = false, r;
	char **v = t->v;
	int n = t->n;

	for (; n >= 2 && n <= 4 && strcmp(*v, "!") == 0; v++, n--) {
		if (n == 3 && (is_binary(v[1]) || is_word(v[1], "-a", "-o")))
			break;
		not = !not ;
	}
	t->i = t->n - n;
	if (n == 3 && is_word(v[1], "-a", "-o")) {
		t->i = t->n;
		r = v[1][1] == 'a' ? *v[0] != '\0' && *v[2] != '\0'
				   : *v[0] != '\0' || *v[2] != '\0';
	} else {
		r = test_or(t);
	}
	return r != not ;
}

int
cmd_test(int argc, char **argv)
{
	struct test t = { .v = argv + 1, .n = argc - 1 };
	bool r;

	if (strcmp(cmd_basename(argv[0]), "[") == 0) {
		if (t.n == 0 || strcmp(argv[argc - 1], "]") != 0) {
			cmd_warnx("[", "] is missing");
			return 2;
		}
		t.n--;
	}
	if (t.n == 0)
		return 1;
	r = test_whole(&t);
	if (t.wrong || t.i != t.n) {
		cmd_warnx(t.i < t.n ? t.v[t.i] : "condition",
		    "makes no sense here");
		return 2;
	}
	return !r;
}
