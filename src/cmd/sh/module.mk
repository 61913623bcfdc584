# SPDX-License-Identifier: BSD-2-Clause
$(eval $(call command,cmd/sh,main.c message.c input.c source.c lex.c word.c \
	parse.c compound.c mem.c var.c expand.c param.c split.c match.c glob.c \
	arith.c exec.c simple.c function.c redirect.c job.c describe.c trap.c \
	builtin.c builtin_var.c builtin_service.c builtin_ulimit.c cmd/service/reason.c,cmd))

SH_PARSER := source.c lex.c word.c parse.c compound.c mem.c test/fake.c
$(eval $(call unit,cmd/sh,test/parse_test.c,$(SH_PARSER)))
$(eval $(call unit,cmd/sh,test/expand_test.c,$(SH_PARSER) var.c expand.c \
	param.c split.c match.c glob.c arith.c))
