/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Files that claim to be programs: cut short, with headers that
 * point out of the file or the address space, that overlap, that wrap; and
 * scripts whose interpreter is missing, endless or themselves. exec answers
 * an error, or the new image dies of itself.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "test/program/program.h"

#define PATH "/tmp/hostile"

static unsigned char image[20000];
static size_t image_size;

/* Make PATH of the first `size` bytes. */
static void
write_file(const void *data, size_t size)
{
	int fd;

	(void)unlink(PATH); /* the one before */
	fd = open(PATH, O_WRONLY | O_CREAT | O_TRUNC, 0755);
	CHECK(fd >= 0 && write(fd, data, size) == (int)size);
	CHECK(close(fd) == 0);
}

/* Exit status: 0 refused, 1 with an odd error. */
static int
run(void)
{
	execl(PATH, PATH, "x", (char *)NULL);
	return errno == ENOEXEC || errno == EINVAL || errno == ENOMEM ||
		errno == E2BIG || errno == EFAULT || errno == ENOENT ||
		errno == ELOOP || errno == ENAMETOOLONG || errno == EACCES
	    ? 0
	    : 1;
}

static bool
refused(void)
{
	return child(run) == 0;
}

/* Not refused, perhaps, but not able to do harm either. */
static bool
harmless(void)
{
	int end = child(run);

	return end == 0 || end == SIGNALLED + SIGSEGV ||
	    end == SIGNALLED + SIGKILL || end == SIGNALLED + SIGILL ||
	    end == SIGNALLED + SIGTRAP || end == SIGNALLED + SIGBUS;
}

static void
read_image(void)
{
	int fd = open("/test/bench-nop", O_RDONLY), n;

	n = (int)read(fd, image, sizeof image);
	CHECK(fd >= 0 && n > 200);
	image_size = n > 0 ? (size_t)n : 0;
	close(fd);
}

/* Change one word of the headers, exec, change it back. */
static bool
with_word(size_t at, uint32_t value, bool must_refuse)
{
	unsigned char saved[4];
	bool ok;

	memcpy(saved, image + at, 4);
	memcpy(image + at, &value, 4);
	write_file(image, image_size);
	ok = must_refuse ? refused() : harmless();
	if (!ok)
		(void)report_obs("odd", "word %u 0x%x", (unsigned)at,
		    (unsigned)value);
	memcpy(image + at, saved, 4);
	return ok;
}

static void
headers(void)
{
	static const uint32_t odd[] = { 0, 1, 0x7fffffff, 0x80000000,
		0xffffffff, 0xfffff000, 0xc0000000, 0xbffff000, 0x34 };
	size_t at, i, phoff;

	memcpy(&phoff, image + 28, 4);
	CHECK(with_word(0, 0x464c457e, true));          /* magic */
	CHECK(with_word(4, 0x00010102, true));          /* class: 64 bits */
	CHECK(with_word(16, 0x00030001, true));         /* type: an object */
	CHECK(with_word(16, 0x003e0002, true));         /* another machine */
	CHECK(with_word(28, 0xffffffff, true));         /* headers: nowhere */
	CHECK(with_word(44, 0xffff0020, true));         /* 65535 headers */
	CHECK(with_word(phoff + 4, 0xf0000000, true));  /* segment: nowhere */
	CHECK(with_word(phoff + 8, 0xc0000000, true));  /* in the kernel */
	CHECK(with_word(phoff + 8, 0xfffff000, true));  /* wraps */
	CHECK(with_word(phoff + 20, 0x80000000, true)); /* huge */
	for (at = 24; at < 48; at += 4)                 /* anything: no harm */
		for (i = 0; i < sizeof odd / sizeof odd[0]; i++)
			CHECK(with_word(at, odd[i], false));
	for (at = phoff; at < phoff + 32; at += 4)
		for (i = 0; i < sizeof odd / sizeof odd[0]; i++)
			CHECK(with_word(at, odd[i], false));
}

static void
short_files(void)
{
	static const size_t sizes[] = { 0, 1, 3, 4, 16, 51, 52, 60, 84, 100 };
	size_t i;

	for (i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		write_file(image, sizes[i]);
		CHECK(refused());
	}
}

static void
script(const char *text)
{
	write_file(text, strlen(text));
	if (!CHECK(refused()))
		(void)report_obs("odd", "script %s", text);
}

static void
scripts(void)
{
	static char endless[3000] = "#!/";

	script("#!");
	script("#!\n");
	script("#!    \n");
	script("#!/no/such/thing\n");
	script("#!/tmp\n");
	script("#!" PATH "\n"); /* itself */
	script("#!" PATH);
	memset(endless + 3, 'x', sizeof endless - 4);
	script(endless);
	script("no magic at all\n");
}

int
main(int argc, char **argv)
{
	(void)report_begin("robust-exec", argc > 1 ? argv[1] : NULL);
	read_image();
	short_files();
	headers();
	scripts();
	write_file(image, image_size);
	CHECK(chmod(PATH, 0644) == 0 && refused()); /* EACCES */
	CHECK(unlink(PATH) == 0);
	CHECK(execl("/tmp", "/tmp", (char *)NULL) == -1 && errno == EACCES);
	CHECK(execl("/dev/null", "null", (char *)NULL) == -1);
	CHECK(system_alive());
	return report_end();
}
