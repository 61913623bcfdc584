# SPDX-License-Identifier: BSD-2-Clause
#
# Programs of the host: the launcher, the grader, the stage tool. Objects that
# several programs share are libraries.

EMULATOR := bochs.c bochs_files.c bochs_output.c bochs_result.c \
	bochs_stop.c symbols.c
ORACLE   := debuginfo.c memory.c oracle.c oracle_expr.c
GRADING  := base.c files.c job.c lab.c expr.c errnames.c record.c import.c \
	$(ORACLE) \
	site.c build.c boot.c hot.c judge.c place.c token.c grading.c result_json.c \
	result_show.c tests.c leak.c stage.c
GRADE_PKGS := libuv libarchive jansson libcyaml smartcols libdw libelf

$(eval $(call hostlib,src/test/report,report,sha256.c nonce.c))
$(eval $(call hostlib,grader,emulator,$(EMULATOR)))
$(eval $(call hostlib,grader,grading,$(GRADING),$(GRADE_PKGS)))

$(eval $(call host,grader,launch,launch.c launch_run.c launch_gdb.c,+emulator))
$(eval $(call host,grader,symbolise,symbolise.c,+emulator))
$(eval $(call host,grader,grade,grade.c cmd_run.c cmd_replay.c cmd_verify.c \
	cmd_suite.c cmd_bench.c copies.c,+grading +emulator +report $(GRADE_PKGS)))
$(eval $(call host,grader,stage,stage_main.c,+grading +emulator +report \
	$(GRADE_PKGS)))
$(eval $(call host,grader,ipctrace,ipctrace.c reqnames.c))

$(eval $(call unit,grader,test/bochs_output_test.c,bochs_output.c))
$(eval $(call unit,grader,test/symbols_test.c,symbols.c))
$(eval $(call unit,grader,test/channel_test.c,base.c files.c record.c expr.c \
	errnames.c $(ORACLE) src/test/report/report.c \
	src/test/report/nonce.c src/test/report/sha256.c,libdw libelf))
$(eval $(call unit,grader,test/import_test.c,base.c files.c import.c token.c \
	leak.c src/test/report/nonce.c src/test/report/sha256.c,libarchive))
$(eval $(call unit,grader,test/judge_test.c,base.c files.c hot.c judge.c record.c expr.c \
	errnames.c symbols.c $(ORACLE) src/test/report/report.c \
	src/test/report/nonce.c src/test/report/sha256.c,libdw libelf))
$(eval $(call unit,grader,test/lab_test.c,base.c files.c lab.c expr.c \
	errnames.c record.c $(ORACLE) src/test/report/nonce.c \
	src/test/report/sha256.c,libcyaml libdw libelf))
$(eval $(call unit,grader,test/oracle_test.c,base.c files.c job.c record.c expr.c \
	errnames.c $(ORACLE) src/test/report/nonce.c src/test/report/sha256.c,libuv \
	libdw libelf))
