"""Menus, share bars, notices and other lines of a page that are no part of what it says."""

import re
from collections.abc import Sequence

from briefgen.model import BlockKind
from briefgen.sources import metadata

_WORD = re.compile(r"\w+", re.UNICODE)
_SENTENCE_END = re.compile(r"[.!?…][\"”’'»)\]*_]*(?:\[\d+\]|\d{1,2})?\s*$")

_NOTICES = re.compile(
    r"""
    ^(?:©|\(c\)\s|copyright\b.{0,80}(?:©|\d{4})|.{0,80}\ball\ rights\ reserved\b)
    | ^.{0,80}\b(?:uses?|accept|using)\b.{0,40}\bcookies\b
    | ^.{0,40}\bsubscribe\ (?:to|now|today|here)\b.{0,160}$
    | ^sign\ up\ (?:for|to)\b.{0,160}$
    | ^.{0,60}\b(?:newsletter|your\ inbox|stories\ by\ email)\b.{0,60}$
    | ^(?:disclaimer\b.{0,40}:|(?:the\ )?(?:views|opinions|statements|findings|positions)\b.{0,80}
        \b(?:expressed|presented|contained|stated)\b.{0,300}\b(?:author|those\ of|not\ necessarily
        |do\ not\ (?:necessarily\ )?(?:reflect|represent)))
    | ^this\ (?:document|report|paper|publication|product|insight|in\ focus)\ (?:was|is|has\ been)\
        (?:prepared|produced|compiled)\ by\b.{0,120}(?:\bfor\b|\bcongress|\.\s)
    | ^.{0,200}\bshould\ not\ be\ relied\ upon\b
    | ^this\ (?:is\ a\ work\ of|work\ is\ licen[sc]ed)\b
    """,
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
"""Wording that no statement of a source has, so that whole sentences of it are marked too."""

_NETWORKS = (
    "facebook|twitter|x|linkedin|whatsapp|email|e-mail|reddit|pinterest|telegram|print|instagram"
    "|youtube|tumblr|copy link|link|pdf|mail|messenger|bluesky|threads|mastodon"
)
_CONTROLS = re.compile(
    rf"""
    (?:(?:share|tweet|print|e-?mail|save|like|follow|pin)
        (?:\ (?:us|on|this|via|to|in|by|with|page|article|story|post|{_NETWORKS}))*
        (?:\W+(?:{_NETWORKS}|share|tweet|print|save))*)
    | (?:{_NETWORKS})(?:[\W_]+(?:{_NETWORKS}|share|tweet))+
    | (?:back\ to(?:\ the)?\ top|top\ of\ page|skip\ to\ .{{0,30}}|menu|main\ menu|home|search
        |log\ ?in|sign\ ?in|sign\ ?up|register|contact(?:\ us)?|about(?:\ us)?|close|next|previous
        |(?:read|see|show|view|load|learn)\ (?:more|less|all).{{0,20}}|continue\ reading.{{0,60}}
        |related\ (?:stor(?:y|ies)|articles?|posts?|content|topics?|links?)\b.{{0,120}}
        |advertisement|sponsored|donate(?:\ now)?|(?:text|font)\ size|(?:add\ to\ )?bookmarks?
        |subscribe|newsletter|comments?|leave\ a\ comment|topics|tags|download(?:\ pdf)?
        |listen(?:\ to\ (?:this\ )?article)?|you\ might\ also\ like|more\ from\ .{{0,60}}
        |original\ article|\d+\ (?:min(?:ute)?s?\ read|comments?|shares?)|(?:play\ )?video|photos?
        |gallery|accept(?:\ all)?)
    | languages?\s*:.{{0,120}}
    | (?:page\s+)?\d{{1,4}}(?:\s*(?:of|/)\s*\d{{1,4}})?
    | [^\s/]+(?:\ [^\s/]+){{0,6}}\.(?:jpe?g|png|gif|webp|svg|tiff?|bmp)
    | <?(?:https?://|www\.)\S+>?
    | (?:[\s·|]*(?:!\[[^\]]*\]|\[[^\]]{{0,60}}\])\([^)]*\))+
    | (?:\s*</?[a-z][^>]{{0,400}}>\s*)+
    | keywords?\s*:.{{0,400}}
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""Lines to click on, names of pictures, links without a sentence."""

_TAIL = re.compile(
    r"(?:you (?:might|may) (?:also|like)\b.*"
    r"|related (?:articles?|stories|posts|content|reading|news)"
    r"|(?:read|up) next|more (?:stories|from|news|on this)\b.*|recommended(?: for you)?|see also"
    r"|most (?:read|popular|viewed)|latest (?:news|articles|stories)|share this\b.*)\W*",
    re.IGNORECASE,
)
"""Heading of a list of links to other pages."""

_FIELD = re.compile(
    r"[-*]?\s*\**(?:authors?|by|byline|dates?|publish(?:ed)?(?: date| on)?|source(?: url)?|tags?"
    r"|url"
    r"|domain|category|categories|topics?|section|posted|updated|language|scraped at|report"
    r"|http status|isbn|issn|doi|word count|[a-z]+_[a-z_]+|fetcher tier)\**\s*:\**(?:\s|$).*",
    re.IGNORECASE | re.DOTALL,
)
_CRUMBS = re.compile(r"[^>›»→]{1,60}(?:\s+[>›»→]\s+[^>›»→]{1,80}){1,8}")
_LEADING = re.compile(r"^(?:#{1,6}|[-*+•>])\s+")
_NO_LETTERS = re.compile(r"[\W_]*")


def mark(parts: Sequence[tuple[BlockKind, str]]) -> list[BlockKind]:
    """Kinds of a document's blocks, with those that are boilerplate marked as such.

    A whole sentence of eight words and more is never marked, but for notices on cookies,
    copyright, subscriptions and whose views these are: losing a real sentence is worse than
    keeping a menu.
    """
    kinds = [
        BlockKind.BOILERPLATE if _is_boilerplate(kind, words) else kind for kind, words in parts
    ]
    _mark_top(parts, kinds)
    _unmark_lists(parts, kinds)
    _mark_tail(parts, kinds)
    return kinds


def is_prose(words: str) -> bool:
    """Whether a text has a whole sentence of eight words or more."""
    tail = words[-40:].rstrip()
    if _SENTENCE_END.search(tail) and len(_WORD.findall(words[-2000:])) >= 8:
        return True
    return len(_WORD.findall(words[:4000])) >= 30


def _is_boilerplate(kind: BlockKind, words: str) -> bool:
    if kind is BlockKind.BOILERPLATE:
        return True
    head = " ".join(words[:1200].split())
    bare = _LEADING.sub("", head).strip("*_ ")
    if _NO_LETTERS.fullmatch(bare):
        return True
    if kind is BlockKind.TABLE:
        cells = [cell.strip() for cell in head.split("|") if cell.strip()]
        return bool(cells) and len(words) < 600 and all(_FIELD.fullmatch(cell) for cell in cells)
    if len(words) < 1000 and _NOTICES.search(bare):
        return True
    if is_prose(words):
        return False
    return len(words) < 500 and (
        bool(_CONTROLS.fullmatch(bare))
        or metadata.is_dateline(bare)
        or bool(_CRUMBS.fullmatch(bare) and not is_prose(bare))
    )


def _mark_top(parts: Sequence[tuple[BlockKind, str]], kinds: list[BlockKind]) -> None:
    """Before the first sentence: bylines, ``key: value`` lines, labels above the title."""
    first = next((i for i, (_, words) in enumerate(parts) if is_prose(words)), len(parts))
    top = [i for i in range(min(first, 40)) if kinds[i] is not BlockKind.BOILERPLATE]
    for i in top:
        words = " ".join(parts[i][1][:500].split())
        if len(words) < 400 and (metadata.byline(words) or _FIELD.fullmatch(words)):
            kinds[i] = BlockKind.BOILERPLATE
    titles = [
        i for i in top if kinds[i] is BlockKind.HEADING and len(_WORD.findall(parts[i][1])) > 2
    ]
    if titles and first < len(parts):
        for i in top:
            words = parts[i][1]
            if i < titles[0] and kinds[i] is BlockKind.HEADING and not words.startswith("#"):
                kinds[i] = BlockKind.BOILERPLATE


def _unmark_lists(parts: Sequence[tuple[BlockKind, str]], kinds: list[BlockKind]) -> None:
    """Three headings and more in a row, after the first sentence, are a list without bullets."""
    first = next((i for i, (_, words) in enumerate(parts) if is_prose(words)), len(parts))
    run: list[int] = []
    for i in range(first, len(parts) + 1):
        plain = i < len(parts) and not parts[i][1].startswith(("#", "*"))
        if plain and kinds[i] is BlockKind.HEADING:
            run.append(i)
            continue
        if len(run) > 2:
            for j in run:
                kinds[j] = BlockKind.LIST_ITEM
        run = []


def _mark_tail(parts: Sequence[tuple[BlockKind, str]], kinds: list[BlockKind]) -> None:
    """From ``You might also like`` on, where nothing but links follows."""
    for i in range(len(parts) - 1, -1, -1):
        if is_prose(parts[i][1]) and kinds[i] is not BlockKind.BOILERPLATE:
            return
        if _TAIL.fullmatch(" ".join(parts[i][1][:200].split()).strip("#*_ ")):
            kinds[i:] = [BlockKind.BOILERPLATE] * (len(parts) - i)
