"""Work in a process of its own, so that the memory of one measurement does not hide that of the next."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def fresh(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """`work` in a fresh interpreter: a fork would start with the memory of this one."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(work, *args, **kwargs).result()
