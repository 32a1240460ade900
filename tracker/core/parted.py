"""Verbs whose words stand apart: ``takes YMTC off its list``, ``waves the H20 through``.

What stands between varies too much for a list of names, so they are read by a closed grammar on
folded text (lower case). Each gives the sentence the role that its joined form has.
"""

from __future__ import annotations

import re
from typing import Final

from tracker.core.late import late
from tracker.core.signs import sign, signs_in

_GAP: Final = r"\b[^,;:.?!]{2,50}?"
_LIST: Final = r"(?:[\w'’-]+ ){0,5}(?:list|blacklist|watchlist)\b"
_BILL: Final = r"(?:[\w'’-]+ ){0,4}(?:bill|act|ndaa|package|legislation)\b"
_CURB: Final = r"(?:[\w'’-]+ ){0,3}(?:controls?|licen[cs]\w+|restrictions?|curbs?|embargo)\b"
_GIVE: Final = r"(?:giv(?:e|es|en|ing)|gave|hand(?:s|ed|ing)?|grant(?:s|ed|ing)?|offer(?:s|ed)?)"
_TAKE: Final = (
    r"(?:tak(?:e|es|en|ing)|took|strik(?:e|es|ing)|struck|drop(?:s|ped|ping)?|pull(?:s|ed)?)"
)
_FIRM: Final = (
    r"(?!(?:trade|chips?|supply|licen|rare|tariff|truce|sales?|tech|ai\b|us\b|eu\b|china|japan|korea|india"
    r"|taiwan|trump|xi\b|mineral|peace|arms|security|tiktok|export|nuclear|new|big|latest)\w*)\w{2,}"
)
"""A word that may name a firm that is bought: no ware, no capital, nothing of talks."""

_LEAVE: Final = (
    r"(?:drop(?:s|ped|ping)?|strip(?:s|ped|ping)?|leav(?:e|es|ing)|left|cut(?:s|ting)?|struck|kept"
    r"|keep(?:s|ing)?|omit(?:s|ted)?|remov(?:e|es|ed|ing)|axe[sd]?)"
)
_FORMS: Final[tuple[tuple[str, tuple[str, ...], re.Pattern[str]], ...]] = (
    ("remove", (" off ", " from "), late(rf"\b{_TAKE}{_GAP} (?:off|from) {_LIST}")),
    ("drop-bill", (" from ", " out of "), late(rf"\b{_LEAVE}{_GAP} (?:from|out of) {_BILL}")),
    ("ban", (" off", " out"), late(
        r"\b(?:cut(?:s|ting)?|shut(?:s|ting)?|lock(?:s|ed|ing)?|freez(?:e|es|ing)|froze"
        rf"|keep(?:s|ing)?|kept|squeez(?:e|es|ed))(?! jobs| costs| prices){_GAP} (?:off from|out of"
        r"|off|out)\b(?! the (?:bill|act))")),
    ("grant", ("审批", "申请"), late(
        r"(?:恢复|重启|重新(?:开始)?)(?:受理|办理|处理)?[^,，。;；:： ]{0,16}?"
        r"(?:审批|许可申请)(?![权制要])")),
    ("grant", (" through",), late(rf"\bwav(?:e|es|ed|ing){_GAP} through\b")),
    ("grant", ("give", "giving", "gave", "hand", "grant", "offer"), late(
        rf"\b{_GIVE}{_GAP} (?:nod|go-ahead|green[ -]light|thumbs[ -]up|clearance|permission"
        r"|approval|licen[cs]es?|permits?|blessing)\b")),
    ("lift", ("reprieve", "lifeline", "breather", "free pass", "exemption", "waiver", "more time",
              "grace period", "relief"), late(
        rf"\b(?:{_GIVE}|wins?|won|gets?){_GAP} (?:reprieve|lifeline|breather|free pass|exemptions?"
        r"|waivers?|more time|grace period|relief)\b")),
    ("lift", ("free",), late(rf"\bfree[sd]?{_GAP} (?:from|of) {_CURB}")),
    ("suspend", (" on hold", " on ice", " on pause"), late(
        rf"\bput(?:s|ting)?{_GAP} on (?:hold|ice|pause)\b")),
    ("suspend", ("push",), late(
        r"\bpush(?:es|ed)? back (?:[\w'’-]+ ){0,5}(?:deadline|date|start|rules?|tariffs?)\b")),
    ("merger", ("deal",), late(
        rf"\b(?:[\w-]+['’]s? (?:[$€¥]?\d[\w.]*(?:[ -](?:billion|million|bn))? )?{_FIRM}"
        rf"|{_FIRM}-{_FIRM}) deal\b")),
    ("resume-production", ("start", "resum"), late(
        rf"\b(?:re-?start|resum)(?:s|ed|e|es|ing)?{_GAP} "
        r"(?:production|output|assembly|orders|lines?)\b")),
    ("deny", ("驳回", "被拒", "遭拒"), late(
        r"申请[^,，。;；:： ]{0,8}?(?:驳回|被拒|遭拒)")),
    ("resume-production", ("重启", "恢复"), late(
        r"(?:重启|恢复)[^,，。;；:： ]{0,10}?(?:生产线|产线|投产|接单|接受订单)")),
    ("halt-production", ("halt", "stop", "suspend", "paus", "cut", "trim", "slash", "reduc", "idl",
                         "shut", "curtail"), late(
        r"\b(?:halt|stop|suspend|paus|cut|trim|slash|reduc|idl|shut|curtail)(?:s|ed|e|es|ing|ped"
        rf"|ping|med|ting)?{_GAP} (?:production|output|assembly|plants?|lines?|factory|factories)"
        r"\b")),
    ("cuts-quota", ("quota",), late(
        r"\b(?:cut|trim|slash|lower|reduc|shrink)(?:s|es|ed|d|ing|ting|ming|med|e)?"
        rf"{_GAP} quotas?\b")),
    ("speeds-licences", ("加快", "加速"), late(
        r"(?:加快|加速)[^,，。;；:： ]{0,16}?(?:审批|许可|审查)")),
    ("licence-stop", ("slow", "stall", "drag"), late(
        r"\b(?:slow|stall|drag)(?:s|ed|ing)?\b[^,;:.?!]{0,50}?\b(?:licen[cs]\w+|permits?|approvals?)\b")),
    ("loses-case", ("bid", "suit", "challenge", "appeal", "petition", "attempt", "case"), late(
        r"\b(?:reject|dismiss|toss|throw|threw|den(?:y|i)|refus|lose|lost)(?:s|es|ed|ing)?"
        rf"{_GAP} (?:bid|(?:law)?suit|challenge|appeal|attempt|petition|case)\b")),
    ("keeps-curbs", ("keep", "maintain", "retain", "stick", "维持", "保留"), late(
        r"\b(?:keep(?:s|ing)?|kept|maintain(?:s|ing)?|retain(?:s|ing)?|stick(?:s|ing)? (?:to|with))"
        r"(?: (?!on\b|over\b|about\b|against\b|despite\b|under\b|amid\b|ahead\b|for\b|from\b|up\b"
        r"|track\b|pace\b|\w+ing\b)[\w.'’-]+){0,5}? (?:curbs?|controls|limits|ban|restrictions)\b"
        r"|(?:维持|保留)[^,，。;；]{0,14}(?:管制|限制|禁令|禁运)")),
    ("grant", ("获",), late(
        r"(?<![未须需不待难曾])获(?!悉|利|释|刑|罪|许)[^,，。;；、未不]{0,8}?许可(?!证?(?:被|遭))")),
    ("withdraw-plan", ("call",), late(rf"\bcall(?:s|ed|ing)?{_GAP} off\b")),
    ("revoke", ("strip",), late(
        rf"\bstrip(?:s|ped|ping)?{_GAP} of (?:[\w'’-]+ ){{0,4}}(?:licen[cs]\w+|waivers?|status"
        r"|permits?|exemptions?|access)\b")),
    ("require", ("subject to", "must "), late(
        rf"\b(?:mak(?:e|es|ing)|made){_GAP} subject to\b|\bmust {_GAP}(?:licen[cs]es?"
        r"|permi(?:ts?|ssion)|approval)\b")),
    ("require", ("need",), late(
        r"(?<!longer )(?<!not )(?<!n't )(?<!n’t )\bneed(?:s|ed|ing)?"
        rf"{_GAP} (?:licen[cs]es?|permi(?:ts?|ssion)|approval) (?:to|before|for|from)\b")),
    ("annual-licence", ("annual ", "yearly ", "one-year "), late(
        r"\b(?:annual|yearly|one-year) (?:[\w.'’-]+ ){1,3}(?:licen[cs]es?|permits?|approvals?)\b")),
    ("impose", (" under ",), late(
        rf"\b(?:bring(?:s|ing)?|brought|plac(?:e|es|ed|ing)|put(?:s|ting)?){_GAP} under {_CURB}")),
)  # fmt: skip
"""A role, signs of which one stands in each sentence that gives it, and how it is told."""


_SIGNED: Final = tuple((sign(*signs), role, form) for role, signs, form in _FORMS)


def parted(text: str) -> set[str]:
    """The roles that verbs of a sentence (folded) give whose words stand apart.

    >>> sorted(parted("us takes ymtc off pentagon list, gives nvidia its nod"))
    ['grant', 'remove']
    >>> parted("judge rejects dji's bid to leave pentagon list")
    {'loses-case'}
    >>> parted("us keeps chip curbs"), parted("trump keeps china guessing on chip curbs")
    ({'keeps-curbs'}, set())
    >>> parted("us adds ymtc to list")
    set()
    """
    seen = signs_in(text)
    return {role for signs, role, form in _SIGNED if seen & signs and form.search(text)}


def partable(text: str) -> list[str]:
    """The roles that a sentence (folded) has the signs of; no others can be given it.

    >>> partable("us gives nvidia its nod"), partable("us adds ymtc to list")
    (['grant'], [])
    """
    seen = signs_in(text)
    return [role for signs, role, _ in _SIGNED if seen & signs]
