// Tables are sorted by the buttons in their heads, and printed with all details open. Without it nothing is missing.
"use strict";
(() => {
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });

  // The number at the start of a cell: "1,234", "−23 (−28 to −18)", "\u003c0.001"; NaN where there is none.
  const number = (text) => {
    const found = /^\u003c?[+\u2212]?\d[\d,]*(\.\d+)?/.exec(text);
    return found ? Number(found[0].replace(/[\u003c,+]/g, "").replace("\u2212", "-")) : NaN;
  };
  const isMissing = (text) => text === "" || text === "\u2013";

  const sortable = (table) => {
    const body = table.tBodies[0];
    const heads = [...table.tHead.rows[0].cells];
    const rows = [...body.rows];
    const cell = (row, column) => row.cells[column].textContent.trim();
    let [sorted, direction] = [-1, 0];

    const sort = (column) => {
      const texts = rows.map((row) => cell(row, column)).filter((text) => !isMissing(text));
      const isNumeric = texts.length > 0 ? texts.every((text) => !Number.isNaN(number(text))) : false;
      const first = isNumeric ? -1 : 1;
      // The better direction first, then the other, then the order of the report.
      direction = sorted !== column ? first : direction === first ? -first : 0;
      sorted = direction === 0 ? -1 : column;
      const compare = (a, b) => {
        const [x, y] = [cell(a, column), cell(b, column)];
        if (isMissing(x) || isMissing(y)) return isMissing(x) - isMissing(y);
        return direction * (isNumeric ? number(x) - number(y) : collator.compare(x, y));
      };
      body.append(...(direction === 0 ? rows : [...rows].sort(compare)));
      for (const [i, head] of heads.entries()) {
        if (i === sorted) head.setAttribute("aria-sort", direction > 0 ? "ascending" : "descending");
        else head.removeAttribute("aria-sort");
      }
    };

    for (const [column, head] of heads.entries()) {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      button.addEventListener("click", () => sort(column));
      head.append(button);
    }
  };
  for (const table of document.querySelectorAll("table.sortable")) sortable(table);

  let closed = [];
  addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("details:not([open])")];
    for (const details of closed) details.open = true;
  });
  addEventListener("afterprint", () => {
    for (const details of closed) details.open = false;
  });
})();
