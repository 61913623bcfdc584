/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The files Bochs reads when it starts: configuration, debugger script, and
 * the page of boot parameters.
 *
 * Why these settings: `term` needs neither X nor a terminal; `fastboot` saves
 * 150 M instructions of the BIOS waiting for a key; a triple fault must not
 * reset, or it would look like a clean stop; a volatile disk never writes its
 * base image, and its journal belongs into the run's own directory; a fixed
 * time0 and sync=none make a run repeatable; magic_break is off unless stops
 * are wanted, so that user code cannot stop the machine.
 */
#include "grader/emulator/bochs_run.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PARAMS_PAGE    4096 /* multiple of 512, for the ROM */
#define PARAMS_ADDRESS 0xD0000

static const char plugin_sdl[] =
    "/usr/lib/x86_64-linux-gnu/bochs/plugins/libbx_sdl2_gui.so";

static const char fixed[] =
    "config_interface: textconfig\n"
    "romimage: file=$BXSHARE/BIOS-bochs-latest, options=fastboot\n"
    "vgaromimage: file=$BXSHARE/VGABIOS-lgpl-latest\n"
    "vga: extension=vbe, update_freq=5, realtime=0\n"
    "boot: disk\n"
    "ata0: enabled=1, ioaddr1=0x1f0, ioaddr2=0x3f0, irq=14\n"
    "ata1: enabled=0\n"
    "port_e9_hack: enabled=1\n"
    "sound: driver=dummy\n"
    "speaker: enabled=0\n"
    "mouse: enabled=0\n"
    "log: bochs.log\n"
    "panic: action=fatal\n"
    "error: action=report\n"
    "info: action=report\n"
    "debug: action=ignore\n";

char *
path_absolute(const char *path)
{
	char *cwd, *full = NULL;

	if (path[0] == '/')
		return text_copy(path);
	cwd = getcwd(NULL, 0);
	if (cwd == NULL || asprintf(&full, "%s/%s", cwd, path) < 0)
		abort();
	free(cwd);
	return full;
}

static const char *
display_name(const struct bochs_config *c)
{
	if (!c->window)
		return "term";
	return access(plugin_sdl, F_OK) == 0 ? "sdl2" : "x";
}

static void
disk_write(FILE *f, const struct bochs_config *c, const char *image,
    const char *who)
{
	char *path;

	if (image == NULL)
		return;
	path = path_absolute(image);
	fprintf(f, "ata0-%s: type=disk, path=\"%s\", cylinders=0, ", who, path);
	if (c->write_through)
		fputs("mode=flat\n", f);
	else
		fprintf(f, "mode=volatile, journal=\"%s.redo\"\n", who);
	free(path);
}

/* A serial line that is a connection to a port of ours. */
static void
relay_write(FILE *f, int line, uint16_t port)
{
	fprintf(f, "com%d: enabled=1, mode=socket-client, dev=127.0.0.1:%u\n",
	    line, port);
}

static void
serial_write(FILE *f, const struct bochs_config *c, uint16_t port)
{
	char *path;

	if (c->on_output != NULL) {
		relay_write(f, 1, port);
		return;
	}
	path = path_absolute(c->com1_file != NULL ? c->com1_file : "/dev/null");
	fprintf(f, "com1: enabled=1, mode=file, dev=\"%s\"\n", path);
	free(path);
}

static void
rc_write(FILE *f, const struct bochs_config *c, uint16_t port)
{
	uint32_t memory = c->memory != 0 ? c->memory : BOCHS_MEMORY;
	char *path;

	fputs(fixed, f);
	fprintf(f, "magic_break: enabled=%d\n",
	    c->stops != NULL && c->stops->magic);
	fprintf(f, "display_library: %s\n", display_name(c));
	fprintf(f,
	    "cpu: model=p3_katmai, count=1, ips=%u, "
	    "reset_on_triple_fault=0, ignore_bad_msrs=1\n",
	    c->ips != 0 ? c->ips : BOCHS_IPS);
	fprintf(f, "memory: guest=%u, host=%u\n", memory, memory);
	fprintf(f, "clock: %s\n",
	    c->real_time ? "sync=slowdown, time0=local"
			 : "sync=none, time0=1000000000");
	disk_write(f, c, c->image, "master");
	disk_write(f, c, c->image2, "slave");
	serial_write(f, c, port);
	if (c->com2_port != 0)
		relay_write(f, 2, c->com2_port);
	if (c->params != NULL)
		fprintf(f, "optromimage1: file=params.bin, address=%#x\n",
		    PARAMS_ADDRESS);
	if (c->parport_file != NULL) {
		path = path_absolute(c->parport_file);
		fprintf(f, "parport1: enabled=1, file=\"%s\"\n", path);
		free(path);
	}
}

static void
lines_write(FILE *f, const char *const *lines)
{
	for (; lines != NULL && *lines != NULL; lines++)
		fprintf(f, "%s\n", *lines);
}

void
script_start(FILE *f, const struct bochs_config *c)
{
	lines_write(f, c->before);
	if (c->budget != 0)
		fprintf(f, "sba %llu\n", (unsigned long long)c->budget);
}

/* See bochs_output.h for the order of the marks. */
void
script_go(FILE *f, const struct bochs_config *c, const uint32_t mark[PART_END])
{
	fprintf(f, "? %#x\nc\n? %#x\n", mark[PART_BANNER], mark[PART_GUEST]);
	fputs("ptime\nr\ncreg\nsreg\nprint-stack 24\n", f);
	if (c->screen)
		fputs("xp /4000bx 0xb8000\n", f);
	fprintf(f, "? %#x\n", mark[PART_STATE]);
}

void
script_ask(FILE *f, const struct bochs_config *c, const uint32_t mark[PART_END])
{
	lines_write(f, c->after);
	fprintf(f, "? %#x\n", mark[PART_DUMP]);
}

void
script_end(FILE *f, const struct bochs_config *c, const uint32_t mark[PART_END])
{
	script_ask(f, c, mark);
	fputs("q\n", f);
}

static FILE *
file_open(const char *dir, const char *name)
{
	char path[PATH_MAX];

	snprintf(path, sizeof path, "%s/%s", dir, name);
	return fopen(path, "we");
}

static int
script_write(const struct bochs_config *c, const char *dir,
    const uint32_t *mark)
{
	FILE *f = file_open(dir, "script");

	if (f == NULL)
		return -errno;
	if (mark == NULL) {
		lines_write(f, c->before);
	} else {
		script_start(f, c);
		script_go(f, c, mark);
		script_end(f, c, mark);
	}
	return fclose(f) != 0 ? -errno : 0;
}

/* The page the guest finds at PARAMS_ADDRESS. */
static void
params_write(FILE *f, const char *params)
{
	char page[PARAMS_PAGE] = "";

	snprintf(page, sizeof page, "LACUNA-PARAMS\n%s", params);
	fwrite(page, 1, sizeof page, f);
}

int
bochs_files_write(const struct bochs_config *config, const char *dir,
    uint16_t port, const uint32_t *mark)
{
	FILE *f = file_open(dir, "bochsrc");
	int e = 0;

	if (f == NULL)
		return -errno;
	rc_write(f, config, port);
	if (fclose(f) != 0)
		return -errno;
	if (config->stops == NULL || mark == NULL)
		e = script_write(config, dir, mark);
	if (e < 0 || config->params == NULL)
		return e;
	f = file_open(dir, "params.bin");
	if (f == NULL)
		return -errno;
	params_write(f, config->params);
	return fclose(f) != 0 ? -errno : 0;
}
