/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A guest that behaves as the boot parameter `mode` says, to test loader,
 * launcher and emulator library without the system.
 */
#include <stdbool.h>
#include <stdint.h>

#define COM1        0x3F8
#define DEBUG       0xE9
#define PARAMS      0xD0000 /* where the emulator leaves them */
#define BSS_SIZE    20000
#define SILENT_WORK 200000000u /* rounds */
#define LINE_MAX    80

struct module {
	uint32_t start, end, string, reserved;
};

static uint8_t bss[BSS_SIZE];

void guest_main(uint32_t magic, const uint32_t *info);

static void
outb(uint16_t port, uint8_t byte)
{
	__asm__ volatile("outb %0, %1" : : "a"(byte), "Nd"(port) : "memory");
}

static void
outw(uint16_t port, uint16_t word)
{
	__asm__ volatile("outw %0, %1" : : "a"(word), "Nd"(port) : "memory");
}

static uint8_t
inb(uint16_t port)
{
	uint8_t byte;

	__asm__ volatile("inb %1, %0" : "=a"(byte) : "Nd"(port) : "memory");
	return byte;
}

static void
say(const char *text)
{
	while (*text != '\0')
		outb(DEBUG, (uint8_t)*text++);
}

static void
say_number(const char *name, uint32_t value)
{
	say(name);
	say("=");
	for (int shift = 28; shift >= 0; shift -= 4)
		outb(DEBUG, (uint8_t) "0123456789abcdef"[value >> shift & 15]);
	say("\n");
}

/* 115,200 baud, eight bits. */
static void
serial_begin(void)
{
	static const uint8_t setup[][2] = { { 3, 0x80 }, { 0, 1 }, { 1, 0 },
		{ 3, 3 }, { 2, 7 } };

	for (unsigned i = 0; i < sizeof setup / sizeof setup[0]; i++)
		outb((uint16_t)(COM1 + setup[i][0]), setup[i][1]);
}

static void
serial_put(const char *text)
{
	while (*text != '\0') {
		while ((inb(COM1 + 5) & 0x20) == 0)
			continue;
		outb(COM1, (uint8_t)*text++);
	}
}

static _Noreturn void
end(void)
{
	const char *stop = "Shutdown";

	while ((inb(COM1 + 5) & 0x40) == 0)
		continue; /* the last byte is still on its way */
	outw(0x8A00, 0x8A00);
	outw(0x8A00, 0x8AE0);
	while (*stop != '\0')
		outb(0x8900, (uint8_t)*stop++);
	for (;;)
		__asm__ volatile("cli; hlt");
}

static uint32_t
sum(uint32_t from, uint32_t to)
{
	uint32_t n = 0;

	for (const uint8_t *p = (void *)from; p < (const uint8_t *)to; p++)
		n += *p;
	return n;
}

/* What the loader handed over. */
static void
show_info(uint32_t magic, const uint32_t *info)
{
	const struct module *m = (const void *)info[6];

	say_number("magic", magic);
	say_number("upper", info[2]);
	say_number("bss", sum((uint32_t)bss, (uint32_t)bss + BSS_SIZE));
	say("params=");
	say((const char *)info[4]);
	say("\n");
	for (uint32_t i = 0; i < info[5]; i++, m++) {
		say("module=");
		say((const char *)m->string);
		say("\n");
		say_number("offset", m->start & 4095);
		say_number("size", m->end - m->start);
		say_number("sum", sum(m->start, m->end));
	}
}

static bool
same(const char *a, const char *b)
{
	for (; *a != '\0' && *a == *b; a++, b++)
		continue;
	return *a == *b;
}

/* A console: answers each line, ends by "halt"; or by Ctrl-D, after seconds of
 * work about which it says nothing. */
static void
console(void)
{
	char line[LINE_MAX + 1] = "";
	int n = 0;

	serial_begin();
	serial_put("ready> ");
	while (!same(line, "halt") && line[0] != 4) {
		while ((inb(COM1 + 5) & 1) == 0)
			continue;
		line[n++] = (char)inb(COM1);
		line[n] = '\0';
		if (line[n - 1] != '\n' && n < LINE_MAX)
			continue;
		line[n - 1] = '\0';
		n = 0;
		serial_put("got ");
		serial_put(line);
		serial_put("\r\nready> ");
	}
	if (line[0] == 4) {
		for (volatile uint32_t i = 0; i < SILENT_WORK; i++)
			continue;
		serial_put("\r\nworked\r\n");
	}
	end();
}

static void
triple_fault(void)
{
	const uint8_t no_table[6] = { 0 };

	__asm__ volatile("lidt %0; int $3" : : "m"(no_table));
}

/* The letter after "mode=" in the parameter page. */
static char
mode(void)
{
	const char *page = (const char *)PARAMS;

	for (; *page != '\0' && *page != '\377'; page++)
		if (page[0] == 'm' && page[1] == 'o' && page[4] == '=')
			return page[5];
	return 'i';
}

void
guest_main(uint32_t magic, const uint32_t *info)
{
	volatile uint32_t *screen = (volatile uint32_t *)0xB8000;

	switch (mode()) {
	case 'c':
		console();
		break;
	case 'e':
		serial_begin();
		serial_put((const char *)PARAMS);
		break;
	case 'f':
		for (;;)
			say("the same line again and again\n");
	case 'F':
		say("(0) Caught time breakpoint\nNext at t=5\npartial");
		break;
	case 'h':
		for (;;)
			__asm__ volatile("cli; hlt");
	case 'l':
		for (uint32_t i = 0;; i++)
			screen[i % 1000] = i * 0x01010101;
	case 'p':
		say("panic: on purpose\n");
		break;
	case 't':
		triple_fault();
		break;
	default:
		show_info(magic, info);
	}
	end();
}
