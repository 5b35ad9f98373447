import { readFileSync } from "node:fs";
import { chartMaterials } from "../html/materials.ts";
import type { Materials } from "../html/shell.ts";

let read: Materials | undefined;

/** The script and the style of the page, read once: those of a report's charts, and this folder's own. */
export function dashboardMaterials(): Materials {
  const { script, style } = chartMaterials();
  read ??= { script: `${script}\n${own("page.js")}`, style: `${style}\n${own("page.css")}` };
  return read;
}

function own(name: string): string {
  return readFileSync(new URL(name, import.meta.url), "utf8");
}
