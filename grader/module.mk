# SPDX-License-Identifier: BSD-2-Clause
#
# Programs of the host: the launcher, the grader, the stage tool. Objects that
# several programs share are libraries. A room for each concern; arrows point
# from the commands down to base:
#
#   command/   what can be typed, and the stations of a submission
#   report/    a result, for people and for programs
#   judge/     what a run reported, and what it is worth
#   requirements/   the table of requirements, results that are kept
#   oracle/    what the guest's memory holds
#   intake/ stage/ build/   submissions, students' trees, make behind a fence
#   emulator/  Bochs, boots, stack traces
#   lab/       manifests
#   base/      files, processes, texts

EMULATOR := $(addprefix emulator/,bochs.c bochs_files.c bochs_output.c \
	bochs_result.c bochs_stop.c symbols.c)
BASE     := base/base.c base/files.c base/quote.c
JOBS     := base/job.c base/job_guard.c base/job_time.c
INTAKE   := $(addprefix intake/,archive.c directory.c finds.c import.c select.c)
EXPR     := judge/expr.c judge/errnames.c
RECORD   := judge/record.c judge/stream.c
JUDGE    := $(addprefix judge/,deaths.c ending.c facts.c findings.c hot.c judge.c stall.c \
	stall_text.c verdict.c waits.c)
ORACLE   := $(addprefix oracle/,debuginfo.c frame_story.c genuine.c memory.c \
	oracle.c oracle_expr.c)
NONCE    := src/test/report/nonce.c src/test/report/sha256.c
REPORTER := src/test/report/report.c src/test/report/check.c
GRADING  := lab/lab.c lab/tests.c lab/shuffle.c lab/variant.c \
	lab/stages.c stage/cut.c $(EXPR) $(RECORD) \
	$(JUDGE) judge/place.c $(INTAKE) intake/label.c $(ORACLE) \
	stage/site.c stage/progress.c stage/leak.c stage/stage.c \
	build/build.c build/clean.c \
	emulator/boot.c \
	command/token.c command/key.c command/outdir.c command/building.c command/grading.c \
	report/result.c report/result_json.c report/result_show.c report/replay_show.c report/ticker.c requirements/kept.c requirements/table.c
COMMANDS := $(addprefix command/,grade.c cmd_run.c cmd_replay.c cmd_verify.c \
	verify_stages.c cmd_fence.c cmd_crashes.c cmd_suite.c suite_words.c cmd_bench.c cmd_mutants.c \
	cmd_requirements.c copies.c)
GRADE_PKGS := libuv libarchive jansson libcyaml smartcols libdw libelf

$(eval $(call hostlib,src/test/report,report,sha256.c nonce.c))
$(eval $(call hostlib,grader,base,$(BASE) $(JOBS),libuv))
$(eval $(call hostlib,grader,emulator,$(EMULATOR)))
$(eval $(call hostlib,grader,grading,$(GRADING),$(GRADE_PKGS)))

$(eval $(call host,grader,launch,$(addprefix emulator/,launch.c launch_run.c \
	launch_gdb.c launch_serve.c line.c),+emulator +base +report libuv))
$(eval $(call host,grader,limit,base/limit.c,+base +report libuv))
$(eval $(call host,grader,symbolise,emulator/symbolise.c,+emulator))
$(eval $(call host,grader,grade,$(COMMANDS),+grading +emulator +base +report \
	$(GRADE_PKGS)))
$(eval $(call host,grader,stage,stage/stage_main.c,+grading +emulator +base +report \
	$(GRADE_PKGS)))
$(eval $(call host,grader,ipctrace,emulator/ipctrace.c emulator/reqnames.c))

$(eval $(call unit,grader,test/bochs_output_test.c,emulator/bochs_output.c))
$(eval $(call unit,grader,test/ending_test.c,judge/ending.c $(BASE) $(EXPR) \
	$(RECORD) $(ORACLE) $(NONCE),libdw libelf))
$(eval $(call unit,grader,test/quote_test.c,$(BASE) $(NONCE)))
$(eval $(call unit,grader,test/symbols_test.c,emulator/symbols.c))
$(eval $(call unit,grader,test/channel_test.c,$(BASE) $(RECORD) $(EXPR) \
	$(ORACLE) $(REPORTER) $(NONCE),libdw libelf))
$(eval $(call unit,grader,test/job_test.c,$(BASE) $(JOBS) $(NONCE),libuv))
$(eval $(call unit,grader,test/intake_test.c,test/intake_samples.c \
	$(BASE) $(INTAKE) $(NONCE),libarchive))
$(eval $(call unit,grader,test/hostile_test.c,$(BASE) $(JOBS) build/build.c \
	build/clean.c stage/site.c stage/progress.c $(addprefix report/,result.c result_json.c \
	result_show.c) lab/lab.c judge/verdict.c $(EXPR) $(RECORD) $(ORACLE) \
	$(NONCE),jansson libuv libcyaml libdw libelf))
$(eval $(call unit,grader,test/report_test.c,$(BASE) $(addprefix report/,\
	replay_show.c result.c result_show.c) lab/lab.c judge/verdict.c $(EXPR) \
	$(RECORD) $(ORACLE) $(NONCE),libcyaml libdw libelf))
$(eval $(call unit,grader,test/ticker_test.c,$(BASE) report/ticker.c $(NONCE)))
$(eval $(call unit,grader,test/label_test.c,$(BASE) intake/label.c $(NONCE)))
$(eval $(call unit,grader,test/outdir_test.c,$(BASE) $(INTAKE) \
	command/outdir.c $(NONCE),libarchive))
$(eval $(call unit,grader,test/token_test.c,$(BASE) \
	command/token.c command/key.c stage/leak.c $(NONCE),libarchive))
JUDGING := $(BASE) $(JUDGE) $(RECORD) $(EXPR) emulator/symbols.c $(ORACLE) \
	test/made_up.c $(REPORTER) $(NONCE)
$(eval $(call unit,grader,test/judge_test.c,$(JUDGING),libdw libelf))
$(eval $(call unit,grader,test/causes_test.c,$(JUDGING),libdw libelf))
$(eval $(call unit,grader,test/stall_test.c,$(JUDGING),libdw libelf))
$(eval $(call unit,grader,test/lab_test.c,$(BASE) lab/lab.c $(EXPR) \
	$(RECORD) $(ORACLE) $(NONCE),libcyaml libdw libelf))
$(eval $(call unit,grader,test/variant_test.c,$(BASE) $(JOBS) \
	lab/variant.c $(NONCE),libuv))
$(eval $(call unit,grader,test/oracle_test.c,test/small_guest.c $(BASE) $(JOBS) \
	$(RECORD) $(EXPR) $(ORACLE) $(NONCE),libuv libdw libelf))
$(eval $(call unit,grader,test/requirements_test.c,$(BASE) lab/lab.c lab/tests.c \
	requirements/kept.c requirements/table.c $(EXPR) $(RECORD) \
	$(ORACLE) $(NONCE),libcyaml libdw libelf))
$(eval $(call unit,grader,test/stages_test.c,$(BASE) lab/stages.c stage/cut.c \
	$(NONCE),libcyaml))
$(eval $(call unit,grader,test/shuffle_test.c,$(BASE) lab/shuffle.c \
	$(NONCE)))
