"""The diagrams of one page: marks while the page is made and searched, drawings when it is shown."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import unquote

from mkdocs_designdocs.bare import diagrams
from mkdocs_designdocs.captions import FIGURE, Caption, anchor, given, plain, unique, untitled, untyped
from mkdocs_designdocs.clicks import check_clicks
from mkdocs_designdocs.design import Document
from mkdocs_designdocs.diagnostics import Diagnostic
from mkdocs_designdocs.drawings import Drawing, Studio, judge
from mkdocs_designdocs.fences import Fence, is_filled, normalise
from mkdocs_designdocs.figures import to_html
from mkdocs_designdocs.marks import PROMPT_END, PROMPT_START
from mkdocs_designdocs.mistakes import cut, explain
from mkdocs_designdocs.words import words_of

_MARK = r'<div class="designdocs-drawing" data-number="(?P<number>\d{1,9})">'
_PLACE = re.compile(rf"{_MARK}(?:<p>[^<]*</p>)?</div>")
_ITALICS = r"<em>(?P<{}>(?:(?!</?em>|</p>).)+)</em>"
_CAPTIONED = re.compile(
    rf"{_MARK}</div>(?:\s*(?:<p>{_ITALICS.format('own')}</p>|{_ITALICS.format('tight')}(?=\s*</(?:li|dd|td|th)>)))?",
    re.DOTALL,
)
_ID = re.compile(r'\sid="([^"]+)"')
_EMPTY_LINK = re.compile(r'(?P<open><a\b[^<>]*?\bhref="(?P<href>[^"#<>]*#[^"<>]+)"[^<>]*>)\s*</a>')

Figures = Mapping[tuple[str, str], Caption]
"""What can be referred to, by the address of its page and its id."""


@dataclass
class Sheet:
    """The diagrams of one page, in the order in which they were met.

    While Markdown is rendered each is a mark, and again while the page is read for the search: whatever indexes
    words wants no drawings.
    """

    studio: Studio
    url: str = ""
    """Of the page, relative to the site."""
    drawn: list[tuple[str, Drawing, Mapping[str, str]]] = field(default_factory=list)
    captions: list[Caption] = field(default_factory=list)
    """Those of the page that have an anchor, from top to bottom."""
    _pieces: dict[int, str] = field(default_factory=dict)
    _words: dict[int, str] = field(default_factory=dict)

    def place(self, source: str, attributes: Mapping[str, str]) -> str:
        """Draw a diagram and return the mark that stands for it."""
        source = normalise(source)
        self.drawn.append((source, self.studio.draw(source, attributes), attributes))
        return _mark(len(self.drawn) - 1)

    def compose(self, content: str, link: Callable[[str], str] = str) -> str:
        """Put the drawings, with their captions, in the place of their marks. `link`: see `to_html`."""
        if not self.drawn:
            return content
        content = _freed(content)
        taken = set(map(html.unescape, _ID.findall(content)))
        taken.update(attributes["id"] for _, _, attributes in self.drawn if attributes.get("id"))
        seen: dict[str, int] = {}

        def piece(match: re.Match[str]) -> str:
            number = int(match["number"])
            if number >= len(self.drawn):
                return match.group()  # no mark of ours, but what somebody has written into the page
            if _lies_in(content, match.start(), "<!--", "-->"):
                return ""
            source, drawing, attributes = self.drawn[number]
            seen[source] = nth = seen.get(source, 0) + 1
            brought = given(source, attributes)
            italics = match["own"] or match["tight"] or ""
            asked_for = _lies_in(content, match.start(), PROMPT_START, PROMPT_END)
            if asked_for:  # a template's sample is no figure of the page
                caption = Caption(html.escape(brought))
            else:
                caption = self._caption(html.escape(brought) or untyped(italics), attributes, taken)
            shown = untitled(source, attributes) if drawing.fallback else source
            self._pieces[number] = to_html(drawing, shown, nth, caption=caption, link=link)
            self._words[number] = _said(drawing, shown, caption, again=nth > 1)
            return self._pieces[number] + (match.group()[len(_mark(number)) :] if brought or asked_for else "")

        return self.refer(_CAPTIONED.sub(piece, content), figures_of([self]), last=False)

    def _caption(self, text: str, attributes: Mapping[str, str], taken: set[str]) -> Caption:
        name = attributes.get("id", "")
        if not (text or name):
            return Caption()
        name = unique(name, {known.anchor for known in self.captions}) if name else anchor(plain(text), taken)
        taken.add(name)
        number = sum(bool(caption.number) for caption in self.captions) + 1 if text else 0
        self.captions.append(Caption(text, name, number))
        return self.captions[-1]

    def aside(self, source: str, link: Callable[[str], str] = str) -> str:
        """A diagram of ours beside those of the author, as a figure; nothing where it cannot be drawn. Its words are
        on the page already. `link`: see `to_html`."""
        drawing = self.studio.draw(source)
        if drawing.svg is None:
            return ""
        number = len(self.drawn)
        self.drawn.append((source, drawing, {}))
        self._pieces[number], self._words[number] = to_html(drawing, source, link=link), ""
        return self._pieces[number]

    def refer(self, content: str, figures: Figures, *, last: bool = True) -> str:
        """The page with the numbers of what it refers to, in captions too; see the function of this name."""
        for number, piece in self._pieces.items():
            self._pieces[number] = said = refer(piece, self.url, figures, last=last)
            content = content.replace(piece, said) if said != piece else content
        return refer(content, self.url, figures, last=last)

    def show(self, content: str) -> str:
        """Put back the drawings that `hide` has taken away."""
        return _PLACE.sub(lambda m: self._pieces.get(int(m["number"]), m.group()), content)

    def hide(self, content: str) -> str:
        """Leave of each drawing its words."""
        for number, piece in self._pieces.items():
            content = content.replace(piece, _mark(number, self._words[number]))
        return content


def _lies_in(content: str, at: int, opened: str, closed: str) -> bool:
    """Whether a place of a page is between two marks: in a comment, or in what a template asks for."""
    return content.rfind(opened, 0, at) > content.rfind(closed, 0, at)


def _said(drawing: Drawing, source: str, caption: Caption, *, again: bool) -> str:
    """What there is to read of a diagram; of one that the browser draws nobody knows the labels but its source."""
    named = f"{caption.label} {caption.text}" if caption.number else caption.text
    if again or drawing.rejection:
        return named
    labels = words_of(drawing.svg, source) if drawing.svg is not None else " ".join(source.split())
    return f"{named} {labels}".strip()


def _mark(number: int, said: str = "") -> str:
    held = f"<p>{html.escape(said, quote=False)}</p>" if said else ""
    return f'<div class="designdocs-drawing" data-number="{number}">{held}</div>'


def _freed(content: str) -> str:
    """The page with every mark out of the paragraph that it stands in, where no figure may be."""
    at = 0
    while mark := _PLACE.search(content, at):
        opened, closed = content.rfind("<p>", at, mark.start()), content.find("</p>", mark.end())
        at = mark.end()
        if opened < 0 or closed < 0 or content.find("</p>", opened, mark.start()) >= 0:
            continue
        before, after = content[opened + 3 : mark.start()].strip(), content[mark.end() : closed].strip()
        head = content[:opened] + (f"<p>{before}</p>\n" if before else "") + mark.group()
        content = head + (f"\n<p>{after}</p>" if after else "") + content[closed + 4 :]
        at = len(head)
    return content


def figures_of(sheets: Iterable[Sheet]) -> Figures:
    """What can be referred to on some pages."""
    return {
        (address(sheet.url), caption.anchor): caption
        for sheet in sheets
        for caption in sheet.captions
        if caption.number
    }


def refer(content: str, url: str, figures: Figures, *, last: bool = True) -> str:
    """Links without a text that lead to a figure say its number, and on another page what it shows.

    `url`: of the page, relative to the site. `last`: whether what is no figure now never will be one.
    """

    def named(match: re.Match[str]) -> str:
        path, _, name = html.unescape(match["href"]).partition("#")
        page = address(path, url) if path else address(url)
        caption, opened = figures.get((page, unquote(name))), match["open"]
        if caption is None:  # MkDocs says that there is none; a link of no words nobody would see
            return f"{opened}{FIGURE} ?</a>" if last and name.startswith("figure-") else match.group()
        if page != address(url) and " title=" not in opened:
            opened = f'{opened[:-1]} title="{html.escape(plain(caption.text))}">'
        return f"{opened}{caption.label}</a>"

    return _EMPTY_LINK.sub(named, content) if "></a>" in content else content


def address(url: str, seen_from: str = "") -> str:
    """The address of a page, relative to the site, in the one spelling in which two can be compared."""
    return posixpath.normpath(posixpath.join(seen_from.rpartition("/")[0], unquote(url)))


def strangers(
    sheet: Sheet, document: Document | None, uri: str, *, clientless: str = "", fillers: Collection[str] = ()
) -> Iterator[Diagnostic]:
    """Every diagram that a page gets from elsewhere, from snippets and macros, can be drawn

    `clientless` and `fillers`: see `Settings`.
    """
    path = document.path if document else uri
    found = {
        source: told
        for source, drawing, attributes in sheet.drawn
        if (told := list(_about(Fence(1, 1, 1, "mermaid", attributes, source, ()), drawing, path, clientless)))
    }
    if not found:
        return
    text = document.data.decode("utf-8", "replace") if document else ""
    known = {normalise(fence.source) for fence in diagrams(text, hidden=True)}
    for source, told in found.items():
        unjudged = is_filled(source, fillers) and told[0].code == "diagram-invalid"
        if source not in known or unjudged:
            yield from (replace(one, message=f"in a diagram that this page includes: {one.message}") for one in told)


def _about(fence: Fence, drawing: Drawing, path: str, clientless: str) -> Iterator[Diagnostic]:
    """What there is to say of a diagram that stands in some other file: its line there is told in words."""
    if drawing.rejection and (line := explain(drawing.rejection, fence.source).line):
        words = cut(fence.source.split("\n")[line - 1]) if line <= fence.source.count("\n") + 1 else ""
        for one in judge(fence, drawing, path=path):
            yield replace(one, message=f"{one.message}, in `{words}`" if words else one.message)
        return
    yield from judge(fence, drawing, path=path, clientless=clientless)
    if drawing.svg is not None:
        yield from check_clicks(fence, path)
