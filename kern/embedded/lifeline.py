"""Tie processes to the one that started them: when it dies, however it dies, they end too.

Linux tells a child that its parent has died (PR_SET_PDEATHSIG) and hands orphans to a chosen ancestor
(PR_SET_CHILD_SUBREAPER). Elsewhere these functions do nothing, and leftovers are ended by the next start.

`python -m kern.embedded.lifeline COMMAND…` runs a command tied in this way.
"""

import ctypes
import os
import signal
import sys
from collections.abc import Callable

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36


def _prctl(option: int, value: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


def end_with_parent(signum: int = signal.SIGTERM) -> None:
    """From now on this process gets the signal when its parent ends; it survives an exec."""
    _prctl(PR_SET_PDEATHSIG, signum)


def tied(signum: int) -> Callable[[], None]:
    """A `preexec_fn` for subprocess.Popen that ties the new process to this one."""
    return lambda: end_with_parent(signum)


def adopt_orphans() -> None:
    """Grandchildren whose parent dies become children of this process, so that it can find and end them."""
    _prctl(PR_SET_CHILD_SUBREAPER, 1)


if __name__ == "__main__":
    end_with_parent()
    os.execvp(sys.argv[1], sys.argv[1:])  # noqa: S606 (the supervisor's own command line)
