#!/usr/bin/env python3
"""Builds the five font subsets beside this file from Inter and Noto Sans SC, and checks them against SHA256SUMS.

In any other folder, on Debian 12 (bookworm) with Python 3.11 and npm, FONTS being the folder of this file:

    python3 -m venv venv
    venv/bin/pip install fonttools==4.68.0 brotli==1.2.1      # brotli reads woff2
    npm pack inter-ui@4.1.1                                   # OFL-1.1: Inter 4.1
    tar xzf inter-ui-4.1.1.tgz
    apt-get download fonts-noto-cjk=1:20220127+repack1-1      # OFL-1.1: Noto Sans CJK 2.004
    dpkg-deb -x fonts-noto-cjk_*_all.deb noto
    venv/bin/python FONTS/build.py package/web noto/usr/share/fonts/opentype/noto built

The last argument is a folder for the result; the committed fonts are never overwritten. The same packages give the same
bytes. Where they do not, the program says which files differ, and in what: tables, characters, widths, outlines.

Noto Sans CJK: face 2 of the collection (SC), the characters of gb2312-and-latin.txt, kerning and composition only.
`locl` would bring in the Japanese, Korean and Taiwanese variants and double the size.

Inter: the characters of latin.txt. Digits, plus and minus are then mapped to their tabular glyphs, so that numbers
align without anybody's asking for `tnum`. Saved as plain TrueType, not woff2, which readers of sfnt fonts reject.

Both lose their hinting and keep their name records in English, those of copyright and licence among them.
"""

import hashlib
import sys
import tempfile
from pathlib import Path

import fontTools
from fontTools import subset
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont

HERE = Path(__file__).resolve().parent
FONTTOOLS = "4.68.0"

# The files that are read from the two packages.
SOURCES = {
    "Inter-Regular.woff2": "e06f6b1bc553aaea4e4668023ed0ab0a147129c3107f511bc7d03d361b0ae085",
    "Inter-SemiBold.woff2": "5cb7103e4e605989afebc03d989c79201e54b21b5183db33981f70db9178a301",
    "Inter-Bold.woff2": "fa888127b6da015b65569f0351f3b5c391ad928904951f1c20e9f8462a8d95ea",
    "NotoSansCJK-Regular.ttc": "b76b0433203017ca80401b2ee0dd69350349871c4b19d504c34dbdd80541690a",
    "NotoSansCJK-Bold.ttc": "faa5f3656a78b2e2d450d27fe8382c778bc2b6bb5ea29c986664a6a435056ceb",
}

# HarfBuzz's repacker is used where it happens to be installed, and might lay out GSUB and GPOS differently.
BOTH = ["--no-hinting", "--name-IDs=*", "--no-harfbuzz-repacker"]
INTER = [*BOTH, f"--text-file={HERE / 'latin.txt'}", "--layout-features=kern,ccmp,locl,mark,mkmk,tnum,case"]
NOTO = [
    *BOTH,
    f"--text-file={HERE / 'gb2312-and-latin.txt'}",
    "--font-number=2",
    "--layout-features=kern,ccmp",
    "--desubroutinize",
    "--drop-tables+=vhea,vmtx,VORG,BASE",
]

TABULAR = "0123456789+\N{MINUS SIGN}"

# head.modified of the Inter subsets, in seconds since 1904: when the committed ones were made, 2026-11-20T21:10:07Z.
# Without it every run would write its own time. The Noto subsets keep the date of their source.
MODIFIED = 3878053807


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def bake_tabular(font):
    """Maps digits, plus and minus to the glyphs that `tnum` would put in their place."""
    gsub = font["GSUB"].table
    features = [record.Feature for record in gsub.FeatureList.FeatureRecord if record.FeatureTag == "tnum"]
    tabular = {}
    for index in sorted({index for feature in features for index in feature.LookupListIndex}):
        for table in gsub.LookupList.Lookup[index].SubTable:
            tabular |= getattr(table, "ExtSubTable", table).mapping
    cmap = font.getBestCmap()
    baked = {ord(char): tabular[cmap[ord(char)]] for char in TABULAR}
    if len({font["hmtx"][glyph][0] for glyph in baked.values()}) != 1:
        sys.exit("the tabular glyphs are not all of one width")
    for table in font["cmap"].tables:
        table.cmap.update(baked)


def build_inter(source, target):
    with tempfile.TemporaryDirectory() as folder:
        step = Path(folder) / "subset.woff2"
        subset.main([str(source), f"--output-file={step}", *INTER])
        with TTFont(step, recalcTimestamp=False) as font:
            font.cfg["fontTools.ttLib.tables.otBase:USE_HARFBUZZ_REPACKER"] = False
            bake_tabular(font)
            font.flavor = None
            font["head"].modified = MODIFIED
            font.save(target)


def build_noto(source, target):
    subset.main([str(source), f"--output-file={target}", *NOTO])


def layout_features(font, tag):
    records = font[tag].table.FeatureList.FeatureRecord if tag in font else []
    return sorted({record.FeatureTag for record in records})


def outline(font, char):
    glyphs = font.getGlyphSet()
    pen = DecomposingRecordingPen(glyphs)
    glyphs[font.getBestCmap()[char]].draw(pen)
    return pen.value


def shown(chars):
    listed = " ".join(f"U+{char:04X}" for char in sorted(chars)[:20])
    return f"{len(chars)} ({listed}{' …' if len(chars) > 20 else ''})" if chars else "none"


def differences(committed, built):
    """What somebody who looks at two fonts would want to know, one line each."""
    with TTFont(committed) as old, TTFont(built) as new:
        raw = [{tag: font.reader[tag] for tag in font.reader.keys()} for font in (old, new)]
        tables = sorted(tag for tag in raw[0].keys() | raw[1].keys() if raw[0].get(tag) != raw[1].get(tag))
        yield f"tables that differ: {', '.join(tables) or 'none, only their order or padding'}"
        if old["head"].modified != new["head"].modified:
            yield f"head.modified: {old['head'].modified} committed, {new['head'].modified} built"
        counts = [font["maxp"].numGlyphs for font in (old, new)]
        if counts[0] != counts[1]:
            yield f"glyphs: {counts[0]} committed, {counts[1]} built"
        for tag in ("GSUB", "GPOS"):
            features = [layout_features(font, tag) for font in (old, new)]
            if features[0] != features[1]:
                yield f"{tag} features: {' '.join(features[0])} committed, {' '.join(features[1])} built"
        cmaps = [font.getBestCmap() for font in (old, new)]
        both = cmaps[0].keys() & cmaps[1].keys()
        widths = {char for char in both if old["hmtx"][cmaps[0][char]][0] != new["hmtx"][cmaps[1][char]][0]}
        outlines = {char for char in both if outline(old, char) != outline(new, char)}
        yield f"characters only committed: {shown(cmaps[0].keys() - both)}"
        yield f"characters only built: {shown(cmaps[1].keys() - both)}"
        yield f"of {len(both)} common characters, other width: {shown(widths)}, other outline: {shown(outlines)}"


def main(inter, noto, out):
    if out.resolve() == HERE:
        sys.exit("build into another folder than that of the committed fonts")
    out.mkdir(parents=True, exist_ok=True)
    if fontTools.version != FONTTOOLS:
        print(f"note: fonttools is {fontTools.version}, the committed fonts were made with {FONTTOOLS}")

    jobs = [
        (inter / "Inter-Regular.woff2", "InterT-Regular.ttf", build_inter),
        (inter / "Inter-SemiBold.woff2", "InterT-SemiBold.ttf", build_inter),
        (inter / "Inter-Bold.woff2", "InterT-Bold.ttf", build_inter),
        (noto / "NotoSansCJK-Regular.ttc", "NotoSansSC-Regular-l2.otf", build_noto),
        (noto / "NotoSansCJK-Bold.ttc", "NotoSansSC-Bold-l2.otf", build_noto),
    ]
    for source, name, build in jobs:
        if not source.is_file():
            sys.exit(f"{source} is missing")
        if sha256(source) != SOURCES[source.name]:
            print(f"note: {source.name} is not the file that the committed fonts were made from")
        build(source, out / name)

    lines = (HERE / "SHA256SUMS").read_text(encoding="ascii").splitlines()
    sums = {name: digest for digest, name in (line.split() for line in lines)}
    if sums.keys() != {name for _, name, _ in jobs}:
        sys.exit("SHA256SUMS does not list the five fonts")
    wrong = 0
    for name, digest in sums.items():
        if sha256(HERE / name) != digest:
            print(f"{name}: the committed file is not what SHA256SUMS says")
            wrong += 1
        if sha256(out / name) == digest:
            print(f"{name}: same")
            continue
        print(f"{name}: DIFFERS")
        wrong += 1
        for line in differences(HERE / name, out / name):
            print(f"    {line}")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*map(Path, sys.argv[1:]))
