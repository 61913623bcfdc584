# A service waits for messages, like all of them; it is let go.
set width 0
set confirm off
backtrace
detach
# What it does then takes a moment.
shell for i in $(seq 100); do grep -q 'gdbstub ended' @CONSOLE@ && break; sleep 0.1; done
