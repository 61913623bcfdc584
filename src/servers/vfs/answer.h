/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What an answer may say. File servers and drivers are programs like others:
 * one that is broken, or lies, must not make VFS hand nonsense to programs,
 * or believe it itself.
 */
#pragma once

#include <lacuna/ipc.h>
#include <stdbool.h>

/**
 * Is a status success, or an error that programs know?
 *
 * @param[in] status  of an answer
 * @return whether it is
 */
bool status_known(int32_t status);

/**
 * Judge the answer of a file server or block driver to one request: the
 * number it repeats, its status, how much it says was moved, what it says of
 * a node. Answers of other protocols are taken as they are.
 *
 * @param[in] req  request, as it was sent
 * @param[in] rep  answer
 * @return 0: it can be true; else what is wrong, an enum sef_evidence
 */
int answer_judge(const struct message *req, const struct message *rep);

/**
 * Is it the answer to this request, rather than to another?
 *
 * @param[in] req  request, as it was sent
 * @param[in] rep  answer
 * @return whether it repeats the number
 */
bool answer_is_for(const struct message *req, const struct message *rep);

/**
 * Give a request its number, if its protocol has one.
 *
 * @param[in,out] req  request
 * @param[in]     id   number
 */
void answer_number(struct message *req, uint32_t id);
