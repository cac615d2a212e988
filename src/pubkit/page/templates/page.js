"use strict";
(() => {
  const papers = [...document.querySelectorAll(".paper")];
  const form = document.getElementById("filters");
  const text = (name, fallback) => (form && form.dataset[name]) || fallback;

  /* Copy buttons: they only make sense where a script runs. */
  const copyLabel = text("copy", "Copy");
  for (const box of document.querySelectorAll(".bibtex")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = copyLabel;
    button.addEventListener("click", async () => {
      const source = box.querySelector("pre");
      try {
        await navigator.clipboard.writeText(source.textContent);
      } catch {
        const range = document.createRange();
        range.selectNodeContents(source);
        getSelection().removeAllRanges();
        getSelection().addRange(range);
        document.execCommand("copy");
      }
      button.textContent = text("copied", "Copied");
      setTimeout(() => { button.textContent = copyLabel; }, 1500);
    });
    box.append(button);
  }

  /* A link to a paper from outside opens nothing, but a hidden one must be shown. */
  if (!form) return;

  const fold = (value) => value.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const status = document.getElementById("status");
  const nothing = document.getElementById("nothing");
  const selects = [...form.querySelectorAll("select")];
  const sections = [...document.querySelectorAll("main section, main .section")];
  const entries = papers.map((item) => ({
    item,
    text: fold(item.textContent),
    shown: true,
    values: Object.fromEntries(selects.map(({ name }) => [
      name, (item.dataset[name] || "").split(name === "people" ? "|" : "\u0000").filter(Boolean),
    ])),
  }));

  for (const select of selects) {
    const counts = new Map();
    for (const entry of entries) {
      for (const value of entry.values[select.name]) counts.set(value, (counts.get(value) || 0) + 1);
    }
    const values = [...counts.keys()];
    const order = new Intl.Collator(document.documentElement.lang, { numeric: true });
    if (select.name === "year") values.sort((a, b) => order.compare(b, a));
    else values.sort(order.compare);
    select.append(new Option(text("any", "any"), ""));
    for (const value of values) {
      const short = value.length > 60 ? `${value.slice(0, 59)}…` : value;
      select.append(new Option(`${short} (${counts.get(value)})`, value));
    }
    if (values.length < 2) select.closest("label").hidden = true;
  }

  const apply = () => {
    const words = fold(form.elements.q.value).split(/\s+/).filter(Boolean);
    const wanted = selects.filter(({ value }) => value).map(({ name, value }) => [name, value]);
    let count = 0;
    for (const entry of entries) {
      const shown = words.every((word) => entry.text.includes(word))
        && wanted.every(([name, value]) => entry.values[name].includes(value));
      if (shown !== entry.shown) {
        entry.shown = shown;
        entry.item.hidden = !shown;
      }
      count += shown;
    }
    for (const section of sections) section.hidden = !section.querySelector(".paper:not([hidden])");
    const filtered = words.length > 0 || wanted.length > 0;
    status.textContent = filtered
      ? text("shown", "").replace("{shown}", count).replace("{total}", entries.length) : "";
    nothing.hidden = count > 0;
    form.classList.toggle("active", filtered);
  };

  /* The filter is kept behind "#?", where no id of a paper can be. */
  const save = () => {
    const state = new URLSearchParams([...new FormData(form)].filter(([, value]) => value)).toString();
    const address = state ? `#?${state}` : location.pathname + location.search;
    try {
      history.replaceState(null, "", address);
    } catch {
      if (state) location.replace(`#?${state}`);
    }
  };
  const load = () => {
    if (location.hash.startsWith("#?")) {
      const state = new URLSearchParams(location.hash.slice(2));
      for (const field of form.elements) if (field.name) field.value = state.get(field.name) || "";
      for (const select of selects) if (select.selectedIndex < 0) select.value = "";
      apply();
    } else if (location.hash.length > 1) {
      const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
      if (target && target.closest("[hidden]")) {
        form.reset();
        apply();
        target.scrollIntoView();
      }
    }
  };

  let waiting = 0;
  form.addEventListener("input", () => {
    apply();
    clearTimeout(waiting);
    waiting = setTimeout(save, 250);
  });
  form.addEventListener("reset", () => setTimeout(() => { apply(); save(); form.elements.q.focus(); }));
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", load);
  addEventListener("keydown", (event) => {
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) || event.target.isContentEditable;
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      form.elements.q.focus();
    } else if (event.key === "Escape" && event.target === form.elements.q) {
      form.reset();
    }
  });
  form.hidden = false;
  load();
})();
