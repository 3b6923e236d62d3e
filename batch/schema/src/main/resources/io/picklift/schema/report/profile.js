for (const table of document.querySelectorAll("table.sortable")) {
  const value = (row, at) => {
    const cell = row.cells[at];
    const number = cell.dataset.v === undefined ? NaN : Number(cell.dataset.v);
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

for (const svg of document.querySelectorAll("svg")) {
  const boxes = [...svg.querySelectorAll("a[data-class]")], lines = [...svg.querySelectorAll(".e")];
  const pick = (event) => {
    const box = event.target.closest("a[data-class]");
    svg.classList.toggle("picked", box !== null);
    for (const each of [...boxes, ...lines]) each.classList.remove("on");
    if (!box) return;
    const near = new Set([box.dataset.class]);
    for (const line of lines) {
      const { from, to } = line.dataset;
      if (from !== box.dataset.class && to !== box.dataset.class) continue;
      line.classList.add("on");
      near.add(from).add(to);
    }
    for (const each of boxes) each.classList.toggle("on", near.has(each.dataset.class));
  };
  svg.addEventListener("mouseover", pick);
  svg.addEventListener("focusin", pick);
  for (const end of ["mouseleave", "focusout"]) svg.addEventListener(end, () => pick({ target: svg }));
}
