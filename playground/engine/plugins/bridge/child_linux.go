package bridge

import (
	"os/exec"
	"syscall"
)

// endWithParent lets the kernel end the child when the thread that starts it ends: a plugin that is killed would otherwise leave
// its provider, several hundred megabytes of it, behind.
func endWithParent(command *exec.Cmd) {
	command.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
}
