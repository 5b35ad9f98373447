import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Materials } from "./shell.ts";

let read: Materials | undefined;

/** The script and the style of the HTML report, read once: the charts' library (uPlot) and this folder's own. */
export function materials(): Materials {
  read ??= {
    script: `${ofPackage("uplot/dist/uPlot.iife.min.js")}\n${own("page.js")}`,
    style: `${ofPackage("uplot/dist/uPlot.min.css")}\n${own("page.css")}`,
  };
  return read;
}

/** The same for a document without charts that are drawn by that library. */
export function plainMaterials(): Materials {
  return { script: own("page.js"), style: own("page.css") };
}

function ofPackage(name: string): string {
  return readFileSync(createRequire(import.meta.url).resolve(name), "utf8");
}

function own(name: string): string {
  return readFileSync(new URL(name, import.meta.url), "utf8");
}
