"use strict";
window.addEventListener("beforeprint", () => {
  for (const list of document.querySelectorAll("details")) { list.open = true; }
});
for (const table of document.querySelectorAll(".scroll table")) {
  const heads = Array.from(table.tHead ? table.tHead.rows[0].cells : [], (one) => (one.querySelector(".printed") || one).textContent);
  for (const row of table.tBodies[0].rows) {
    Array.from(row.cells).forEach((cell, place) => { cell.dataset.label = heads[place] || ""; });
  }
  table.classList.add("labelled");
}
(function () {
  const table = document.getElementById("club-table");
  if (!table) { return; }
  const body = table.tBodies[0];
  const rows = Array.from(body.rows);
  const find = document.getElementById("find");
  const stage = document.getElementById("stage");
  const shown = document.getElementById("shown");
  const heads = Array.from(table.tHead.rows[0].cells);
  const worked = { n: (text) => (text === "–" ? "" : text.replace(/\./g, "")), d: (text) => (text === "–" ? "" : text.split("/").reverse().join("-")) };
  for (const row of rows) {
    heads.forEach((head, place) => {
      const cell = row.cells[place];
      cell.dataset.column = head.dataset.column;
      if (cell.dataset.value === undefined) {
        const text = (cell.querySelector("bdi") || cell).textContent;
        cell.dataset.value = (worked[cell.className] || String)(text);
      }
    });
  }
  const controls = document.getElementById("controls");
  let address = "";
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
    document.getElementById("no-match").hidden = count > 0;
    const kept = new URLSearchParams();
    if (find.value) { kept.set("q", find.value); }
    if (stage.value) { kept.set("stage", stage.value); }
    address = kept.size ? "#clubs?" + kept : "";
    shown.textContent = shown.dataset.text.replace("{shown}", count).replace("{total}", rows.length);
  }

  function keep() {
    filter();
    history.replaceState(null, "", address || "#clubs");
  }

  function read() {
    if (!location.hash.startsWith("#clubs?")) { return; }
    const asked = new URLSearchParams(location.hash.slice(7));
    find.value = asked.get("q") || "";
    stage.value = asked.get("stage") || "";
    filter();
    document.getElementById("clubs").scrollIntoView();
  }

  function save() {
    const cell = (text) => '"' + text.replace(/^([=+\-@\t\r])/, "'$1").replace(/"/g, '""') + '"';
    const heads = Array.from(table.tHead.rows[0].cells, (one) => one.querySelector(".printed").textContent);
    const lines = rows.filter((row) => !row.hidden).map((row) =>
      Array.from(row.cells, (one) => (one.querySelector("bdi") || one).textContent));
    const text = "\ufeff" + [heads, ...lines].map((line) => line.map(cell).join(",")).join("\r\n") + "\r\n";
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
    link.download = "clb.csv";
    link.click();
    URL.revokeObjectURL(link.href);
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
  find.addEventListener("input", keep);
  stage.addEventListener("change", keep);
  document.getElementById("csv").addEventListener("click", save);
  window.addEventListener("hashchange", read);
  controls.hidden = false;
  filter();
  read();
})();
