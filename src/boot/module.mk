# SPDX-License-Identifier: BSD-2-Clause
LOADER_OBJECTS := $(addprefix $O/boot/,entry.o bios.o elf.o loader.o)
$(eval $(call compiled,$(LOADER_OBJECTS) $O/boot/mbr.o,KERN))

# The loader is one segment, code and variables together, as the linker warns.
$O/boot/loader: $(LOADER_OBJECTS) src/boot/loader.ld
	$(call say,LD,boot/loader)
	$(Q)$(CC) $(LDFLAGS) -Wl,--no-warn-rwx-segments \
	    -Wl,-T,src/boot/loader.ld $(filter %.o,$^) -lgcc -o $@

$O/boot/mbr: $O/boot/mbr.o
	$(Q)$(CC) $(LDFLAGS) -Wl,-Ttext,0x7C00 $< -o $@

$O/boot/%.bin: $O/boot/%
	$(Q)$(OBJCOPY) -O binary -j .text -j .rodata -j .data $< $@
