# SPDX-License-Identifier: BSD-2-Clause
$(eval $(call service,drivers/tty,main.c request.c termios.c line.c output.c \
	console.c vt.c keyboard.c keymap.c serial.c,driver))
