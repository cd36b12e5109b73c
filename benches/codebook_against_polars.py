"""How long `wxstats codebook` takes for 1,000 people and 60 questions, against polars reading the same file in the same run.

    python benches/codebook_against_polars.py [target/release/wxstats]

Needs polars (`pip install polars`, best in a virtual environment outside the repository); without it nothing is measured and the
exit code is 0. Both are timed by their fastest of several turns, taken in turn: wxstats as a process from start to end,
polars only `read_csv` of a file that is warm. Exit code 1 when the ratio is above 5.
"""

import csv
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PEOPLE, TURNS, MOST = 1000, 15, 5.0
OPTIONS = ["朋友圈", "公众号", "小程序", "微信支付", "视频号", "红包", "搜一搜", "看一看"]
POINTS = ["非常不满意", "不满意", "一般", "满意", "非常满意"]
CITIES = ["广东-广州市-天河区", "上海-上海市-徐汇区", "北京-北京市-海淀区"]


def survey(path: Path) -> None:
    """An export as 问卷星 writes it: 60 questions of seven kinds."""
    draw = random.Random(20261121)
    kinds = [
        lambda: draw.choice(["中国", "美国", "法国"]),
        lambda: draw.choice(CITIES),
        lambda: "┋".join(option for option in OPTIONS if draw.random() < 0.4) or "(空)",
        lambda: draw.choice(["从不", "偶尔", "经常", "(跳过)"]),
        lambda: draw.choice(POINTS),
        lambda: str(draw.randrange(5, 300)),
        lambda: "".join(draw.choice("很好不错谢谢希望更快一点") for _ in range(draw.randrange(30))),
    ]
    titles = ["您的国籍", "您居住的城市", "您使用哪些功能", "您分享吗", "您满意吗", "每天几分钟", "建议"]
    asked = [0, 1] + [2 + index % 5 for index in range(58)]
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        meta = ["序号", "提交答卷时间", "所用时间", "来源", "来源详情", "来自IP"]
        rows.writerow(meta + [f"{number}、{titles[kind]}" for number, kind in enumerate(asked, 1)])
        for person in range(1, PEOPLE + 1):
            first = [person, "2026/9/18 19:20:55", f"{draw.randrange(30, 900)}秒", "微信", "N/A", "127.0.0.1(广东-深圳)"]
            rows.writerow(first + [kinds[kind]() for kind in asked])


def seconds(work) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> int:
    program = sys.argv[1] if len(sys.argv) > 1 else "target/release/wxstats"
    try:
        import polars
    except ImportError:
        print("polars is not installed: nothing was measured")
        return 0
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "survey.csv"
        survey(path)
        draft = [program, "codebook", str(path), "--quiet"]
        ours, theirs = [], []
        for _ in range(TURNS):
            ours.append(seconds(lambda: subprocess.run(draft, check=True, capture_output=True)))
            theirs.append(seconds(lambda: polars.read_csv(path)))
    ratio = min(ours) / min(theirs)
    print(
        f"wxstats codebook {min(ours) * 1000:.1f} ms, polars {polars.__version__} read_csv {min(theirs) * 1000:.1f} ms: "
        f"{ratio:.1f} times (at most {MOST:.0f})"
    )
    return 0 if ratio <= MOST else 1


if __name__ == "__main__":
    sys.exit(main())
