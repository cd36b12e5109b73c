//! The crosstabs that the tests expect, as they are read.

/// Three banners in English.
pub(super) const BANNERS: &str = "
                                  City × Segment ─────────────────────────────────────
                                  Guangzhou ──────────────────  Kunming ──────────────
below: 95% interval        Total     Expats    Chinese users    Expats  Chinese users
                                        (A)              (B)       (A)            (B)
──────────────────────────────────────────────────────────────────────────────────────
Moments: share             23.4%       8.0%            30.0% A       –          37.7%
                       19.4–27.4   4.0–12.0        26.0–34.0                33.7–41.7
Moments: read              60.6%      74.6% b          60.0%         –          43.6%*
                       56.6–64.6  70.6–78.6        56.0–64.0                39.6–47.6
──────────────────────────────────────────────────────────────────────────────────────
n                    1,000–1,010    402–412              300        23        265–275
weighted n           1,250–1,263    503–515              375        29        331–344
effective n              800–808    321–329              240                  212–220
df                     999–1,009    401–411              299                  264–274
deff                        1.25       1.25             1.25                     1.25

                     Operating system ───
below: 95% interval        iOS    Android
─────────────────────────────────────────
Moments: share           20.0%      26.8%
                     16.0–24.0  22.8–30.8
Moments: read            59.4%      79.6%
                     55.4–63.4  75.6–83.6
─────────────────────────────────────────
n                      500–505    500–505
weighted n             625–631    625–631
effective n            400–404    400–404
df                     499–504    499–504
deff                      1.25       1.25

Withheld: Kunming, Expats: n = 23, fewer than 30 (all rows)
* With care: Kunming, Chinese users: 5 degrees of freedom, fewer than 8 (Moments: read)

Gaps
City       Measure         Compared                Gap, points   95% interval       p  corrected p  Clear  Note
───────────────────────────────────────────────────────────────────────────────────────────────────────────────
Guangzhou  Moments: share  Expats − Chinese users        −13.1  −17.1 to −9.1  <0.001        0.049  yes
Guangzhou  Moments: read   Expats − Chinese users        +14.2   10.2 to 18.2  <0.001        0.049  yes

Tests against City
Segment  Measure            F   df1   df2      p  Note
──────────────────────────────────────────────────────
Expats   Moments: share  5.19  1.49  20.9  0.022

Figures are weighted.
Letters: A Expats, B Chinese users.
";

/// The same in Chinese.
pub(super) const BANNERS_ZH: &str = "
                                 城市 × 群体 ──────────────────────────────────
                                 广州 ───────────────────  昆明 ───────────────
下行：95% 置信区间         合计   外籍用户     中国用户    外籍用户   中国用户
                                       (A)          (B)         (A)        (B)
───────────────────────────────────────────────────────────────────────────────
朋友圈：分享              23.4%       8.0%        30.0% A         –      37.7%
                      19.4–27.4   4.0–12.0    26.0–34.0              33.7–41.7
朋友圈：阅读              60.6%      74.6% b      60.0%           –      43.6%*
                      56.6–64.6  70.6–78.6    56.0–64.0              39.6–47.6
───────────────────────────────────────────────────────────────────────────────
n                   1,000–1,010    402–412          300          23    265–275
加权 n              1,250–1,263    503–515          375          29    331–344
有效 n                  800–808    321–329          240                212–220
df                    999–1,009    401–411          299                264–274
deff                       1.25       1.25         1.25                   1.25

                    操作系统 ───────────
下行：95% 置信区间        iOS    Android
────────────────────────────────────────
朋友圈：分享            20.0%      26.8%
                    16.0–24.0  22.8–30.8
朋友圈：阅读            59.4%      79.6%
                    55.4–63.4  75.6–83.6
────────────────────────────────────────
n                     500–505    500–505
加权 n                625–631    625–631
有效 n                400–404    400–404
df                    499–504    499–504
deff                     1.25       1.25

不予显示：昆明·外籍用户：n = 23，不足 30（全部指标）
* 谨慎使用：昆明·中国用户：自由度为 5，不足 8（朋友圈：阅读）

差距
城市  指标          比较                 差距（百分点）   95% 置信区间       p  校正后 p  显著  说明
────────────────────────────────────────────────────────────────────────────────────────────────────
广州  朋友圈：分享  外籍用户 − 中国用户           −13.1  −17.1 至 −9.1  <0.001     0.049  是
广州  朋友圈：阅读  外籍用户 − 中国用户           +14.2   10.2 至 18.2  <0.001     0.049  是

与城市的关联检验
群体      指标             F   df1   df2      p  说明
─────────────────────────────────────────────────────
外籍用户  朋友圈：分享  5.19  1.49  20.9  0.022

数字经加权。
字母：A 外籍用户、B 中国用户。
";

/// The same in Markdown.
pub(super) const BANNERS_MARKDOWN: &str = "
| (95% interval) | Total | Guangzhou · Expats (A) | Guangzhou · Chinese users (B) | Kunming · Expats (A) | Kunming · Chinese users (B) | iOS | Android |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
| Moments: share | 23.4% (19.4–27.4) | 8.0% (4.0–12.0) | 30.0% A (26.0–34.0) | – | 37.7% (33.7–41.7) | 20.0% (16.0–24.0) | 26.8% (22.8–30.8) |
| Moments: read | 60.6% (56.6–64.6) | 74.6% b (70.6–78.6) | 60.0% (56.0–64.0) | – | 43.6%\\* (39.6–47.6) | 59.4% (55.4–63.4) | 79.6% (75.6–83.6) |
| n | 1,000–1,010 | 402–412 | 300 | 23 | 265–275 | 500–505 | 500–505 |
| weighted n | 1,250–1,263 | 503–515 | 375 | 29 | 331–344 | 625–631 | 625–631 |
| effective n | 800–808 | 321–329 | 240 |  | 212–220 | 400–404 | 400–404 |
| df | 999–1,009 | 401–411 | 299 |  | 264–274 | 499–504 | 499–504 |
| deff | 1.25 | 1.25 | 1.25 |  | 1.25 | 1.25 | 1.25 |

- Withheld: Kunming, Expats: n = 23, fewer than 30 (all rows)
- \\* With care: Kunming, Chinese users: 5 degrees of freedom, fewer than 8 (Moments: read)

### Gaps

| City | Measure | Compared | Gap, points | 95% interval | p | corrected p | Clear | Note |
| --- | --- | --- | ---: | ---: | ---: | ---: | --- | --- |
| Guangzhou | Moments: share | Expats − Chinese users | −13.1 | −17.1 to −9.1 | &lt;0.001 | 0.049 | yes |  |
| Guangzhou | Moments: read | Expats − Chinese users | +14.2 | 10.2 to 18.2 | &lt;0.001 | 0.049 | yes |  |

### Tests against City

| Segment | Measure | F | df1 | df2 | p | Note |
| --- | --- | ---: | ---: | ---: | ---: | --- |
| Expats | Moments: share | 5.19 | 1.49 | 20.9 | 0.022 |  |

- Figures are weighted.
- Letters: A Expats, B Chinese users.
";

/// One column with figures of every unit.
pub(super) const UNITS: &str = "
                                How often ───────
                                  Several times
                                   every day or
below: 95% interval, n               more often
─────────────────────────────────────────────────
Moments: share                            30.0%
                                      26.0–34.0
                                          n 400
Moments: share, among Moments:            50.0%**
  read                                20.0–80.0
                                           n 21
Moments: share, NPS                       −12.3
                                  −20.3 to −4.3
                                          n 398
Moments: share, mean                       19.9
                                      17.4–22.4
                                          n 400
Moments: share, persons                 235,000
                                225,000–245,000
                                          n 400
Moments: share minus Moments:             +13.1
  read, points                     10.1 to 16.1
                                          n 390
─────────────────────────────────────────────────
effective n                              16–320
df                                       20–399
deff                                       1.25

** Withheld, but shown here: Several times every day or more often: n = 21, fewer than 30 (Moments: share, among Moments: read)

Gaps
Measure               Compared                         Gap   95% interval       p  corrected p  Clear  Note
───────────────────────────────────────────────────────────────────────────────────────────────────────────
Moments: share        Expats − Chinese users  −13.1 points  −17.1 to −9.1  <0.001        0.049  yes
Moments: share, mean  Expats − Chinese users         +2.50      2.46–2.54  <0.001        0.049  yes
";

/// The three banners, published.
pub(super) const PUBLISHED: &str = "
                                  City × Segment ──────────────────────────────────
                                  Guangzhou ────────────────  Kunming ─────────────
below: 95% interval        Total   Expats    Chinese users    Expats  Chinese users
                                      (A)              (B)       (A)            (B)
───────────────────────────────────────────────────────────────────────────────────
Moments: share               23%       8%              30% A       –              –
                           19–27     4–12            26–34
Moments: read                61%      75% b            60%         –              –
                           57–65    71–79            56–64
───────────────────────────────────────────────────────────────────────────────────
n, rounded to 5      1,000–1,010  400–410              300        25        265–275

                     Operating system
below: 95% interval      iOS  Android
─────────────────────────────────────
Moments: share           20%      27%
                       16–24    23–31
Moments: read            59%      80%
                       55–63    76–84
─────────────────────────────────────
n, rounded to 5      500–505  500–505

Withheld: Kunming, Expats; Kunming, Chinese users: base, yes or no count under 10, or telling one that is (all rows)

Gaps
City       Measure         Compared                Gap, points  95% interval  Clear  Note
─────────────────────────────────────────────────────────────────────────────────────────
Guangzhou  Moments: share  Expats − Chinese users          −22     −22 to −9  yes
Guangzhou  Moments: read   Expats − Chinese users          +15      10 to 18  yes

Tests against City
Segment  Measure         p  Note
────────────────────────────────────────────────────────────────────────────────────────────
Expats   Moments: share  –  withheld: base, yes or no count under 10, or telling one that is

Figures are weighted.
For publication: figures are rounded, n to 5; withheld are those that stand on fewer than 10 people, or on fewer than 10 (but not none) who said yes or no, and those from which one of these could be worked out.
Letters: A Expats, B Chinese users.
";
