# SPDX-License-Identifier: BSD-2-Clause
#
# The port of newlib: one file per call, in libport.a. crt0.o begins every
# program and is in no library.

LIBPORT := \
	_exit.c access.c alarm.c brk.c cfmakeraw.c cfspeed.c chdir.c \
	chmod.c chown.c chroot.c clock_getres.c clock_gettime.c \
	clock_settime.c close.c ctermid.c daemon.c dup.c dup2.c err.c \
	execve.c execvpe.c fchdir.c fchmod.c fchown.c fcntl.c flock.c \
	fork.c fstat.c fsync.c ftruncate.c getdents.c getdtablesize.c \
	getegid.c getentropy.c geteuid.c getgid.c getgrent.c getgroups.c \
	gethostname.c getline.c getlogin.c getpagesize.c getparam.c \
	getpgid.c getpgrp.c getpid.c getppid.c getpriority.c getprocinfo.c \
	getrlimit.c getrusage.c getsid.c gettimeofday.c getuid.c initgroups.c ioctl.c \
	isatty.c issetugid.c kill.c killpg.c lchown.c link.c lockf.c \
	lseek.c lstat.c mkdir.c mkfifo.c mknod.c mmap.c mount.c msg_call.c \
	munmap.c nanosleep.c nice.c open.c pathconf.c pause.c pipe.c poll.c \
	posix_memalign.c posix_spawn.c pread.c progname.c pselect.c \
	ptrace.c pwrite.c read.c readlink.c readv.c realpath.c reboot.c rename.c \
	rmdir.c sched.c select.c setegid.c seteuid.c setgid.c setitimer.c \
	setpgid.c setpgrp.c setpriority.c setsid.c settimeofday.c setuid.c \
	sigaction.c sigaltstack.c sigblock.c signal.c sigpending.c sigprocmask.c \
	sigreturn.c sigsetjmp.c sigsuspend.c sigtramp.S spawn_actions.c \
	spawnattr.c start.c stat.c stat_convert.c statvfs.c symlink.c \
	sync.c sysconf.c system.c tcdrain.c tcflow.c tcflush.c tcgetattr.c \
	tcgetpgrp.c tcsendbreak.c tcsetattr.c tcsetpgrp.c times.c \
	truncate.c u_strerr.c umask.c umount.c uname.c unlink.c utime.c \
	utimes.c wait.c wait3.c wait4.c waitid.c waitpid.c write.c

$(eval $(call library,lib/libc,$(LIBPORT),CMD,port))
$(eval $(call compiled,$(CMD_CRT0),CMD))

# Run on this machine by check-libc, see test/linux.c.
$(eval $(call link_cmd,$O/lib/libc/test/libc_test,$(call \
	objs,lib/libc/test,libc_test.c linux.c)))
