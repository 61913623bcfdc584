/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Boot parameters that change how fast boot services work.
 */
#pragma once

/**
 * Have boot services run in the queues that the parameter `prio' says, from
 * now on and when they are started again. What is wrong there, or in `slow',
 * which PM and VFS themselves obey, is said and ignored.
 */
void tuning_apply(void);
