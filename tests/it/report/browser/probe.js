// Looks at the page it stands in, and tells the page around it what is wrong.
addEventListener("load", async () => {
  const wrong = [];
  const check = (holds, what) => holds || wrong.push(what);
  const [name, width, scheme] = window.name.split(" ");

  check(innerWidth === Number(width), `the frame is ${innerWidth} px wide`);
  check(matchMedia("(prefers-color-scheme: dark)").matches === (scheme === "dark"), "the colour scheme is not the frame's");
  const { scrollWidth } = document.documentElement;
  check(scrollWidth <= innerWidth, `the page is ${scrollWidth} px wide`);

  await document.fonts.ready;
  for (const face of document.fonts) {
    try {
      await face.load();
    } catch (error) {
      wrong.push(`${face.family} ${face.weight}: ${error}`);
    }
  }
  const loaded = performance.getEntriesByType("resource").filter((entry) => !entry.name.startsWith("data:"));
  check(loaded.length === 0, `it loads ${loaded.map((entry) => entry.name).join(", ")}`);

  for (const details of document.querySelectorAll("details")) details.open = true;
  for (const table of document.querySelectorAll("table.sortable")) {
    const heads = [...table.tHead.rows[0].cells];
    check(heads.every((head) => head.querySelector("button")), "a head without a button");
    const rows = () => [...table.tBodies[0].rows].map((row) => row.textContent);
    const before = rows();
    const figures = () => [...table.tBodies[0].rows].map((row) => row.cells[1].textContent);
    const counts = () => figures().map((text) => (text === "–" ? -1 : Number(text.replaceAll(",", ""))));
    const button = heads[1].querySelector("button");
    button.click();
    const falling = counts();
    check(heads[1].getAttribute("aria-sort") === "descending", "the first click does not sort from the top");
    check(falling.every((n, i) => i === 0 || n <= falling[i - 1]), `not falling: ${falling}`);
    button.click();
    const rising = counts().filter((n) => n >= 0);
    check(heads[1].getAttribute("aria-sort") === "ascending", "the second click does not sort from the bottom");
    check(rising.every((n, i) => i === 0 || n >= rising[i - 1]), `not rising: ${rising}`);
    button.click();
    check(rows().join() === before.join(), "the third click does not restore the order");
    check(!heads[1].hasAttribute("aria-sort"), "the third click leaves a mark");
  }

  if (window.axe) {
    const { violations } = await axe.run(document, { resultTypes: ["violations"] });
    for (const { id, impact, nodes } of violations) {
      wrong.push(`axe: ${id} (${impact}): ${nodes.slice(0, 3).map((node) => node.target.join(" ")).join("; ")}`);
    }
  }
  parent.postMessage({ frame: window.name, page: name, wrong }, "*");
});
