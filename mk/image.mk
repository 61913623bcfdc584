# SPDX-License-Identifier: BSD-2-Clause
#
# The disk image. Sectors 0..8191 hold boot record, loader and the boot image
# (kernel, default boot parameters, boot modules; see src/boot/image.h); the
# rest is the ext2 partition with the root file system, from $O/root.

# Emulators derive the geometry from the size: whole cylinders of 16 x 63.
IMAGE_BYTES  := $(shell echo $$((68 * 16 * 63 * 512)))
IMAGE_ROOT   := $(shell echo $$((4 << 20)))
IMAGE_BLOCKS := $(shell echo $$((($(IMAGE_BYTES) - $(IMAGE_ROOT)) / 4096)))

# Boot modules, in the order in which the kernel gives them to processes.
BOOT_MODULES := servers/rs servers/vm servers/pm servers/vfs servers/ds \
	drivers/tty drivers/memory drivers/log drivers/ata fs/ext2 fs/pipe \
	servers/is cmd/init

# A test that asks the boot service for tests has it in its own image.
BOOT_MODULES += $(if $(filter init-order,$(TESTS)),test/probe)

# BOOT_PARTIAL=1 leaves out modules that have no directory yet, and takes
# $O/root as it is; BOOT_MODULES="..." names the modules one by one.
ifdef BOOT_PARTIAL
BOOT_MODULES := $(foreach m,$(BOOT_MODULES),$(if \
	$(wildcard src/$m/module.mk src/$m.c),$m))
endif

# BOOT_PARAMS="key=value ..." replaces the default boot parameters.
$(eval $(call note,$O/boot/params,$(BOOT_PARAMS)))
$O/boot/params: images/params
	$(Q)mkdir -p $(@D)
	$(Q)$(if $(BOOT_PARAMS),echo '$(BOOT_PARAMS)' >$@,cp $< $@)

BOOT_ELVES := $O/kernel/kernel $(foreach m,$(BOOT_MODULES),$O/$m/$(notdir $m))
BOOT_FILES := $(patsubst %,$O/bootimage/%,$(notdir $(BOOT_ELVES)))

# A boot file is its program without symbols.
define boot_file
$O/bootimage/$(notdir $1): $1
	$$(Q)mkdir -p $$(@D) && $$(STRIP) -o $$@ $$<
endef
$(foreach p,$(BOOT_ELVES),$(eval $(call boot_file,$p)))

# Another image for tests of the boot itself: with the module of the row "probe".
PROBE_ELF := test/probe/probe
$(if $(filter test/probe,$(BOOT_MODULES)),,$(eval $(call \
	boot_file,$O/$(PROBE_ELF))))
$(PROBE_IMAGE): $(IMAGE) $O/bootimage/probe
	$(call say,IMAGE,$@)
	$(Q)$O/host/bin/mkboot $@.boot $(IMAGE_BYTES) $(IMAGE_ROOT) \
	    $O/boot/mbr.bin $O/boot/loader.bin kernel=$O/bootimage/kernel \
	    params=$O/boot/params \
	    $(foreach m,$(notdir $(BOOT_MODULES)) probe,$m=$O/bootimage/$m)
	$(Q)cp $(IMAGE) $@.new
	$(Q)dd if=$@.boot of=$@.new bs=$(IMAGE_ROOT) count=1 conv=notrunc \
	    status=none
	$(Q)rm $@.boot && mv $@.new $@

image: $(IMAGE) ## The disk image, ready to boot

$(eval $(call note,$(IMAGE),$(BOOT_MODULES) $(IMAGE_BYTES)))
$(IMAGE): $O/host/bin/mkboot $O/boot/mbr.bin $O/boot/loader.bin \
    $O/boot/params $(BOOT_FILES) images/mkroot images/nodes \
    $(if $(BOOT_PARTIAL),,$(ROOT_FILES) $O/root.list)
	$(call say,IMAGE,$@)
	$(Q)$O/host/bin/mkboot $@.new $(IMAGE_BYTES) $(IMAGE_ROOT) \
	    $O/boot/mbr.bin $O/boot/loader.bin kernel=$O/bootimage/kernel \
	    params=$O/boot/params \
	    $(foreach m,$(notdir $(BOOT_MODULES)),$m=$O/bootimage/$m)
	$(Q)images/mkroot $@.new $(IMAGE_ROOT) $(IMAGE_BLOCKS) $O/root \
	    images/nodes
	$(Q)mv $@.new $@

# What the grader asks of the sources that were SUBMITTED.
inspected: $(SUBMITTED:src/%.c=$O/%.o)
	$(Q)CROSS=$(CROSS) O=$O mk/inspect --kernel $(filter $O/kernel/%,$^) \
	    --other $(filter-out $O/kernel/%,$^)

all: $(IMAGE)
.PHONY: image inspected
