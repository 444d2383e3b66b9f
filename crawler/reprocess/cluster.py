"""A Dask cluster that does the work: one that is there, or one of this machine's, which ends with the run."""

import logging
import os
import pickle
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import resource_tracker
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from crawler.exits import INTERNAL_ERROR, NOTHING_FETCHED, WRONG_USAGE, RunError
from crawler.reprocess.pool import IN_FLIGHT, Awaited, Pool
from crawler.reprocess.steps import WorkerTools
from crawler.reprocess.worker_process import Order, call, packed, result_of

if TYPE_CHECKING:
    from distributed import Client, LocalCluster

B = TypeVar("B")
R = TypeVar("R")

LOCAL: Final = "local"
PATIENCE: Final = 25.0
"""Seconds until it is said that nobody is there."""
_SET: Final = {
    "DASK_LOGGING__DISTRIBUTED": "critical",  # what goes wrong for the run is raised; Dask logs what it mends, too
    "DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "False",  # it looks a hundred times a second at what is done
    "DASK_DISTRIBUTED__ADMIN__TICK__INTERVAL": "1s",  # and fifty times whether it has the time to
}
"""For Dask here and in processes that it starts, where the user set nothing else."""
_LOOK = 5.0
"""Seconds after which it is looked whether somebody is still there."""


def check() -> None:
    """Load Dask, set up for a command; raises ValueError where it is not installed."""
    for name, value in _SET.items():
        os.environ.setdefault(name, value)
    try:
        import distributed  # noqa: F401, PLC0415 - an extra, and slow to import
    except ImportError:
        raise ValueError("--dask needs the extra dask: pip install 'finews-crawler[dask]'") from None
    for logger in ("distributed", "distributed.client", "tornado.application", "asyncio"):
        logging.getLogger(logger).setLevel(logging.CRITICAL)


class Cluster(Pool[WorkerTools]):
    """The workers at an address, or as many as wanted of this machine's (``local``), each with tools of its own.

    One that dies is replaced, or others do its work. Raises RunError when nobody is there.
    """

    def __init__(self, address: str, order: Order, tools: WorkerTools, workers: int) -> None:
        super().__init__(tools)
        self._order = pickle.dumps(order)
        self.address = address
        self._cluster: LocalCluster | None = None
        self._client: Client | None = None
        self._workers = workers
        self._looked = 0.0
        self.most = workers * IN_FLIGHT
        if address != LOCAL:
            self._start()

    def _start(self) -> "Client":
        try:
            return self._connect()
        except BaseException:
            self.close(at_once=True)
            raise

    def _connect(self) -> "Client":
        """Start what is to be started, and wait for the first worker."""
        from distributed import Client, LocalCluster  # noqa: PLC0415 - an extra, and slow to import

        if self.address == LOCAL:
            with _left_to_parent():
                self._cluster = LocalCluster(
                    n_workers=self._workers,
                    threads_per_worker=1,
                    host="127.0.0.1",
                    security=True,  # else others of this machine could have it run their code
                    dashboard_address="127.0.0.1:0",
                )
        try:
            self._client = Client(self._cluster or self.address, timeout=PATIENCE, set_as_default=False)
            self._client.wait_for_workers(1, timeout=PATIENCE)
        except ValueError as error:
            raise RunError(f"--dask {self.address}: {error}", WRONG_USAGE) from None
        except (OSError, TimeoutError):
            if self._client:
                raise RunError(f"the Dask scheduler at {self.address} has no worker", NOTHING_FETCHED) from None
            raise RunError(f"no Dask scheduler is at {self.address}: does it run there?", NOTHING_FETCHED) from None
        self.look()
        return self._client

    def look(self) -> int:
        """How many threads there are that work."""
        assert self._client
        try:
            threads: int = sum(self._client.nthreads().values())
        except OSError:
            raise self.is_gone() from None
        self.most, self._looked = max(threads, 1) * IN_FLIGHT, time.monotonic()
        return threads

    def is_gone(self) -> RunError:
        """What to raise where nobody answers: to the run, an OSError is a disk that refuses."""
        return RunError(f"the Dask scheduler at {self.address} is gone: run again to go on", INTERNAL_ERROR)

    def _submit(self, function: Callable[[WorkerTools, B], R], batch: B) -> Awaited[R]:
        client = self._client or self._start()
        if time.monotonic() - self._looked > _LOOK:  # workers come, too
            self.look()
        return _Answer(self, client.submit(pickle.loads, call(self._order, packed(function, batch)), pure=False))

    def close(self, *, at_once: bool) -> None:
        """Leave the cluster; this machine's ends."""
        if self._client:
            self._client.close(timeout=2)
        if self._cluster:
            self._cluster.close(timeout=10)


class _Answer(Generic[R]):
    """What comes of a batch; the cluster forgets it with this."""

    def __init__(self, cluster: Cluster, future: Any) -> None:
        self._cluster, self._future = cluster, future

    def result(self) -> R:
        from distributed import CancelledError, KilledWorker  # noqa: PLC0415

        there = time.monotonic()
        while True:
            try:
                answer = self._future.result(timeout=_LOOK)
                break
            except TimeoutError:
                if self._cluster.look():
                    there = time.monotonic()
                if time.monotonic() - there > PATIENCE:
                    why = f"the Dask scheduler at {self._cluster.address} lost its workers: run again to go on"
                    raise RunError(why, INTERNAL_ERROR) from None
            except ImportError as error:
                why = f"a Dask worker cannot do it ({error}): this project must be installed where it runs"
                raise RunError(why, WRONG_USAGE) from None
            except KilledWorker:
                raise BrokenProcessPool from None
            except (CancelledError, OSError):
                raise self._cluster.is_gone() from None
        self._future.release()
        result: R = result_of(answer)
        return result


@contextmanager
def _left_to_parent() -> Iterator[None]:
    """Processes that are started meanwhile never hear of Ctrl-C: whoever started them ends them."""
    resource_tracker.ensure_running()  # it would have them hear of it again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
