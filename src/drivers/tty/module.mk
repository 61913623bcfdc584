# SPDX-License-Identifier: BSD-2-Clause
$(eval $(call service,drivers/tty,main.c request.c termios.c line.c output.c \
	console.c vt.c keyboard.c keymap.c serial.c,driver))
$(eval $(call unit,drivers/tty,test/line_test.c,line.c output.c request.c))
$(eval $(call unit,drivers/tty,test/screen_test.c,vt.c keymap.c \
	lib/sys/strlcpy.c))
