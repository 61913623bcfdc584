#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# test.sh DIR: do the tools that make handouts find what they must find, and
# refuse what they must refuse? Proves: E5.
set -u
dir=$1
passed=0
failed=0

# check WHAT COMMAND...: the command must succeed
check() {
	what=$1
	shift
	if "$@"; then
		passed=$((passed + 1))
		echo "ok    $what"
	else
		failed=$((failed + 1))
		echo "FAIL  $what"
	fi
}

# refuse WORDS COMMAND...: it must fail, and say so in these words
refuse() {
	words=$1
	shift
	! "$@" >"$dir/said" 2>&1 && grep -q "$words" "$dir/said"
}

rm -rf "$dir"
mkdir -p "$dir/stage/src/a" "$dir/tex"
cat >"$dir/stage/src/a/b.h" <<'END'
/* A file. */
#define LIMIT 12 /* of something */

/**
 * Do it.
 */
int do_it(int how,
    int often);

struct thing {
	int x;
};
END

# document TEXT: $dir/doc.tex
document() {
	printf '%s\n' '\documentclass{lacuna-handout}' '\begin{document}' "$1" '\end{document}' >"$dir/doc.tex"
}

echo '\def\LabId{x}\def\LabTitle{X}\def\LabStage{0}' >"$dir/tex/facts.tex"
document '\src{a/b.h}{do_it} \val{a/b.h}{LIMIT} \lines{a/b.h} \sym{a/b.h}{thing}'
handouts/cite "$dir/stage" "$dir/doc.tex" >"$dir/tex/doc-cited.tex"
check "a symbol is found on its line" \
    grep -qxF '\cited{a/b.h}{do_it}{a/b.h}{7}{4}{8}' "$dir/tex/doc-cited.tex"
check "a macro's value is found" \
    grep -qxF '\citedvalue{a/b.h}{LIMIT}{12}' "$dir/tex/doc-cited.tex"
check "lines are counted" \
    grep -qxF '\citedlines{a/b.h}{12}' "$dir/tex/doc-cited.tex"
check "a good document is typeset" \
    handouts/typeset "$dir/tex" "$dir/doc.tex" "$dir/one"
rm -f "$dir"/tex/doc.*
check "and again" handouts/typeset "$dir/tex" "$dir/doc.tex" "$dir/two"
check "with the same bytes" cmp -s "$dir/one.pdf" "$dir/two.pdf"
check "the text has the place" grep -q 'a/b.h:7' "$dir/one.txt"

document '\src{a/b.h}{do_that}'
check "a symbol that is gone is refused" \
    refuse 'doc.tex:3: no do_that' handouts/cite "$dir/stage" "$dir/doc.tex"
document '\lines{a/c.h}'
check "a file that is gone is refused" \
    refuse 'no file a/c.h' handouts/cite "$dir/stage" "$dir/doc.tex"
document '\makebox[200mm]{x}'
check "text that is too wide is refused" \
    refuse 'Overfull' \
    handouts/typeset "$dir/tex" "$dir/doc.tex" "$dir/bad"
for raw in 'a \& b' 'a \% b' '\~{}A' 'a \textasciitilde b' 'a\_b'; do
	document "\\code{$raw}"
	check "a command of TeX that is shown is refused: $raw" \
	    refuse 'shows commands of TeX' \
	    handouts/typeset "$dir/tex" "$dir/doc.tex" "$dir/bad"
done
# shellcheck disable=SC2016 # the text is meant as it is
document '\code{a & ~b % c} \code{"\n\x1b\0"} 1 \& 2'
check "what C writes is not" \
    handouts/typeset "$dir/tex" "$dir/doc.tex" "$dir/good"
check "and is in the text" grep -qF 'a & ~b % c "\n\x1b\0" 1 & 2' "$dir/good.txt"
document 'see \ref{nowhere}'
check "a reference to nothing is refused" \
    refuse 'undefined' \
    handouts/typeset "$dir/tex" "$dir/doc.tex" "$dir/bad"
document '\req{R1}'
check "a requirement that does not exist is refused" \
    refuse 'No requirement R1' \
    handouts/typeset "$dir/tex" "$dir/doc.tex" "$dir/bad"
document '\labrequirement{R1}{Be good.}'
check "a requirement that is not explained is refused" \
    refuse 'R1 is not explained' \
    handouts/typeset "$dir/tex" "$dir/doc.tex" "$dir/bad"

document '\req{R1} \nothing \req{R2}'
check "one error does not hide the next" \
    refuse 'No requirement R2' \
    handouts/typeset "$dir/tex" "$dir/doc.tex" "$dir/bad"
check "and all are told at once" \
    test "$(grep -cE 'No requirement R1|Undefined control|No requirement R2' \
    "$dir/said")" -eq 3

# The tables of symptoms; and one that speaks of what no report can show.
for lab in "$(dirname "$0")"/*/handout.tex; do
	lab=$(basename "$(dirname "$lab")")
	check "the symptoms of lab $lab are such as reports show" \
	    handouts/symptoms . "$lab"
done
mkdir -p "$dir/handouts/x" "$dir/labs/x/check" "$dir/src/test"
echo '- { obs: kept, expect: "1" }' >"$dir/labs/x/check/x-one.yaml"
{
	printf '%s\n' '\subsection{Symptoms}' '\begin{longtable}{ll}'
	for name in kept kept kept lost kept; do
		printf '%s\n' "\\code{x-one}: \\code{$name} & why\\\\"
	done
	printf '%s\n' '\code{x-two} fails & why\\' '\end{longtable}'
} >"$dir/handouts/x/handout.tex"
check "a symptom that no report can show is refused" \
    refuse 'x-one does not report lost' handouts/symptoms "$dir" x
check "and so is a test that the lab does not have" \
    refuse 'lab x has no test x-two' handouts/symptoms "$dir" x
check "and nothing else" test "$(wc -l <"$dir/said")" -eq 2

# Sessions, with a terminal that is played.
cat >"$dir/terminal" <<'END'
#!/bin/sh
printf 'boot\r\n'
while read -r line; do
	case $line in
	stop) exit 0 ;;
	*) printf '# %s\r\nmade of %s\r\n' "$line" "$line" ;;
	esac
done
printf '# \r\n'
END
chmod +x "$dir/terminal"
LAUNCH=$dir/terminal
LAUNCH_OPTIONS=
export LAUNCH LAUNCH_OPTIONS
printf '%s\n' '% for readers' one two >"$dir/ok.session"
printf '%s\n' one stop two >"$dir/early.session"
printf '%s\n' 'sh: x: not found' >"$dir/absent.session"
printf '%s\n' '# one' 'made of one' '# two' 'made of two' >"$dir/wanted"
handouts/session image "$dir" "$dir/ok.session" >"$dir/said"
check "a session shows what the terminal did" \
    cmp -s "$dir/wanted" "$dir/ok.txt"
check "one that does not come to its end is refused" \
    refuse 'has not come to its end' \
    handouts/session image "$dir" "$dir/early.session"
check "and so is one with a command that is not there" \
    refuse 'a command is not there' \
    handouts/session image "$dir" "$dir/absent.session"

echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
