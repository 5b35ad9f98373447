import { modeFacts } from "../harness/core/modes.ts";
import type { RunResult } from "../harness/core/run-result.ts";
import type { Style } from "./style.ts";
import { wrap } from "./wrap.ts";

/** What each mode of a run cannot do, which its figures alone do not tell; no lines for modes that are not known. */
export function modeNotes({ configuration: { modes } }: RunResult, style: Style, width: number): string[] {
  const nameWidth = Math.max(...modes.map((mode) => mode.length));
  const indent = " ".repeat(2 + nameWidth + 2);
  const lines = modes.flatMap((mode) =>
    (modeFacts(mode)?.cannot ?? []).flatMap((cannot, at) => {
      const [first = "", ...rest] = wrap(`cannot ${cannot}`, width - indent.length);
      return [
        `  ${(at === 0 ? mode : "").padEnd(nameWidth)}  ${first}`,
        ...rest.map((line) => `${indent}${line}`),
      ];
    }),
  );
  return lines.length === 0 ? [] : [style.bold("What a mode cannot do"), ...lines];
}
