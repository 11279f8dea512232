"""What a browser sees: the page to ask from, the files that it is made of, and the explorer that was built."""

from __future__ import annotations

import logging
from functools import partial
from pathlib import Path

import jinja2
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from kg import __version__, assets
from kg.errors import AssetMissing
from kg.graph.terms import PREFIXES
from kg.query import named_questions
from kg.query.question import Question
from kg.serve.options import Options

log = logging.getLogger("kg.serve")

_OWN = Path(__file__).parent / "assets"
_EDITOR = ("yasgui/yasgui.min.js", "yasgui/yasgui.min.css")
_FILES = {"query.js": "text/javascript", "query.css": "text/css"}
_KINDS = {".js": "text/javascript", ".css": "text/css"}
# Styles may stand in the page: the editor sets some on its elements.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_EXPLORER_POLICY = "frame-ancestors 'none'"  # the page brings a stricter one of its own
_BUILT = {"graph.html": "text/html", "summary.json": "application/json"}


def routes(folder: Path, options: Options) -> list[BaseRoute]:
    """The routes of all pages and files; those that were built are read from `folder` anew each time."""
    page = partial(_page, folder=folder, options=options)
    return [
        Route("/", page),
        *(Route(f"/assets/{name}", partial(_file, path=_OWN / name, kind=kind)) for name, kind in _FILES.items()),
        *(Route(f"/assets/{name}", partial(_third_party, name=name)) for name in _EDITOR),
        *(Route(f"/{name}", partial(_built, path=folder / name, kind=kind)) for name, kind in _BUILT.items()),
    ]


async def _page(_: Request, folder: Path, options: Options) -> Response:
    text = _template().render(
        version=__version__,
        editor=_EDITOR if assets.there(*_EDITOR) else (),
        explorer=(folder / "graph.html").is_file(),
        questions=[{"title": one.title, "text": text} for one in named_questions() if (text := _as_text(one))],
        seconds=f"{options.seconds:g}",
        writes=bool(options.token),
    )
    return HTMLResponse(text, headers={"content-security-policy": _POLICY, "cache-control": "no-cache"})


def _template() -> jinja2.Template:
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    return environment.from_string((_OWN / "query.html").read_text("utf-8"))


def _as_text(question: Question) -> str:
    """A named question as SPARQL that stands alone; empty where it is none, or needs a parameter."""
    if question.function or any(parameter.required for parameter in question.parameters):
        return ""
    lines = [line for line in question.text({}).splitlines() if not line.startswith("#:")]
    text = "\n".join(lines).strip()
    used = {name: iri for name, iri in PREFIXES.items() if f"{name}:" in text and f"PREFIX {name}:" not in text}
    return "\n".join([*(f"PREFIX {name}: <{iri}>" for name, iri in used.items()), text])


async def _file(_: Request, path: Path, kind: str) -> Response:
    return FileResponse(path, media_type=kind, headers={"cache-control": "no-cache"})


async def _third_party(_: Request, name: str) -> Response:
    try:
        path = assets.path(name)
    except AssetMissing as error:
        raise HTTPException(404, str(error)) from error
    return FileResponse(path, media_type=_KINDS[path.suffix], headers={"cache-control": "no-cache"})


async def _built(_: Request, path: Path, kind: str) -> Response:
    if not path.is_file():
        raise HTTPException(404, f"{path.name}: not there; run 'kg build' first")
    return FileResponse(path, media_type=kind, headers={"content-security-policy": _EXPLORER_POLICY})
