/* The search of these pages, in place of the parts of Sphinx's searchtools.js that compare text.
 *
 * What is typed and what is looked through are compared without marks and capitals. The index
 * (docs/building/search.py) holds syllables and pairs of neighbouring syllables: pages that hold
 * the words in a row come first, and in Vietnamese alone, for there a syllable says little.
 */
"use strict";

(() => {
  const query = new URLSearchParams(window.location.search);
  const inEnglish = query.get("lang") === "en";
  const english = new Set(
    JSON.parse(document.getElementById("pages-english").textContent),
  );

  /* Without marks and capitals; NFC text keeps its length, so places in it stay the same. */
  const unmarked = (text) =>
    [...text.normalize("NFC").toLowerCase()]
      .map((one) => (one === "đ" ? "d" : one.normalize("NFD").replace(/\p{Mn}/gu, "")))
      .join("");
  const words = (text) => unmarked(text).match(/[\p{L}\p{N}_]+/gu) || [];
  const pairs = (list) => list.slice(1).map((word, at) => `${list[at]} ${word}`);

  /* Documents whose text, or whose titles, hold a word; the last one typed may be a beginning. */
  const holding = (table, word, begins) => {
    const found = new Set();
    const add = (key) => [].concat(table[key]).forEach((doc) => found.add(doc));
    if (Object.hasOwn(table, word)) add(word);
    else if (begins && word.length > 2)
      Object.keys(table).filter((key) => key.startsWith(word)).forEach(add);
    return found;
  };

  const find = (typed) => {
    const { docnames, titles, alltitles, terms, titleterms, filenames } = Search._index;
    const list = words(typed);
    if (!list.length) return [];
    const phrase = list.join(" ");
    const result = (doc, title, anchor, score, kind) => [
      docnames[doc], title, anchor, null,
      score + (english.has(docnames[doc]) === inEnglish ? 1000 : 0), filenames[doc], kind,
    ];
    const headings = Object.entries(alltitles)
      .filter(([title]) => ` ${words(title).join(" ")} `.includes(` ${phrase} `))
      .flatMap(([title, places]) => places.map(([doc, id]) => id === null || titles[doc] === title
        ? result(doc, titles[doc], "", 100 + phrase.length / title.length, SearchResultKind.title)
        : result(doc, `${titles[doc]} › ${title}`, `#${id}`, 50 + phrase.length / title.length,
            SearchResultKind.title)));
    const inAll = (keys) => keys
      .map((key, at) => {
        const begins = at === keys.length - 1;
        return new Set([...holding(terms, key, begins), ...holding(titleterms, key, begins)]);
      })
      .reduce((some, more) => new Set([...some].filter((doc) => more.has(doc))));
    const inRow = inAll(list.length > 1 ? pairs(list) : list);
    const pages = inRow.size && !inEnglish ? inRow : inAll(list);
    const listed = new Set(headings.filter((one) => !one[2]).map((one) => one[0]));
    const texts = [...pages]
      .filter((doc) => !listed.has(docnames[doc]))
      .map((doc) => result(doc, titles[doc], "", inRow.has(doc) ? 20 : 10, SearchResultKind.text));
    return [...headings, ...texts].sort(_orderResultsByScoreThenName);
  };

  /* Put <mark> around each place of a text that reads as the words typed. */
  const mark = (element, typed) => {
    const list = words(typed);
    const wanted = new RegExp(list.join("[^\\p{L}\\p{N}_]+"), "gu");
    for (const part of [...element.childNodes]) {
      const text = part.textContent.normalize("NFC");
      const pieces = [];
      let end = 0;
      for (const found of unmarked(text).matchAll(wanted)) {
        const marked = document.createElement("mark");
        marked.textContent = text.slice(found.index, found.index + found[0].length);
        pieces.push(text.slice(end, found.index), marked);
        end = found.index + found[0].length;
      }
      if (list.length && end) part.replaceWith(...pieces, text.slice(end));
    }
  };

  Search.query = (typed) => {
    const results = find(typed);
    _displayNextItem(results, results.length, words(typed), []);
  };
  Search.makeSearchSummary = (page, list, anchor) => {
    const text = Search.htmlToText(page, anchor).normalize("NFC").replace(/\s+/g, " ").trim();
    if (!text) return null;
    const bare = unmarked(text);
    const inRow = bare.indexOf(list.join(" "));
    const at = Math.max((inRow < 0 ? bare.indexOf(list[0]) : inRow) - 90, 0);
    const from = at ? text.indexOf(" ", at) + 1 : 0;
    const summary = document.createElement("p");
    summary.className = "context";
    summary.textContent =
      (from ? "… " : "") + text.slice(from, from + 220) + (from + 220 < text.length ? " …" : "");
    mark(summary, list.join(" "));
    return summary;
  };

  /* A page opened from a folder may not read its neighbours: then titles have to do. */
  if (window.location.protocol === "file:") DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;

  document.documentElement.lang = inEnglish ? "en" : "vi";
  if (inEnglish) Documentation.TRANSLATIONS = {};
  else
    Documentation.addTranslations({
      locale: "vi",
      plural_expr: "0",
      messages: {
        Searching: "Đang tìm",
        "Search Results": "Kết quả tìm",
        "Your search did not match any documents. Please make sure that all words are spelled correctly and that you've selected enough categories.":
          "Không trang nào có những chữ này. Xem lại chữ đã gõ, hoặc gõ ít chữ hơn.",
        "Search finished, found one page matching the search query.": [
          "Tìm thấy ${resultCount} chỗ.",
        ],
      },
    });
})();
