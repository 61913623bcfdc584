/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The agent that runs recovery scripts for RS.
 */
#pragma once

/**
 * Leave the terminal behind and run scripts as long as RS wants that; the
 * caller goes on at once, as the parent.
 *
 * @return the number of an error that has been explained
 */
int agent_run(void);
