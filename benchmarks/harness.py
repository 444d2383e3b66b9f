"""What all measurements share: rounds in which all tasks take turns, medians, and what a process costs."""

import gc
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent
BIN = Path(sys.executable).parent
Timed = Callable[[], float]


@dataclass
class Found:
    """What was measured: ratios, which mean the same on any machine, and figures, which do not."""

    quick: bool
    ratios: dict[str, float] = field(default_factory=dict)
    figures: dict[str, str] = field(default_factory=dict)

    def size(self, full: int, quick: int) -> int:
        """How many of something: fewer in a quick run."""
        return quick if self.quick else full

    def ratio(self, name: str, ours: float, base: float) -> None:
        self.ratios[name] = ours / base

    def figure(self, name: str, value: float, unit: str) -> None:
        self.figures[name] = f"{value:.3g} {unit}" if value < 1000 else f"{value:,.0f} {unit}"


@dataclass(frozen=True)
class Done:
    """What a process cost, with all processes that it started and waited for."""

    cpu: float
    """Seconds of user and system time."""
    seconds: float
    peak: float
    """MB: the most that it, or one of those that it started, had at once."""
    waited: float
    """Seconds for which its main thread waited for the disk, as the kernel counts states: sampled."""


def interleaved(tasks: Mapping[str, Timed], rounds: int) -> dict[str, float]:
    """The median of what each task says it took; all take turns, so that a busy machine strikes all alike.

    Where there is more than one round, another before them is not counted.
    """
    took: dict[str, list[float]] = {name: [] for name in tasks}
    for _ in range(rounds + (rounds > 1)):
        for name, task in tasks.items():
            took[name].append(task())
    return {name: statistics.median(values[rounds > 1 :]) for name, values in took.items()}


def cpu(task: Callable[..., object], calls: Iterable[Sequence[object]]) -> float:
    """Seconds of this process's time for calls with these arguments, with no collection of garbage that others left."""
    gc.collect()
    gc.disable()
    begun = time.process_time()
    for arguments in calls:
        task(*arguments)
    took = time.process_time() - begun
    gc.enable()
    return took


def run(
    *command: object,
    env: Mapping[str, str] | None = None,
    cwd: Path = ROOT,
    codes: tuple[int, ...] = (0,),
    sample: float = 0.02,
) -> Done:
    """Run a command to its end; ``sample``: how often, in seconds, it is looked at. Another exit code is an error."""
    with tempfile.TemporaryFile() as said:
        begun = time.perf_counter()
        process = subprocess.Popen(
            list(map(str, command)), cwd=cwd, env={**os.environ, **(env or {})}, stdout=said, stderr=said
        )
        watch = _Watch(process.pid, sample)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        watch.end()
        if process.returncode not in codes:
            said.seek(0)
            raise RuntimeError(f"{command}: exit {process.returncode}\n{said.read().decode(errors='replace')[-3000:]}")
    return Done(usage.ru_utime + usage.ru_stime, seconds, watch.peak, watch.waited)


def finews(*args: object, output: Path, tree: Path = ROOT, **how: object) -> Done:
    """Run one of the project's commands, of the checkout in ``tree``."""
    return run(BIN / "scrapy", *args, "-s", f"FINEWS_OUTPUT_DIR={output}", cwd=tree, **how)  # type: ignore[arg-type]


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder on the disk that is measured (TMPDIR), removed at the end."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        yield Path(folder)


class _Watch:
    """Looks at a process while it runs: `ru_maxrss` begins with what its parent had, and tells nothing of waiting."""

    def __init__(self, pid: int, sample: float) -> None:
        self.peak = self.waited = 0.0
        self._pid, self._sample, self._over = pid, sample, threading.Event()
        self._thread = threading.Thread(target=self._look)
        self._thread.start()

    def end(self) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        last = time.perf_counter()
        task, number = Path(f"/proc/{self._pid}/task/{self._pid}"), 0
        while not self._over.wait(self._sample):
            now = time.perf_counter()
            with suppress(OSError):  # it has just ended
                if (task / "stat").read_bytes().rpartition(b")")[2][1:2] == b"D":
                    self.waited += now - last
                if number % max(1, int(0.02 / self._sample)) == 0:
                    children = (task / "children").read_text().split()
                    self.peak = max(self.peak, *map(_most_memory, [str(self._pid), *children]))
            last, number = now, number + 1


def _most_memory(pid: str) -> float:
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return 0.0
