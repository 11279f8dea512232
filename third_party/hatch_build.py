"""The build hook: puts the third-party files of the pages into the package, also for an editable installation."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

WITHOUT = "KG_WITHOUT_THIRD_PARTY"  # set it to build with no npm registry in reach; the pages do without


class ThirdPartyHook(BuildHookInterface[Any]):
    """Fetches before the wheel is put together."""

    def dependencies(self) -> list[str]:
        """Node, where the machine has none."""
        fetch = _fetch(self.root)
        return [] if os.environ.get(WITHOUT) or fetch.npm() else [fetch.NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Fetch; an editable installation goes on without, since fetching can be made up for."""
        fetch = _fetch(self.root)
        build_data["artifacts"] += [f"kg/_third_party/{name}/" for name in fetch.shipped()]
        if os.environ.get(WITHOUT):
            return
        try:
            fetch.fetch()
            if version == "editable":  # a checkout, whose tests need more
                fetch.fetch(fetch.DEVELOPMENT, "development")
        except fetch.FetchError as error:
            if version != "editable":
                raise SystemExit(f"third-party files: {error} (set {WITHOUT}=1 to build without them)") from error
            self.app.display_warning(f"third-party files: {error}; later: python third_party/fetch.py")


def _fetch(root: str) -> ModuleType:
    """The module third_party/fetch.py, which no package holds."""
    spec = importlib.util.spec_from_file_location("fetch", Path(root, "third_party", "fetch.py"))
    if spec is None or spec.loader is None:
        raise SystemExit("third_party/fetch.py is missing")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
