"""Misbehaviour of documents: lying encodings, odd JSON."""

from __future__ import annotations

import json

from tests.hostile.make import (
    jsonfeed,
    make_items,
    rss,
    titled,
)
from tests.hostile.registry import (
    body,
)

# ----- encodings
CN = [
    "英伟达恢复向中国销售芯片",
    "国产人工智能芯片份额达到百分之三十四",
    "商务部新闻发言人回应出口管制",
]
TW = ["輝達恢復對中國銷售晶片", "國產人工智慧晶片占比上升", "商務部回應出口管制措施"]
body(
    "e_gbk_as_utf8",
    "encoding",
    "GBK bytes declared as UTF-8 in both places: titles must be readable",
    "ok",
    3,
    lambda: rss(titled("gbku8", CN), encoding="gbk", declared="utf-8"),
    title_has="英伟达",
    priority=1,
)
body(
    "e_utf8_as_gbk",
    "encoding",
    "UTF-8 bytes declared as GBK in the XML, no charset in the header",
    "ok",
    3,
    lambda: rss(titled("u8gbk", CN), declared="gbk"),
    "application/rss+xml",
    title_has="英伟达",
)
body(
    "e_header_wins",
    "encoding",
    "header says ISO-8859-1, XML and bytes say UTF-8",
    "ok",
    3,
    lambda: rss(titled("hw", CN)),
    "application/rss+xml; charset=ISO-8859-1",
    title_has="英伟达",
    priority=1,
)
body(
    "e_textxml_ascii",
    "encoding",
    "text/xml without charset (old rule: ASCII), bytes are UTF-8",
    "ok",
    3,
    lambda: rss(titled("ta", CN)),
    "text/xml",
    title_has="英伟达",
    priority=1,
)
body(
    "e_gb2312_ext",
    "encoding",
    "declared gb2312, uses characters only in GB18030",
    "ok",
    3,
    lambda: rss(
        titled("gbx", ["镕基与龘字", "黄仁勋访华", "朱镕基"]), encoding="gb18030", declared="gb2312"
    ),
    "application/rss+xml",
    title_has="黄仁勋",
    priority=1,
)
body(
    "e_unknown",
    "encoding",
    "declared encoding does not exist",
    "ok",
    3,
    lambda: rss(titled("eunk", CN), declared="x-klingon"),
    "application/rss+xml",
    title_has="英伟达",
)
body(
    "e_utf16",
    "encoding",
    "UTF-16 with byte-order mark",
    "ok",
    3,
    lambda: rss(titled("u16", CN), encoding="utf-16"),
    "application/rss+xml",
    title_has="英伟达",
)
body(
    "e_utf16_nobom",
    "encoding",
    "UTF-16LE without mark",
    ("ok", "error"),
    (0, 3),
    lambda: rss(titled("u16n", CN), encoding="utf-16-le", declared="utf-16"),
    "application/rss+xml",
)
body(
    "e_utf32",
    "encoding",
    "UTF-32 with mark",
    ("ok", "error"),
    (0, 3),
    lambda: rss(titled("u32", CN), encoding="utf-32"),
    "application/rss+xml",
)
body(
    "e_utf7",
    "encoding",
    "UTF-7 (old smuggling trick)",
    ("ok", "error"),
    (0, 3),
    lambda: rss(titled("u7", CN), encoding="utf-7"),
    "application/rss+xml; charset=utf-7",
)
body(
    "e_bom_clash",
    "encoding",
    "UTF-8 mark, but declared as UTF-16",
    ("ok", "error"),
    (0, 3),
    lambda: b"\xef\xbb\xbf" + rss(titled("bom", CN), declared="utf-16"),
    "application/rss+xml",
)
body(
    "e_mixed",
    "encoding",
    "UTF-8 feed with one Latin-1 title",
    "ok",
    3,
    lambda: rss(titled("mix", ["caf\xe9", "英伟达", "plain"])).replace(
        "caf\xe9".encode(), b"caf\xe9"
    ),
    title_has="plain",
    priority=1,
)
body(
    "e_nul",
    "encoding",
    "NUL bytes inside titles",
    ("ok", "error"),
    (0, 3),
    lambda: rss(titled("nul", ["a@@b", "plain", "c@@"])).replace(b"@@", b"\0"),
    priority=1,
)
body(
    "e_ctrl_raw",
    "encoding",
    "raw control bytes (0x0B, 0x1B, 0x08) inside XML text",
    ("ok", "error"),
    (0, 3),
    lambda: rss(titled("ctl", ["a@@b", "plain", "c"])).replace(b"@@", b"\x0b\x1b[31m\x08"),
    priority=1,
)
body(
    "e_ffff",
    "encoding",
    "characters that XML forbids (U+FFFE, U+FFFF)",
    ("ok", "error"),
    (0, 3),
    lambda: rss(titled("ffff", ["a\ufffeb", "c\uffff", "plain"])),
)
body(
    "e_charref_ctrl",
    "encoding",
    "numeric references to control characters: &#27; &#0; &#x9b;",
    ("ok", "error"),
    (0, 3),
    lambda: rss([dict(i, title_raw="x&#27;[31mred&#x9b;2J&#0;") for i in make_items("cref", 3)]),
    priority=1,
)
body(
    "e_overlong",
    "encoding",
    "over-long UTF-8 forms",
    ("ok", "error"),
    (0, 3),
    lambda: rss(titled("ovl", ["a@@b", "plain", "c"])).replace(b"@@", b"\xc0\xbcscript\xc0\xbe"),
)

# ----- JSON
JT = "application/feed+json"
body(
    "j_deep",
    "json",
    "200 000 nested brackets: RecursionError in naive readers",
    "error",
    0,
    b'{"version":"https://jsonfeed.org/version/1.1","title":"t","items":'
    + b"[" * 200000
    + b"]" * 200000
    + b"}",
    JT,
    priority=1,
)
body(
    "j_cut",
    "json",
    "JSON cut in the middle",
    "error",
    0,
    lambda: jsonfeed(make_items("jcut", 3))[:-90],
    JT,
    priority=1,
)
body(
    "j_not_feed",
    "json",
    "JSON, but no feed",
    ("error", "ok"),
    0,
    b'{"hello": "world"}',
    "application/json",
    priority=1,
)
body(
    "j_types",
    "json",
    "items is a string, title a number",
    ("error", "ok"),
    0,
    b'{"version":"https://jsonfeed.org/version/1","title":5,"items":"none"}',
    JT,
    priority=1,
)
body(
    "j_types2",
    "json",
    "items hold null, numbers, lists; ids of all types; bad dates",
    ("error", "ok"),
    (0, 6),
    b'{"version":"https://jsonfeed.org/version/1.1","title":"t","items":[null,7,[],{"id":1,"title":"one"},'
    b'{"id":null,"title":"two","url":"https://news.example/2"},{"id":["x"],"title":"three"},'
    b'{"id":"4","title":{"a":1},"date_published":"not a date","authors":"x","tags":[1,null]},'
    b'{"id":"5","title":"five","date_published":12345,"url":7}]}',
    JT,
    priority=1,
)
body(
    "j_hugeint",
    "json",
    "a number with 10 000 digits as id",
    ("error", "ok"),
    (0, 3),
    b'{"version":"https://jsonfeed.org/version/1.1","title":"t","items":[{"id":'
    + b"9" * 10000
    + b',"title":"x"}]}',
    JT,
)
body(
    "j_nan",
    "json",
    "NaN and Infinity",
    ("error", "ok"),
    (0, 3),
    b'{"version":"https://jsonfeed.org/version/1.1","title":"t","items":[{"id":"1","title":"a","x":NaN}],"y":Infinity}',
    JT,
)
body(
    "j_bom",
    "json",
    "JSON Feed with a byte-order mark",
    "ok",
    3,
    lambda: b"\xef\xbb\xbf" + jsonfeed(make_items("jbom", 3)),
    JT,
)
body(
    "j_as_html",
    "json",
    "JSON Feed served as text/html",
    ("ok", "error"),
    (0, 3),
    lambda: jsonfeed(make_items("jhtml", 3)),
    "text/html",
)
body(
    "j_as_json",
    "json",
    "JSON Feed served as application/json",
    ("ok", "error"),
    (0, 3),
    lambda: jsonfeed(make_items("jjson", 3)),
    "application/json",
)
body(
    "j_gbk",
    "json",
    "JSON Feed in GBK bytes",
    ("ok", "error"),
    (0, 3),
    lambda: json.dumps(json.loads(jsonfeed(titled("jgbk", CN))), ensure_ascii=False).encode("gbk"),
    JT,
)
body(
    "j_nexturl",
    "json",
    "next_url, hubs and icon point elsewhere: never requested",
    "ok",
    3,
    lambda: jsonfeed(
        make_items("jnext", 3), next_url="http://127.0.0.2:9/canary", icon="http://127.0.0.2:9/x"
    ),
    JT,
)
