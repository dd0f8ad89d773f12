"""What a worker gives up before it sees a query: the network, life after its parent, memory above a limit."""

import ctypes
import os
import platform
import signal
import struct
import sys
from pathlib import Path
from typing import Final, NamedTuple

_SET_PARENT_DEATH_SIGNAL: Final = 1
_SET_SECCOMP: Final = 22
_SET_NO_NEW_PRIVILEGES: Final = 38
_FILTER: Final = 2
_NEW_USER_AND_NETWORK: Final = 0x1000_0000 | 0x4000_0000
_NEW_NETWORK: Final = 0x4000_0000


class _Machine(NamedTuple):
    """What a system call filter must know of a processor: its number, and those of two calls."""

    audit: int
    socket: int
    io_uring_setup: int


_MACHINES: Final = {
    "x86_64": _Machine(0xC000_003E, 41, 425),
    "aarch64": _Machine(0xC000_00B7, 198, 425),
}
_LOAD: Final = 0x20
_IS: Final = 0x15
_AT_LEAST: Final = 0x35
_RETURN: Final = 0x06
_ALLOW: Final = 0x7FFF_0000
_REFUSE: Final = 0x0005_0001
"""With EPERM."""
_OTHER_CALLS: Final = 0x4000_0000
"""Where the calls of x32 begin, which a filter for x86-64 must not overlook."""


def die_with(parent: int) -> None:
    """End this process when its parent ends, however that happens; where the system cannot, do nothing."""
    if sys.platform == "linux":
        _libc().prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:  # it ended before we could say so
            os._exit(1)


def give_up_network() -> str:
    """Open no more sockets; how that is ensured, or nothing where the system offers no way.

    A filter of system calls where we know the processor, which needs no privilege; else a network namespace
    without interfaces, where that is allowed.
    """
    if sys.platform != "linux":
        return ""
    machine = _MACHINES.get(platform.machine())
    if machine is not None and _filtered(machine):
        return "system calls filtered"
    libc = _libc()
    if libc.unshare(_NEW_NETWORK) == 0 or libc.unshare(_NEW_USER_AND_NETWORK) == 0:
        return "network namespace"
    return ""


def limit_memory(more: int) -> None:
    """Let the address space grow by so many bytes from now on, and leave no core files."""
    if os.name != "posix":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    except (OSError, ValueError):
        return  # the parent watches the memory as well
    limit = pages * resource.getpagesize() + more
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _filtered(machine: _Machine) -> bool:
    program = b"".join(
        struct.pack("=HBBI", *instruction)
        for instruction in (
            (_LOAD, 0, 0, 4),
            (_IS, 0, 4, machine.audit),
            (_LOAD, 0, 0, 0),
            (_AT_LEAST, 2, 0, _OTHER_CALLS),
            (_IS, 1, 0, machine.socket),
            (_IS, 0, 1, machine.io_uring_setup),
            (_RETURN, 0, 0, _REFUSE),
            (_RETURN, 0, 0, _ALLOW),
        )
    )
    instructions = ctypes.create_string_buffer(program, len(program))
    head = struct.pack("@HP", len(program) // 8, ctypes.addressof(instructions))
    libc = _libc()
    if libc.prctl(_SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
        return False
    done: int = libc.prctl(_SET_SECCOMP, _FILTER, ctypes.create_string_buffer(head, len(head)), 0, 0)
    return done == 0


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None)
