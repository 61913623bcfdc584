# A process that runs is taken hold of, looked at, changed, and let go.
set width 0
set confirm off
backtrace
print looping
print turns > 0
tbreak debuggee.c:@until somebody changes looping@
continue
print looping = 0
detach
# What it does then takes a moment.
shell for i in $(seq 100); do grep -q 'what was debugged ended' @CONSOLE@ && break; sleep 0.1; done
