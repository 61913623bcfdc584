/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * One run of the emulator: the only place that knows Bochs' configuration.
 *
 * Describe the machine in a struct bochs_config (zero is a sensible default
 * for every field but `image`), call bochs_run(), look at the result, free it.
 * A run with the same image, parameters and ips is repeated instruction for
 * instruction; nothing of the host gets in unless the console is a relay.
 *
 * Lines the guest writes to port 0xE9 reach on_line() as they come. The serial
 * line is a file, or relayed by two callbacks; the parallel port is a file of
 * trace records; at the end Bochs' debugger dumps state into the result.
 *
 * The base image is opened copy-on-write unless write_through is set. Each run
 * works in a directory of its own, so any number may run at once.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bochs_stops; /* grader/emulator/bochs_stop.h */

#define BOCHS_IPS         10000000u    /* instructions per emulated second */
#define BOCHS_MEMORY      64u          /* MiB of guest memory */
#define BOCHS_CPU_MS      60000u       /* limit on processor time */
#define BOCHS_OUTPUT_MAX  (4u << 20)   /* bytes on port 0xE9 */
#define BOCHS_FILE_MAX    (256u << 20) /* bytes in any file Bochs writes */
#define BOCHS_PARAMS_MAX  2000u        /* bytes of boot parameters */
#define BOCHS_SCREEN_ROWS 25
#define BOCHS_SCREEN_COLS 80

/** How a run ended. */
enum bochs_end {
	BOCHS_DONE,       /**< guest ended it by port 0x8A00: the good end */
	BOCHS_SHUTDOWN,   /**< guest wrote "Shutdown" to port 0x8900 */
	BOCHS_PANIC,      /**< as above, after "kernel panic: ..." */
	BOCHS_TRIPLE,     /**< triple fault */
	BOCHS_BUDGET,     /**< instruction budget used up */
	BOCHS_TIMEOUT,    /**< processor time used up, or no sign of life */
	BOCHS_STOPPED,    /**< a callback asked for the end */
	BOCHS_BREAK,      /**< stopped at a break address */
	BOCHS_FLOOD,      /**< more output than output_max */
	BOCHS_BIOS,       /**< BIOS gave up: no boot sector, read error */
	BOCHS_NO_IMAGE,   /**< disk image missing, empty or locked */
	BOCHS_BAD_CONFIG, /**< Bochs refused its configuration */
	BOCHS_CRASH       /**< Bochs itself died */
};

struct bochs_config {
	const char *image;  /**< first drive */
	const char *image2; /**< second drive, or NULL */
	bool write_through; /**< guest's writes reach the image files */
	const char *params; /**< boot parameters "key=value ...", or NULL */
	uint32_t ips;       /**< 0: BOCHS_IPS; also the schedule's seed */
	uint32_t memory;    /**< MiB, 0: BOCHS_MEMORY */
	uint64_t budget;    /**< instructions, 0: no limit */
	uint32_t cpu_ms;    /**< 0: BOCHS_CPU_MS; UINT32_MAX: no limit */
	size_t output_max;  /**< 0: BOCHS_OUTPUT_MAX */
	bool real_time;     /**< an emulated second lasts a second */
	bool window;        /**< screen and keyboard in a window (SDL or X) */

	const char *com1_file; /**< created or truncated; NULL: discard */
	int com1_in;        /**< relay: descriptor that wakes on_input, or -1 */
	uint16_t com2_port; /**< of 127.0.0.1: com2 connects there; 0: none */
	const char *parport_file; /**< parallel port's output, or NULL */

	/** Lines for the debugger before the guest starts (breakpoints). */
	const char *const *before; /**< NULL-terminated, or NULL */
	/** Lines for the debugger when the run stops (dumps). */
	const char *const *after; /**< NULL-terminated, or NULL */
	bool screen;              /**< read the text screen into the result */
	const struct bochs_stops *stops; /**< may it stop? or NULL: never */
	const char *workdir;             /**< kept; NULL: its own, removed */

	void *ctx; /**< handed to the callbacks */
	/** A line on port 0xE9, without its newline; nonzero ends the run. */
	int (*on_line)(void *ctx, const char *line);
	/** Relay, if set: bytes from the guest's serial line. */
	void (*on_output)(void *ctx, const char *bytes, size_t n);
	/** Relay: the guest takes input; fill at most room bytes and return how
	 *  many, 0 if there are none now. Asked whenever com1_in is readable,
	 *  and about 50 times a second. */
	size_t (*on_input)(void *ctx, char *bytes, size_t room);
	/** About ten times a second; nonzero ends the run. */
	int (*on_idle)(void *ctx);
};

struct bochs_result {
	enum bochs_end end;
	int exit_code;   /**< Bochs' own, or minus the signal's number */
	uint64_t ticks;  /**< instructions since power-on */
	double wall;     /**< host seconds */
	char *reason;    /**< one sentence for people; "" if none; never NULL */
	char *state;     /**< registers and stack at the end; never NULL */
	char *dump;      /**< what the `after` lines printed; never NULL */
	char *screen;    /**< 25 lines of text, or ""; never NULL */
	uint64_t output; /**< bytes the guest wrote to port 0xE9 */
};

/**
 * Run the emulator until the guest, a limit or a callback ends it.
 *
 * What the guest does is a result, not an error. Blocks; callbacks run on the
 * caller's thread.
 *
 * @param[in]  config the machine and its limits; not kept
 * @param[out] result always filled when 0 is returned; free it
 *
 * @retval 0        *result tells how the run ended
 * @retval -EINVAL  no image, or parameters longer than BOCHS_PARAMS_MAX
 * @retval -ENOENT  Bochs is not installed
 * @retval -errno   a process, directory or pipe could not be made
 *
 * @source own design; figures and traps of Bochs 2.7 measured on Debian 12
 */
int bochs_run(const struct bochs_config *config, struct bochs_result *result);

/**
 * Free what a result holds.
 *
 * @param[in,out] result filled by bochs_run()
 */
void bochs_result_free(struct bochs_result *result);

/**
 * A short word for an end: "done", "shutdown", "panic", "triple", ...
 *
 * @param[in] end how a run ended
 * @return a constant string
 */
const char *bochs_end_name(enum bochs_end end);

/**
 * Start Bochs with its debugger's prompt on this terminal.
 *
 * Lines in config->before are given to the debugger first. Blocks until the
 * user leaves; limits, callbacks and the relay of config are not used.
 *
 * @param[in] config the machine
 *
 * @retval 0       Bochs ran and was left
 * @retval -ENOENT Bochs or the image is not there
 * @retval -EINVAL, -errno as for bochs_run()
 *
 * @source own design
 */
int bochs_debug(const struct bochs_config *config);
