import type { RunResult } from "../harness/core/run-result.ts";
import { renderDocument } from "./html/document.ts";
import type { Pictures } from "./html/failures.ts";
import { materials } from "./html/materials.ts";

/** A run as one HTML file that opens from disk and asks nobody for anything. See `html/document.ts`. */
export function renderHtml(result: RunResult, pictures: Pictures = new Map()): string {
  return renderDocument(result, materials(), pictures);
}
