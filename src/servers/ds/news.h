/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The store's own news: it has been started again. What its clients had put
 * there may be gone with the old one, and so are subscriptions, so there is
 * nobody who would ask for this; every service is told.
 */
#pragma once

#include <abi/grant.h>

/**
 * Notify every service that RS has, but RS itself, for which a notification
 * means something else. A service that has published something, or wants to
 * hear of others, then looks whether DS still knows.
 *
 * @param[in] gid  RS's grant for its public table
 */
void news_tell(cp_grant_id_t gid);
