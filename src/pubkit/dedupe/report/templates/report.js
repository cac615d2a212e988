(() => {
  "use strict";
  const pairs = [...document.querySelectorAll(".pair")];
  const bar = document.getElementById("bar");
  if (!pairs.length) return;
  bar.hidden = false;
  const earlier = JSON.parse(bar.dataset.earlier);
  const store = "pubkit-answers:" + pairs.map((pair) => pair.dataset.about).join().length + ":" + pairs[0].dataset.about;
  const known = (() => { try { return JSON.parse(localStorage.getItem(store)) || {}; } catch { return {}; } })();
  const value = (pair) => pair.querySelector("input:checked").value;
  const show = (pair) => { pair.classList.toggle("same", value(pair) === "same"); pair.classList.toggle("different", value(pair) === "different"); };
  const count = () => {
    const now = {};
    pairs.forEach((pair) => { show(pair); if (value(pair)) now[pair.dataset.about] = value(pair); });
    document.getElementById("done").textContent = Object.keys(now).length;
    return now;
  };
  const changed = () => {
    const now = count();
    try { localStorage.setItem(store, JSON.stringify(now)); } catch { /* a page without storage still works */ }
  };
  const choose = (pair, what) => { pair.querySelector(`input[value="${what}"]`).checked = true; changed(); };
  pairs.forEach((pair) => {
    const before = known[pair.dataset.about];
    if (before === "same" || before === "different") pair.querySelector(`input[value="${before}"]`).checked = true;
    pair.addEventListener("change", changed);
  });
  count();
  const go = (step) => {
    const here = document.activeElement && document.activeElement.closest(".pair");
    const at = here ? pairs.indexOf(here) + step : 0;
    if (pairs[at]) { pairs[at].focus(); pairs[at].scrollIntoView({ block: "nearest" }); }
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const here = document.activeElement && document.activeElement.closest(".pair");
    const meaning = { s: "same", d: "different", u: "" }[event.key];
    if (event.key === "j") go(1);
    else if (event.key === "k") go(-1);
    else if (meaning !== undefined && here) { choose(here, meaning); if (meaning) go(1); }
  });
  document.getElementById("save").addEventListener("click", () => {
    const answers = pairs.filter(value).map((pair) => ({ ...JSON.parse(pair.dataset.about), same: value(pair) === "same" }));
    const name = (item) => JSON.stringify([...item.digests].sort());
    const said = new Set(answers.map(name));
    const all = [...earlier.filter((item) => !said.has(name(item))), ...answers];
    const text = JSON.stringify({ kind: "pubkit dedupe answers", answers: all }, null, 1) + "\n";
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.download = "answers.json";
    link.click();
    URL.revokeObjectURL(link.href);
  });
})();
