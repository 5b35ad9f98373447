import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Materials } from "./shell.ts";

let read: Materials | undefined;

/** The script and the style of the HTML report, read once. */
export function materials(): Materials {
  if (read === undefined) {
    const { script, style } = chartMaterials();
    read = { script: `${script}\n${own("page.js")}`, style };
  }
  return read;
}

/** What any page with charts has: the charts' library (uPlot), their look, and the colours. */
export function chartMaterials(): Materials {
  return {
    script: `${ofPackage("uplot/dist/uPlot.iife.min.js")}\n${own("look.js")}`,
    style: `${ofPackage("uplot/dist/uPlot.min.css")}\n${own("page.css")}`,
  };
}

/** The same for a document without charts that are drawn by that library. */
export function plainMaterials(): Materials {
  return { script: `${own("look.js")}\n${own("page.js")}`, style: own("page.css") };
}

function ofPackage(name: string): string {
  return readFileSync(createRequire(import.meta.url).resolve(name), "utf8");
}

function own(name: string): string {
  return readFileSync(new URL(name, import.meta.url), "utf8");
}
