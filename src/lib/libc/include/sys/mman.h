/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Memory of a process: anonymous mappings.
 */
#ifndef LACUNA_SYS_MMAN_H
#define LACUNA_SYS_MMAN_H

#include <sys/types.h>

#define PROT_NONE  0
#define PROT_READ  1
#define PROT_WRITE 2
#define PROT_EXEC  4

#define MAP_SHARED    0x01
#define MAP_PRIVATE   0x02
#define MAP_FIXED     0x10
#define MAP_ANONYMOUS 0x100
#define MAP_ANON      MAP_ANONYMOUS
#define MAP_FAILED    ((void *)-1)

_BEGIN_STD_C

void *mmap(void *__addr, size_t __len, int __prot, int __flags, int __fd,
    off_t __offset);
int munmap(void *__addr, size_t __len);

_END_STD_C

#endif
