/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * From libclang's cursors to nodes.
 *
 * libclang shows what a macro expands to as if it had been written, but all
 * of it lies where the macro's name does. So a node that lies exactly there is
 * the macro as a whole; what is inside of it counts only if it is an argument,
 * which lies between the brackets.
 */
#include "grader/mutate/parse.h"

#include <clang-c/Index.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "grader/mutate/shape.h"

/* All uses of macros in the file. */
struct macros {
	struct span *at;
	size_t n;
};

/* Where children go. */
struct level {
	struct source *source;
	const struct macros *macros;
	struct node *parent;
	struct node **end;        /* of the parent's list of children */
	const struct span *macro; /* whose arguments these are, or NULL */
};

static char *
take(CXString s)
{
	const char *c = clang_getCString(s);
	char *copy = text("%s", c != NULL ? c : "");

	clang_disposeString(s);
	return copy;
}

/* Where a place is; false: in another file. */
static bool
place(CXSourceLocation at, size_t *offset)
{
	unsigned int n;
	CXFile file;

	clang_getFileLocation(at, &file, NULL, NULL, &n);
	*offset = n;
	return file != NULL && clang_Location_isFromMainFile(at) != 0;
}

static bool
span_of(CXCursor c, struct span *span)
{
	CXSourceRange r = clang_getCursorExtent(c);
	CXFile a, b;
	unsigned int from, to;

	clang_getFileLocation(clang_getRangeStart(r), &a, NULL, NULL, &from);
	clang_getFileLocation(clang_getRangeEnd(r), &b, NULL, NULL, &to);
	*span = (struct span){ from, to };
	return a != NULL && b != NULL && clang_File_isEqual(a, b) != 0 &&
	    from < to;
}

static bool
same_span(struct span a, struct span b)
{
	return a.from == b.from && a.to == b.to;
}

static const struct span *
macro_at(const struct macros *m, struct span span)
{
	size_t i;

	for (i = 0; i < m->n; i++)
		if (same_span(m->at[i], span))
			return &m->at[i];
	return NULL;
}

/* libclang's kinds that are ours. */
static enum node_kind
kind_of(enum CXCursorKind kind)
{
	static const struct {
		enum CXCursorKind theirs;
		enum node_kind ours;
	} kinds[] = {
		{ CXCursor_CompoundStmt, NODE_COMPOUND },
		{ CXCursor_IfStmt, NODE_IF },
		{ CXCursor_ForStmt, NODE_FOR },
		{ CXCursor_WhileStmt, NODE_WHILE },
		{ CXCursor_DoStmt, NODE_DO },
		{ CXCursor_SwitchStmt, NODE_SWITCH },
		{ CXCursor_CaseStmt, NODE_CASE },
		{ CXCursor_DefaultStmt, NODE_CASE },
		{ CXCursor_LabelStmt, NODE_CASE },
		{ CXCursor_ReturnStmt, NODE_RETURN },
		{ CXCursor_BreakStmt, NODE_BREAK },
		{ CXCursor_ContinueStmt, NODE_CONTINUE },
		{ CXCursor_GotoStmt, NODE_GOTO },
		{ CXCursor_DeclStmt, NODE_DECLARATION },
		{ CXCursor_CallExpr, NODE_CALL },
		{ CXCursor_BinaryOperator, NODE_BINARY },
		{ CXCursor_CompoundAssignOperator, NODE_ASSIGN },
		{ CXCursor_UnaryOperator, NODE_UNARY },
		{ CXCursor_ConditionalOperator, NODE_CHOICE },
		{ CXCursor_IntegerLiteral, NODE_CONSTANT },
		{ CXCursor_CharacterLiteral, NODE_CONSTANT },
		{ CXCursor_InitListExpr, NODE_FIELDS },
	};

	size_t i;

	for (i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (kinds[i].theirs == kind)
			return kinds[i].ours;
	return NODE_OTHER;
}

static void
type_of(CXCursor c, struct node *n)
{
	enum CXTypeKind kind =
	    clang_getCanonicalType(clang_getCursorType(c)).kind;

	n->truth = kind == CXType_Bool;
	n->pointer = kind == CXType_Pointer;
	n->integer = (kind >= CXType_Bool && kind <= CXType_Int128) ||
	    kind == CXType_Enum;
}

/* The value of a constant. */
static bool
evaluate(CXCursor c, long long *value)
{
	CXEvalResult r = clang_Cursor_Evaluate(c);
	bool is_int = r != NULL && clang_EvalResult_getKind(r) == CXEval_Int;

	if (is_int)
		*value = clang_EvalResult_getAsLongLong(r);
	if (r != NULL)
		clang_EvalResult_dispose(r);
	return is_int;
}

static bool
is_enumerator(CXCursor c)
{
	return clang_getCursorKind(c) == CXCursor_DeclRefExpr &&
	    clang_getCursorKind(clang_getCursorReferenced(c)) ==
	    CXCursor_EnumConstantDecl;
}

/* What a call's parameters are made of. */
static void
name_types(CXCursor call, struct node *n)
{
	CXType type = clang_getCursorType(clang_getCursorReferenced(call)), t;
	struct node *arg = n->child != NULL ? n->child->next : NULL;
	int i, args = clang_getNumArgTypes(type);

	for (i = 0; arg != NULL; arg = arg->next, i++) {
		arg->role = ROLE_ARGUMENT;
		if (i >= args)
			continue;
		t = clang_getCanonicalType(
		    clang_getArgType(type, (unsigned int)i));
		arg->type = take(clang_getTypeSpelling(t));
	}
}

static struct node *
new_node(struct level *l, struct span span)
{
	struct source *s = l->source;
	struct node *n = need(sizeof *n);

	n->at = span;
	n->parent = l->parent;
	n->made = s->nodes;
	s->nodes = n;
	*l->end = n;
	l->end = &n->next;
	return n;
}

/* Nothing in there is executed, or nothing of it is ours. */
static bool
is_dead(CXCursor c)
{
	enum CXCursorKind kind = clang_getCursorKind(c);

	return clang_isReference(kind) != 0 || clang_isAttribute(kind) != 0 ||
	    kind == CXCursor_UnaryExpr || /* sizeof */
	    kind == CXCursor_StructDecl || kind == CXCursor_UnionDecl ||
	    kind == CXCursor_EnumDecl || kind == CXCursor_TypedefDecl;
}

static enum CXChildVisitResult
first_span(CXCursor c, CXCursor parent, CXClientData data)
{
	(void)parent;
	return span_of(c, data) ? CXChildVisit_Break : CXChildVisit_Continue;
}

/* A conversion that nobody wrote lies where its operand does. */
static bool
is_unwritten(CXCursor c, struct span span)
{
	struct span child = { 0, 0 };

	if (clang_getCursorKind(c) != CXCursor_UnexposedExpr)
		return false;
	clang_visitChildren(c, first_span, &child);
	return same_span(child, span);
}

static enum CXChildVisitResult on_child(CXCursor c, CXCursor parent,
    CXClientData data);

/* Make a node of a cursor, with all below it. */
static void
add(CXCursor c, struct level *l, struct span span)
{
	const struct span *macro = macro_at(l->macros, span);
	struct node *n = new_node(l, span);
	struct level below = { l->source, l->macros, n, &n->child,
		macro != NULL ? macro : l->macro };
	size_t name = 0;

	n->kind = kind_of(clang_getCursorKind(c));
	type_of(c, n);
	if (macro != NULL)
		n->kind = n->integer ? NODE_CONSTANT : NODE_OTHER;
	else if (is_enumerator(c))
		n->kind = NODE_CONSTANT;
	clang_visitChildren(c, on_child, &below);
	n->known = clang_isExpression(clang_getCursorKind(c)) != 0 &&
	    evaluate(c, &n->value);
	if (n->kind == NODE_CONSTANT && !n->known)
		n->kind = NODE_OTHER;
	if (n->kind == NODE_CALL)
		name_types(c, n);
	if (clang_getCursorKind(c) == CXCursor_VarDecl &&
	    place(clang_getCursorLocation(c), &name))
		shape_variable(l->source, n, name);
	shape_node(l->source, n);
}

static enum CXChildVisitResult
on_child(CXCursor c, CXCursor parent, CXClientData data)
{
	struct level *l = data;
	struct span span;

	(void)parent;
	if (is_dead(c) || !span_of(c, &span))
		return CXChildVisit_Continue;
	if (is_unwritten(c, span) ||
	    (l->macro != NULL &&
		(span.from <= l->macro->from || span.to >= l->macro->to)))
		return CXChildVisit_Recurse;
	add(c, l, span);
	return CXChildVisit_Continue;
}

/* Every -E... behind @retval in a comment. */
static void
read_contract(CXCursor c, struct strings *errors)
{
	char *comment = take(clang_Cursor_getRawCommentText(c));
	const char *at = comment;
	char *name;

	while ((at = strstr(at, "@retval")) != NULL) {
		at += strlen("@retval");
		at += strspn(at, " \t");
		for (; at[0] == '-' && at[1] == 'E'; at += strspn(at, ", \t")) {
			name = text("%.*s", (int)strcspn(at, " ,\t\n*"), at);
			if (!strings_have(errors, name))
				strings_add(errors, name);
			at += strlen(name);
			free(name);
		}
	}
	free(comment);
}

static struct function *
new_function(struct source *s)
{
	struct function *all = need((s->n + 1) * sizeof *all);

	if (s->n > 0)
		memcpy(all, s->functions, s->n * sizeof *all);
	free(s->functions);
	s->functions = all;
	return &all[s->n++];
}

static enum CXChildVisitResult
on_function_child(CXCursor c, CXCursor parent, CXClientData data)
{
	struct level *l = data;
	struct span span;

	(void)parent;
	if (clang_getCursorKind(c) == CXCursor_CompoundStmt &&
	    span_of(c, &span))
		add(c, l, span);
	return CXChildVisit_Continue;
}

static void
add_function(CXCursor c, struct source *s, const struct macros *macros)
{
	CXType type = clang_getCursorType(c);
	CXType result = clang_getCanonicalType(clang_getResultType(type));
	struct function *f = new_function(s);
	struct level l = { s, macros, NULL, &f->body, NULL };
	int i, args = clang_Cursor_getNumArguments(c);
	char *name;

	f->name = take(clang_getCursorSpelling(c));
	(void)span_of(c, &f->at); /* it has been asked before */
	(void)place(clang_getCursorLocation(c), &f->name_at.from);
	f->name_at.to = f->name_at.from + strlen(f->name);
	f->returns = result.kind != CXType_Void;
	f->returns_truth = result.kind == CXType_Bool;
	f->is_static = clang_Cursor_getStorageClass(c) == CX_SC_Static;
	f->variadic = clang_isFunctionTypeVariadic(type) != 0;
	for (i = 0; i < args; i++) {
		name = take(clang_getCursorSpelling(
		    clang_Cursor_getArgument(c, (unsigned int)i)));
		strings_add(&f->params, name);
		free(name);
	}
	read_contract(clang_getCanonicalCursor(c), &f->errors);
	clang_visitChildren(c, on_function_child, &l);
}

static void
add_macro(struct macros *m, struct span span)
{
	struct span *all = need((m->n + 1) * sizeof *all);

	if (m->n > 0)
		memcpy(all, m->at, m->n * sizeof *all);
	free(m->at);
	m->at = all;
	all[m->n++] = span;
}

/* What the callbacks at the top need. */
struct top {
	struct source *source;
	struct macros macros;
	bool functions; /* second pass */
};

static enum CXChildVisitResult
on_top(CXCursor c, CXCursor parent, CXClientData data)
{
	enum CXCursorKind kind = clang_getCursorKind(c);
	struct top *top = data;
	struct span span;

	(void)parent;
	if (clang_Location_isFromMainFile(clang_getCursorLocation(c)) == 0 ||
	    !span_of(c, &span))
		return CXChildVisit_Continue;
	if (!top->functions && kind == CXCursor_MacroExpansion)
		add_macro(&top->macros, span);
	if (top->functions && kind == CXCursor_FunctionDecl &&
	    clang_isCursorDefinition(c) != 0)
		add_function(c, top->source, &top->macros);
	return CXChildVisit_Continue;
}

/* The first error, or NULL. */
static char *
first_error(CXTranslationUnit tu)
{
	unsigned int i, n = clang_getNumDiagnostics(tu);
	CXDiagnostic d;
	char *s = NULL;

	for (i = 0; s == NULL && i < n; i++) {
		d = clang_getDiagnostic(tu, i);
		if (clang_getDiagnosticSeverity(d) >= CXDiagnostic_Error)
			s = take(clang_formatDiagnostic(d,
			    clang_defaultDiagnosticDisplayOptions()));
		clang_disposeDiagnostic(d);
	}
	return s;
}

static CXTranslationUnit
translate(CXIndex index, const char *path, const struct strings *flags)
{
	return clang_parseTranslationUnit(index, path,
	    (const char *const *)flags->at, (int)flags->n, NULL, 0,
	    CXTranslationUnit_DetailedPreprocessingRecord);
}

int
source_parse(const char *path, const char *name, const struct strings *flags,
    struct source *source, char **why)
{
	CXIndex index = clang_createIndex(0, 0);
	CXTranslationUnit tu = translate(index, path, flags);
	struct top top = { .source = source };
	CXCursor all;

	memset(source, 0, sizeof *source);
	*why = tu == NULL ? text("%s cannot be parsed", path) : first_error(tu);
	if (*why == NULL && file_read(path, &source->text, NULL) < 0)
		*why = text("%s cannot be read", path);
	if (*why == NULL) {
		source->path = text("%s", name);
		all = clang_getTranslationUnitCursor(tu);
		clang_visitChildren(all, on_top, &top);
		top.functions = true;
		clang_visitChildren(all, on_top, &top);
		shape_errors(source);
	}
	free(top.macros.at);
	if (tu != NULL)
		clang_disposeTranslationUnit(tu);
	clang_disposeIndex(index);
	return *why == NULL ? 0 : -EINVAL;
}

void
source_free(struct source *s)
{
	struct node *n, *made;
	size_t i;

	for (n = s->nodes; n != NULL; n = made) {
		made = n->made;
		free(n->type);
		free(n);
	}
	for (i = 0; i < s->n; i++) {
		free(s->functions[i].name);
		strings_free(&s->functions[i].params);
		strings_free(&s->functions[i].errors);
	}
	free(s->functions);
	strings_free(&s->errors);
	free(s->path);
	free(s->text);
	memset(s, 0, sizeof *s);
}

bool
same_text(const struct source *source, const struct node *a,
    const struct node *b)
{
	char *s = scan_normal(source->text, a->at);
	char *t = scan_normal(source->text, b->at);
	bool same = strcmp(s, t) == 0;

	free(s);
	free(t);
	return same;
}
