/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Directory entries, and the stream that newlib's opendir() family keeps.
 *
 * getdents() fills a buffer with records; d_reclen leads to the next one.
 */
#ifndef LACUNA_SYS_DIRENT_H
#define LACUNA_SYS_DIRENT_H

#include <sys/types.h>

#define MAXNAMLEN           255
#define _DIRENT_HAVE_D_TYPE 1

/* The form in which getdents() delivers entries. */
struct dirent {
	ino_t d_ino;             /* inode number, never 0 */
	_off64_t d_off;          /* position after this entry, for lseek */
	unsigned short d_reclen; /* bytes to the next record */
	unsigned char d_type;    /* DT_* */
	char d_name[MAXNAMLEN + 1];
};

#define DT_UNKNOWN 0
#define DT_FIFO    1
#define DT_CHR     2
#define DT_DIR     4
#define DT_BLK     6
#define DT_REG     8
#define DT_LNK     10
#define DT_SOCK    12

/* The field names are those newlib's directory functions use. */
typedef struct {
	int dd_fd;   /* the open directory */
	int dd_loc;  /* next record in dd_buf; 0 = buffer is used up */
	int dd_size; /* bytes in dd_buf that are valid */
	char *dd_buf;
	int dd_len;   /* size of dd_buf */
	long dd_seek; /* offset at which dd_buf was read */
} DIR;

#define __dirfd(dir) ((dir)->dd_fd)

_BEGIN_STD_C

int getdents(int __fd, void *__buf, int __size);

_END_STD_C

#endif
