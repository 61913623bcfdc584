/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * One of many processes that do to each other what they can, and the board
 * that has their numbers: a file, since they share no memory.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#define ACTORS     30
#define ACTOR_NAME "pm-random" /* the program's */

/** Make the board, empty. @return whether it is there */
bool board_open(void);

/** Write a number. @param[in] place any @param[in] pid the number */
void board_put(unsigned int place, int pid);

/** Read a number. @param[in] place any @return it, or -1: there is none */
int board_get(unsigned int place);

/** Remove the board. */
void board_close(void);

/** Act at random until killed, or for long enough. @param[in] seed not 0 */
_Noreturn void actor(uint32_t seed);
