"""Telling a wall for robots from a plain refusal."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

_SIGNS: Final = (
    (rb"just a moment|cf-chl|challenge-platform|attention required! \| cloudflare", "Cloudflare"),
    (rb"incapsula|imperva", "Imperva"),
    (rb"datadome", "DataDome"),
    (rb"perimeterx|px-captcha", "PerimeterX"),
    (rb"akamai|access denied.{0,200}reference #", "Akamai"),
    (rb"g-recaptcha|h-captcha|hcaptcha|captcha", "a captcha"),
    (rb"enable javascript|javascript is (?:disabled|required)", "a browser check"),
    (rb"verify (?:that )?you are (?:a )?human|are you a robot|unusual traffic", "a robot check"),
    ("安全验证|访问验证|人机验证|滑动验证|驗證您是|行为验证".encode(), "a robot check"),
)
_COMPILED: Final = tuple(
    (re.compile(sign, re.IGNORECASE | re.DOTALL), name) for sign, name in _SIGNS
)


def looks_blocked(status: int, headers: Mapping[str, str], head: bytes) -> str:
    """Who or what keeps robots out, in a word; empty where nothing says so.

    >>> looks_blocked(403, {"cf-mitigated": "challenge"}, b"")
    'Cloudflare'
    >>> looks_blocked(403, {}, b"<title>Forbidden</title>")
    ''
    """
    if headers.get("cf-mitigated"):
        return "Cloudflare"
    if status not in (200, 401, 403, 405, 406, 429, 503):
        return ""
    return next((name for sign, name in _COMPILED if sign.search(head[:8192])), "")
