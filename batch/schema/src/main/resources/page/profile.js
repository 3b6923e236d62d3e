"use strict";
const number = new Intl.NumberFormat("en");

for (const table of document.querySelectorAll("table.sortable")) {
  const value = (row, at) => {
    const cell = row.cells[at];
    const text = cell.dataset.v;
    const number = text === undefined || text === "" ? NaN : Number(text);
    return Number.isNaN(number) ? cell.textContent.toLowerCase() : number;
  };
  table.tHead.addEventListener("click", (event) => {
    const head = event.target.closest("th");
    if (!head) return;
    const down = head.getAttribute("aria-sort") !== "descending";
    for (const other of head.parentNode.cells) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const rows = [...table.tBodies[0].rows];
    rows.sort((a, b) => {
      const x = value(a, head.cellIndex), y = value(b, head.cellIndex);
      const order = typeof x === "number" && typeof y === "number" ? x - y : String(x).localeCompare(String(y));
      return down ? -order : order;
    });
    table.tBodies[0].append(...rows);
  });
}

for (const svg of document.querySelectorAll("svg.boxes")) {
  const boxes = [...svg.querySelectorAll("a[data-box]")], lines = [...svg.querySelectorAll(".e")];
  const pick = (event) => {
    const box = event.target.closest("a[data-box]");
    svg.classList.toggle("picked", box !== null);
    for (const each of [...boxes, ...lines]) each.classList.remove("on");
    if (!box) return;
    const near = new Set([box.dataset.box]);
    for (const line of lines) {
      const { from, to } = line.dataset;
      if (from !== box.dataset.box && to !== box.dataset.box) continue;
      line.classList.add("on");
      near.add(from).add(to);
    }
    for (const each of boxes) each.classList.toggle("on", near.has(each.dataset.box));
  };
  svg.addEventListener("mouseover", pick);
  svg.addEventListener("focusin", pick);
  for (const end of ["mouseleave", "focusout"]) svg.addEventListener(end, () => pick({ target: svg }));
}

const search = document.getElementById("search");
const searched = [...document.querySelectorAll("details.searched")];
search.addEventListener("input", () => {
  const text = search.value.toLowerCase();
  let shown = 0, all = 0;
  for (const details of searched) {
    const isClass = details.querySelector("summary").textContent.toLowerCase().includes(text);
    let any = false;
    for (const row of details.querySelectorAll("tbody tr")) {
      row.hidden = !isClass && !row.textContent.toLowerCase().includes(text);
      all++;
      if (!row.hidden) { shown++; any = true; }
    }
    details.hidden = !any && !isClass;
  }
  document.getElementById("count").textContent = number.format(shown) + " of " + number.format(all) + " attributes";
});
document.body.dataset.ready = "true";
