"""What a browser's parser (nh3's html5ever) sees in a body, told without the project's own tokenizer or policy."""

import re

import nh3

RUNS = set(
    "script style iframe object applet embed svg math template noscript noembed noframes xmp plaintext textarea title head body"
    " html form input button select base meta link frame frameset video audio source bgsound image".split()
)
HANDLERS = set(
    "onerror onload onclick onfocus onblur onmouseover onmouseout ontoggle onstart onbegin onend onanimationstart onkeydown"
    " onpointerdown onsubmit onchange oninput onwheel onscroll onresize oncopy onpaste ondrag ondrop".split()
) | {"srcdoc", "formaction", "action", "xlink:href", "ping", "http-equiv", "markdown"}
_NAMES = re.compile(r"</?([A-Za-z][^\s/>]*)")
_ATTRIBUTES = re.compile(r"([A-Za-z:_-][\w:.-]*)")
_TAG = re.compile(r"<([a-z][^\s/>]*)")
_NOISE = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\ufeff]")
_STYLE = re.compile(
    r"expression|javascript|behavior|binding|(?<!-)position\s*:\s*(?:fixed|absolute|sticky)|\b(?!rgba?|hsla?)[a-z]*\("
    r"|(?:^|;)\s*(?:translate|scale|rotate|transform|inset|offset-path|z-index|top|left|outline|box-shadow)\s*:\s*-?[a-z]*[1-9]"
    r"|margin[a-z-]*\s*:[^;]*-\d{3}|(?<![\w#])\d{5}(?:\.\d+)?(?:px|pt|em)"
)


def dangers(body: str) -> list[str]:
    """Everything dangerous that html5ever finds when it is told to keep it."""
    found: list[str] = []

    def look(tag: str, name: str, value: str) -> str:
        plain = _NOISE.sub("", value).lower()
        if (
            name in HANDLERS
            or (name.startswith("on") and len(name) > 2)
            or (
                name in ("href", "src", "background", "poster", "data")
                and re.match(
                    r"(?:(?:java|vb|live)script|ms-msdt|search-ms|intent):|data:(?!image/(?:png|gif|jpe?g|webp|bmp))",
                    plain,
                )
            )
            or (name == "rel" and "opener" in value.lower().split())
            or (name == "style" and _STYLE.search(re.sub(r"/\*.*?\*/|[\x00-\x1f]", "", value).lower()))
        ):
            found.append(f"{tag} {name}={value}")
        return value

    names = {m[1].lower() for m in _NAMES.finditer(body)} | RUNS
    seen = nh3.clean(
        body,
        tags=names,
        clean_content_tags=set(),
        attributes={"*": HANDLERS | {m[1].lower() for m in _ATTRIBUTES.finditer(body)}},
        attribute_filter=look,
        link_rel=None,
        url_schemes={
            "http",
            "https",
            "mailto",
            "ms-msdt",
            "search-ms",
            "intent",
            "javascript",
            "vbscript",
            "livescript",
            "data",
        },
    )
    return found + [m[1] for m in _TAG.finditer(seen) if m[1] in RUNS]
