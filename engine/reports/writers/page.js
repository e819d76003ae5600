"use strict";
window.addEventListener("beforeprint", () => {
  for (const list of document.querySelectorAll("details")) { list.open = true; }
});
(function () {
  const table = document.getElementById("club-table");
  if (!table) { return; }
  const body = table.tBodies[0];
  const rows = Array.from(body.rows);
  const find = document.getElementById("find");
  const stage = document.getElementById("stage");
  const shown = document.getElementById("shown");
  const controls = document.getElementById("controls");
  const order = new Intl.Collator("vi", { numeric: true });
  const bare = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase();
  const searched = new Map(rows.map((row) => [row, bare(row.dataset.club + " " +
    Array.from(row.cells).slice(0, 3).map((cell) => cell.textContent).join(" ")).replace(/\s+/g, " ")]));

  function filter() {
    const wanted = bare(find.value).split(/\s+/).filter(Boolean).join(" ");
    let count = 0;
    for (const row of rows) {
      const text = searched.get(row);
      const fits = (!stage.value || row.dataset.state === stage.value) && text.includes(wanted);
      row.hidden = !fits;
      count += fits ? 1 : 0;
    }
    shown.textContent = shown.dataset.text.replace("{shown}", count).replace("{total}", rows.length);
  }

  function sort(heading) {
    const down = heading.getAttribute("aria-sort") === "ascending";
    const place = heading.cellIndex;
    const numbers = heading.dataset.type === "number";
    rows.sort((one, other) => {
      const a = one.cells[place].dataset.value;
      const b = other.cells[place].dataset.value;
      if (a === "" || b === "") { return (a === "") - (b === ""); }
      const least = numbers ? Number(a) - Number(b) : order.compare(a, b);
      return down ? -least : least;
    });
    for (const other of table.tHead.rows[0].cells) { other.setAttribute("aria-sort", "none"); }
    heading.setAttribute("aria-sort", down ? "descending" : "ascending");
    body.append(...rows);
  }

  for (const heading of table.tHead.rows[0].cells) {
    heading.querySelector("button").addEventListener("click", () => sort(heading));
  }
  controls.addEventListener("submit", (event) => event.preventDefault());
  find.addEventListener("input", filter);
  stage.addEventListener("change", filter);
  controls.hidden = false;
  filter();
})();
