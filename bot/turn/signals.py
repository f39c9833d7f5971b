"""Which thread takes the signals that ask a process to stop: only the main one, or they would come while it changes its handlers."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

STOPPING = (signal.SIGTERM, signal.SIGINT)


def take_no_signals() -> None:
    """From now on the thread that calls this takes none of them."""
    signal.pthread_sigmask(signal.SIG_BLOCK, STOPPING)


@contextmanager
def no_signals() -> Iterator[None]:
    """Holds them back from this thread, and from every thread that is begun meanwhile for as long as that lives."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, STOPPING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
