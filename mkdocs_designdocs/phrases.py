"""The words in which authors say "not yet" and "not applicable"."""

from __future__ import annotations

import re

_WORDS = r"tbd|t\.b\.d\.|tba|tbc|todo|fixme|xxx|wip"
_TO_BE = (
    r"to be (?:done|decided|defined|determined|described|discussed|written|added|filled(?: in)?|completed|announced)"
)
_PHRASES = (
    rf"{_WORDS}|{_TO_BE}|to do|to follow|coming soon|(?:still )?(?:a )?work in progress|under construction"
    r"|not yet (?:written|decided|known)"
    r"|(?:will|to) be (?:added|written|filled in|provided|described)(?: later| soon)?|(?:please )?fill (?:me |this )?in"
    r"|no response|lorem ipsum\b.*|placeholder|insert text here"
)
TODO_ONLY = re.compile(rf"[\s\W_]*(?:{_PHRASES})(?![^\W_]|['’])[\s\W_]*\Z", re.IGNORECASE | re.DOTALL)
"""A block that says nothing but "not yet"."""

# After "to be written" a sentence may go on and mean something else: "to be written to disk first".
_GOES_ON = (
    r"(?=\s*(?:[.,;:!)\]_*(—–-]|\Z)|\s+(?:by|later|soon|before|once|when|after|during|in|with|as|based|separately)\b)"
)
_ANNOUNCES = r"(?![^.!?]*:[\s*_]*\Z)"  # "To be added later if needed:" is said of what follows
TODO_OPENS = re.compile(
    rf"[\s(\[_*>#-]*(?P<word>TBD|TBA|TODO|FIXME|XXX|{_TO_BE.replace('to be', 'To be')}{_GOES_ON}{_ANNOUNCES})"
    r"(?![A-Za-z'’])"
)
TODO_ENDS = re.compile(
    rf"(?:(?<![\w/`-])(?P<word>TBD|TBA|TODO|FIXME)|[.:;!?—–-]\s+(?P<phrase>{_TO_BE.replace('to be', '[Tt]o be')}))"
    r"[\s.)\]_*!]*\Z"
)
TODO_STILL = re.compile(r"\b[Ss]till (?P<word>TBD|TBA|TODO|to be (?:decided|defined|determined))(?![\w'’/-])")
TODO_WITHIN = re.compile(r"(?<![\w/`'\"-])(?P<word>TBD|TBA|TODO|FIXME)(?![\w'’/-])")
_LABEL = re.compile(r"[\s*_]*[^\s*_:][^*_:\n]{0,60}[*_]{0,3}:[*_]{0,3}\s+")
_END_OF_SENTENCE = re.compile(r"[.!?]\s")
_LETTER = re.compile(r"[^\W_]")


def not_yet(text: str) -> bool:
    """Whether a text says only that there is something to be said: `TBD`, `TODO: describe the queue`."""
    if TODO_ONLY.match(text):
        return True
    # "**Owner:** TBD" says no more.
    labelled = _LABEL.match(text)
    if labelled and TODO_ONLY.match(text, labelled.end()) and TODO_ENDS.search(text):
        return True
    opens = TODO_OPENS.match(text)
    # "TBD. For now only new tasks are covered." says more than that.
    if not opens:
        return False
    end = _END_OF_SENTENCE.search(text, opens.end())
    return not (end and _LETTER.search(text, end.end()))


_NOTHING = (
    r"n\s?/\s?a|n\.a\.|not applicable|not (?:needed|required|relevant|affected)"
    r"|(?:this (?:section )?)?(?:does not|doesn['’]t|is not|isn['’]t) (?:apply|applicable)"
    r"|none(?: (?:are |is )?(?:needed|required|planned|known|identified|necessary|foreseen|expected))?"
)
NOT_APPLICABLE = re.compile(
    rf"[\s*_(`]*(?:{_NOTHING})"
    r"(?:[\s*_)`]*\Z|[\s*_)`]*[.,;:(–—-]|\s+(?:because|since|for|as|in|at|to|yet|here|so far)\b)"
    r"|[\s*_(`]*NA[\s*_)`.]*(?:\Z|[:(–—-])",
    re.IGNORECASE,
)
"""A paragraph that says that the section has nothing to say, alone or with its reason."""
