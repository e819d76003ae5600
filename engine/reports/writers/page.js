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
  const SIZE = 50;
  const body = table.tBodies[0];
  const rows = Array.from(body.rows);
  const one = (id) => document.getElementById(id);
  const find = one("find");
  const stage = one("stage");
  const shown = one("shown");
  const pager = one("pager");
  const heads = Array.from(table.tHead.rows[0].cells);
  const titles = heads.map((head) => head.querySelector(".printed").textContent);
  const folded = table.dataset.more.split("|");
  const text = (cell) => (cell.querySelector("bdi") || cell).textContent;
  const worked = { n: (value) => (value === "–" ? "" : value.replace(/\./g, "")), d: (value) => (value === "–" ? "" : value.split("/").reverse().join("-")) };
  const communes = heads.findIndex((head) => head.dataset.column === "commune");
  const where = (row) => row.dataset.commune || text(row.cells[communes]);
  const order = new Intl.Collator("vi", { numeric: true });
  const bare = (value) => value.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase();
  const searched = new Map();
  const byId = new Map(rows.map((row) => [row.dataset.club, row]));
  let at = 0;
  let opened = "";
  let sorted = "";
  let down = false;
  let address = "";
  let inside = "";

  function link(cell, asked) {
    const made = document.createElement("a");
    made.href = "#clubs?" + new URLSearchParams(asked);
    const name = cell.querySelector("bdi");
    made.append(...(name ? [name] : cell.childNodes));
    cell.prepend(made);
    return made;
  }

  for (const row of rows) {
    heads.forEach((head, place) => {
      const cell = row.cells[place];
      cell.dataset.column = head.dataset.column;
      if (cell.dataset.value === undefined) { cell.dataset.value = (worked[head.dataset.kind] || String)(text(cell)); }
    });
    searched.set(row, bare(row.dataset.club + " " + Array.from(row.cells).slice(0, 3).map((cell) => cell.textContent).join(" ")).replace(/\s+/g, " "));
    link(row.cells[0], { club: row.dataset.club }).addEventListener("click", (event) => {
      event.preventDefault();
      opened = opened === row.dataset.club ? "" : row.dataset.club;
      keep();
    });
  }
  for (const [list, place] of [["overdue", 2], ["attention", 0]]) {
    for (const row of document.querySelectorAll("[data-" + list + "]")) {
      if (byId.has(row.dataset[list])) { link(row.cells[place], { club: row.dataset[list] }); }
    }
  }

  for (const tile of document.querySelectorAll(".map li:not(.t0)")) {
    const name = tile.querySelector("bdi");
    tile.append(link(tile, { commune: name.textContent }));
  }

  function filter() {
    const words = (value) => bare(value).split(/\s+/).filter(Boolean).join(" ");
    const wanted = words(find.value);
    const fits = (row) => (inside ? words(where(row)) === words(inside) : searched.get(row).includes(wanted));
    return rows.filter((row) => {
      row.hidden = (stage.value && row.dataset.state !== stage.value) || !fits(row);
      return !row.hidden;
    });
  }

  function show(turned) {
    const kept = filter();
    const pages = Math.max(1, Math.ceil(kept.length / SIZE));
    if (turned && opened) { at = Math.floor(Math.max(0, kept.indexOf(byId.get(opened))) / SIZE); }
    at = Math.min(Math.max(at, 0), pages - 1);
    kept.forEach((row, place) => row.classList.toggle("off", Math.floor(place / SIZE) !== at));
    pager.hidden = pages === 1;
    const which = pager.querySelector("span");
    which.textContent = which.dataset.text.replace("{page}", at + 1).replace("{pages}", pages);
    one("before").disabled = at === 0;
    one("after").disabled = at === pages - 1;
    one("no-match").hidden = kept.length > 0;
    shown.textContent = shown.dataset.text.replace("{shown}", kept.length).replace("{total}", rows.length);
    fold(opened && byId.get(opened));
    const state = { q: inside ? "" : find.value, commune: inside, stage: stage.value, sort: sorted, down: down ? 1 : "", page: at ? at + 1 : "", club: opened };
    address = new URLSearchParams(Object.entries(state).filter((part) => part[1])).toString();
  }

  function add(parent, tag, words) {
    const made = document.createElement(tag);
    made.textContent = words;
    parent.append(made);
    return made;
  }

  function day(code) {
    const made = new Date(Date.UTC(2000, 0, 1 + parseInt(code, 36)));
    return [made.getUTCDate(), made.getUTCMonth() + 1, made.getUTCFullYear()].map((part) => String(part).padStart(2, "0")).join("/");
  }

  function live(cell, row) {
    const [taken, money] = (row.dataset.life || "|").split("|");
    const named = (names, code) => names.split("|")[parseInt(code, 36)];
    const listed = (title, lines, kind) => {
      if (!lines.length) { return; }
      add(cell, "h4", title);
      const list = add(cell, "ol", "");
      list.className = kind;
      for (const line of lines) { add(list, "li", line); }
    };
    const amount = (code) => parseInt(code, 36).toString().replace(/\B(?=(\d{3})+$)/g, ".");
    listed(table.dataset.history, (taken.match(/.{4}/g) || []).map((one) => day(one.slice(1)) + ": " + named(table.dataset.steps, one[0])), "steps");
    listed(table.dataset.money, money.split(" ").filter(Boolean).map((one) => day(one.slice(1, 4)) + ": " + named(table.dataset.entries, one[0]) + ": " + amount(one.slice(4))), "entries");
  }

  function fold(row) {
    for (const link of body.querySelectorAll("[aria-expanded=true]")) { link.setAttribute("aria-expanded", "false"); }
    for (const old of body.querySelectorAll(".more")) { old.remove(); }
    if (!row || row.hidden || row.classList.contains("off")) { return; }
    row.querySelector("a").setAttribute("aria-expanded", "true");
    const more = document.createElement("tr");
    more.className = "more";
    const cell = add(more, "td", "");
    cell.colSpan = heads.length;
    add(cell, "h3", text(row.cells[0]) + " (" + row.dataset.club + ")");
    const facts = add(cell, "dl", "");
    const values = Array.from(row.cells, text).concat(row.dataset.more.split("|"));
    titles.concat(folded).forEach((title, place) => {
      if (place === 0 || values[place] === "–") { return; }
      const pair = add(facts, "div", "");
      if (place < titles.length) { pair.className = "in-row"; }
      add(pair, "dt", title);
      add(pair, "dd", values[place]);
    });
    const club = CSS.escape(row.dataset.club);
    const tasks = document.createElement("ul");
    for (const why of document.querySelectorAll("[data-attention='" + club + "'] li")) { add(tasks, "li", why.textContent); }
    for (const task of document.querySelectorAll("[data-overdue='" + club + "']")) {
      add(tasks, "li", [0, 4, 5].map((place) => text(task.cells[place])).join(", ") + ": " + table.dataset.daysLate.replace("{days}", text(task.cells[1])));
    }
    if (tasks.children.length) { cell.append(tasks); }
    live(cell, row);
    row.after(more);
  }

  function keep() {
    show(false);
    history.replaceState(null, "", address ? "#clubs?" + address : "#clubs");
  }

  function read() {
    const given = location.hash.startsWith("#clubs?") ? location.hash.slice(7) : null;
    if (given === null || given === address) { return; }
    const asked = new URLSearchParams(given);
    inside = asked.get("commune") || "";
    find.value = inside || asked.get("q") || "";
    stage.value = asked.get("stage") || "";
    at = (Number(asked.get("page")) || 1) - 1;
    opened = byId.has(asked.get("club")) ? asked.get("club") : "";
    sort(asked.get("sort") || "", asked.get("down") === "1");
    show(true);
    (opened ? byId.get(opened) : one("clubs")).scrollIntoView();
  }

  function sort(column, turned) {
    const place = heads.findIndex((head) => head.dataset.column === column);
    sorted = place < 0 ? "" : column;
    down = place >= 0 && turned;
    for (const head of heads) { head.setAttribute("aria-sort", "none"); }
    if (place < 0) { return; }
    const numbers = heads[place].dataset.type === "number";
    rows.sort((first, other) => {
      const a = first.cells[place].dataset.value;
      const b = other.cells[place].dataset.value;
      if (a === "" || b === "") { return (a === "") - (b === ""); }
      const least = numbers ? Number(a) - Number(b) : order.compare(a, b);
      return down ? -least : least;
    });
    heads[place].setAttribute("aria-sort", down ? "descending" : "ascending");
    body.append(...rows);
  }

  function save() {
    const cell = (value) => '"' + value.replace(/^([=+\-@\t\r])/, "'$1").replace(/"/g, '""') + '"';
    const lines = rows.filter((row) => !row.hidden).map((row) => Array.from(row.cells, text).concat(row.dataset.more.split("|")));
    const whole = "\ufeff" + [titles.concat(folded), ...lines].map((line) => line.map(cell).join(",")).join("\r\n") + "\r\n";
    const file = document.createElement("a");
    file.href = URL.createObjectURL(new Blob([whole], { type: "text/csv;charset=utf-8" }));
    file.download = "clb.csv";
    file.click();
    URL.revokeObjectURL(file.href);
  }

  function turn(by) {
    at += by;
    opened = "";
    keep();
    table.parentElement.scrollTop = 0;
    table.scrollIntoView({ block: "nearest" });
  }

  function first() {
    at = 0;
    keep();
  }

  for (const head of heads) {
    head.querySelector("button").addEventListener("click", () => {
      sort(head.dataset.column, head.getAttribute("aria-sort") === "ascending");
      first();
    });
  }
  one("controls").addEventListener("submit", (event) => event.preventDefault());
  find.addEventListener("input", () => { inside = ""; first(); });
  stage.addEventListener("change", first);
  one("before").addEventListener("click", () => turn(-1));
  one("after").addEventListener("click", () => turn(1));
  one("csv").addEventListener("click", save);
  window.addEventListener("hashchange", read);
  one("controls").hidden = false;
  show(false);
  read();
})();
