/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The three devices the kernel itself needs: interrupt controllers, interval
 * timer and real-time clock.
 * @source Intel 8259A and 8254 data sheets; Motorola MC146818A data sheet
 */
#include "kernel/arch/i386/internal.h"
#include "kernel/arch/i386/io.h"

#define PIC1        0x20
#define PIC2        0xa0
#define PIC_START   0x11 /* ICW1: edge triggered, cascade, ICW4 follows */
#define PIC_8086    0x01 /* ICW4 */
#define PIC_EOI     0x20
#define PIC_CASCADE 2

#define PIT_CHANNEL0  0x40
#define PIT_MODE      0x43
#define PIT_RATE      0x34 /* channel 0, both bytes, rate generator */
#define PIT_FREQUENCY 1193182u

#define RTC_INDEX    0x70
#define RTC_DATA     0x71
#define RTC_STATUS_A 10
#define RTC_UPDATING 0x80
#define RTC_STATUS_B 11
#define RTC_BINARY   4

static uint16_t pic_mask = 0xffff & ~(1 << PIC_CASCADE);

static void
mask_write(void)
{
	outb(PIC1 + 1, (uint8_t)pic_mask);
	outb(PIC2 + 1, (uint8_t)(pic_mask >> 8));
}

void
pic_init(void)
{
	outb(PIC1, PIC_START);
	outb(PIC2, PIC_START);
	outb(PIC1 + 1, IRQ_VECTOR);
	outb(PIC2 + 1, IRQ_VECTOR + 8);
	outb(PIC1 + 1, 1 << PIC_CASCADE);
	outb(PIC2 + 1, PIC_CASCADE);
	outb(PIC1 + 1, PIC_8086);
	outb(PIC2 + 1, PIC_8086);
	mask_write();
}

void
pic_set(int line, bool enable)
{
	if (enable)
		pic_mask &= (uint16_t) ~(1u << line);
	else
		pic_mask |= (uint16_t)(1u << line);
	mask_write();
}

void
pic_acknowledge(int line)
{
	if (line >= 8)
		outb(PIC2, PIC_EOI);
	outb(PIC1, PIC_EOI);
}

void
pit_start(uint32_t hz)
{
	uint32_t count = (PIT_FREQUENCY + hz / 2) / hz;

	outb(PIT_MODE, PIT_RATE);
	outb(PIT_CHANNEL0, (uint8_t)count);
	outb(PIT_CHANNEL0, (uint8_t)(count >> 8));
}

static int
rtc_register(uint8_t nr)
{
	outb(RTC_INDEX, nr);
	return inb(RTC_DATA);
}

/* A field of the date: two decimal digits in four bits each, or binary. */
static int
rtc_field(uint8_t nr, bool binary)
{
	int v = rtc_register(nr);

	return binary ? v : (v >> 4) * 10 + (v & 15);
}

/* Days from 1970 to a date of the Gregorian calendar; March comes first, so
 * that the leap day is a year's last. */
static int64_t
days_to(int year, int month, int day)
{
	int y = month <= 2 ? year - 1 : year;
	int m = month <= 2 ? month + 9 : month - 3;

	return 365 * (int64_t)y + y / 4 - y / 100 + y / 400 +
	    (153 * m + 2) / 5 + day - 1 - 719468;
}

int64_t
rtc_read(void)
{
	bool binary = (rtc_register(RTC_STATUS_B) & RTC_BINARY) != 0;
	int second, minute, hour, day, month, year;

	do {
		while ((rtc_register(RTC_STATUS_A) & RTC_UPDATING) != 0)
			;
		second = rtc_field(0, binary);
		minute = rtc_field(2, binary);
		hour = rtc_field(4, binary);
		day = rtc_field(7, binary);
		month = rtc_field(8, binary);
		year = rtc_field(9, binary);
	} while (second != rtc_field(0, binary));
	year += year < 70 ? 2000 : 1900;
	return ((days_to(year, month, day) * 24 + hour) * 60 + minute) * 60 +
	    second;
}

void
arch_idle(void)
{
	__asm__ volatile("sti\n\thlt\n\tcli" : : : "memory");
}
