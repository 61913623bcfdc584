/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The predefined callbacks of the System Event Framework, a part of
 * <lacuna/sef.h>. Each event has one that is in force when nothing is set
 * (DEFAULT), one that does nothing (NULL), and one that fails (FAIL): an
 * initialisation with -ENOSYS; any other event ends the service, which RS then
 * starts again, because it should not have come.
 */
#pragma once

#include <lacuna/sef.h>

#define SEF_CB_INIT_FRESH_DEFAULT     sef_cb_init_null
#define SEF_CB_INIT_FRESH_NULL        sef_cb_init_null
#define SEF_CB_INIT_FRESH_FAIL        sef_cb_init_fail
#define SEF_CB_INIT_RESTART_DEFAULT   sef_cb_init_fail
#define SEF_CB_INIT_RESTART_NULL      sef_cb_init_null
#define SEF_CB_INIT_RESTART_FAIL      sef_cb_init_fail
#define SEF_CB_INIT_LU_DEFAULT        sef_cb_init_lu_restart
#define SEF_CB_INIT_LU_NULL           sef_cb_init_null
#define SEF_CB_INIT_LU_FAIL           sef_cb_init_fail
#define SEF_CB_PING_REPLY_DEFAULT     sef_cb_ping_reply_pong
#define SEF_CB_PING_REPLY_NULL        sef_cb_ping_reply_null
#define SEF_CB_PING_REPLY_FAIL        sef_cb_ping_reply_fail
#define SEF_CB_SIGNAL_HANDLER_DEFAULT sef_cb_signal_handler_term
#define SEF_CB_SIGNAL_HANDLER_NULL    sef_cb_signal_handler_null
#define SEF_CB_SIGNAL_HANDLER_FAIL    sef_cb_signal_handler_fail
#define SEF_CB_SIGNAL_MANAGER_DEFAULT sef_cb_signal_manager_null
#define SEF_CB_SIGNAL_MANAGER_NULL    sef_cb_signal_manager_null
#define SEF_CB_SIGNAL_MANAGER_FAIL    sef_cb_signal_manager_fail
#define SEF_CB_ALARM_DEFAULT          sef_cb_alarm_work
#define SEF_CB_ALARM_NULL             sef_cb_alarm_null
#define SEF_CB_ALARM_FAIL             sef_cb_alarm_fail
#define SEF_CB_DUMP_DEFAULT           sef_cb_dump_counters
#define SEF_CB_DUMP_NULL              sef_cb_dump_null
#define SEF_CB_DUMP_FAIL              sef_cb_dump_fail

/** Nothing to do: OK. */
int sef_cb_init_null(int type, const struct sef_init_info *info);
/** Not possible: -ENOSYS. */
int sef_cb_init_fail(int type, const struct sef_init_info *info);
/** What runs after a crash: it sees from the type that there was none. */
int sef_cb_init_lu_restart(int type, const struct sef_init_info *info);
/** For tests of RS: touches memory that nobody has. */
int sef_cb_init_crash(int type, const struct sef_init_info *info);
/** For tests of RS: waits for ever. */
int sef_cb_init_timeout(int type, const struct sef_init_info *info);
void sef_cb_ping_reply_pong(endpoint_t source);
void sef_cb_ping_reply_null(endpoint_t source);
void sef_cb_ping_reply_fail(endpoint_t source);
void sef_cb_signal_handler_term(int signo); /**< SIGTERM ends the service */
void sef_cb_signal_handler_null(int signo);
void sef_cb_signal_handler_fail(int signo);
int sef_cb_signal_manager_null(endpoint_t target, int signo);
int sef_cb_signal_manager_fail(endpoint_t target, int signo);
/** Never called: the notification of CLOCK is returned as work. */
void sef_cb_alarm_work(clock_ticks now);
void sef_cb_alarm_null(clock_ticks now);
void sef_cb_alarm_fail(clock_ticks now);
void sef_cb_dump_counters(void); /**< events seen so far */
void sef_cb_dump_null(void);
void sef_cb_dump_fail(void);
