// Runs citeproc-js for the benchmarks: node citeproc_js.mjs JOB.json
// JOB.json: {"items": path, "locales": folder, "styles": [paths], "format": "text", "cite": false}
// Prints one JSON line a style: {"style", "load", "run", "rss", "entries": [[id, text], …]}; seconds are CPU seconds.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createRequire } from "node:module";

const CSL = createRequire(import.meta.url)("citeproc");
const job = JSON.parse(readFileSync(process.argv[2], "utf-8"));
const items = JSON.parse(readFileSync(job.items, "utf-8"));
const byId = new Map(items.map((item) => [String(item.id), item]));
const ids = [...byId.keys()];
const sys = {
  retrieveLocale(lang) {
    try {
      return readFileSync(join(job.locales, `locales-${lang}.xml`), "utf-8");
    } catch {
      return false; // citeproc-js then falls back by itself
    }
  },
  retrieveItem: (id) => byId.get(String(id)),
};
const cpu = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

for (const path of job.styles) {
  const start = cpu();
  const engine = new CSL.Engine(sys, readFileSync(path, "utf-8"));
  engine.setOutputFormat(job.format);
  const loaded = cpu();
  let entries;
  if (job.cite) {
    engine.updateItems(ids);
    entries = ids.map((id) => [id, engine.makeCitationCluster([{ id }])]);
  } else {
    engine.updateItems(ids);
    const [parameters, texts] = engine.makeBibliography();
    entries = texts.map((text, at) => [parameters.entry_ids[at][0], text]);
  }
  const done = cpu();
  const line = { style: path, load: loaded - start, run: done - loaded, rss: process.memoryUsage().rss, entries };
  process.stdout.write(JSON.stringify(line) + "\n");
}
