import { readFileSync } from "node:fs";
import type { ChromePage } from "../browser/chrome-page.ts";
import type { DelayingLink } from "../load/delaying-link.ts";
import type { SequenceItem } from "./sequence.ts";
import { type SequenceViewer, sequencePath } from "./viewer.ts";

const IN_PAGE = readFileSync(new URL("in-page.js", import.meta.url), "utf8");

/** A connection that is cut is told on the console. */
const OF_CUTS = /WebSocket|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE/u;

/** A page in Chrome, with the official client. */
export async function chromeViewer(
  page: ChromePage,
  { link, timeoutMs }: { readonly link: DelayingLink; readonly timeoutMs: number },
): Promise<SequenceViewer> {
  await page.runFirst(IN_PAGE);
  let problemsBefore = 0;
  const call = (name: string, ...args: readonly unknown[]): Promise<unknown> =>
    page.evaluate(`__sequences.${name}(${args.map((arg) => JSON.stringify(arg)).join(", ")})`);
  const act = async (name: string, ...args: readonly unknown[]) => void (await call(name, ...args));
  return {
    name: "Chrome",
    open: async (id, sequence) => {
      problemsBefore = page.problemCount();
      await page.openView(`${link.origin}${sequencePath(id, sequence)}`);
    },
    submit: (operations) => act("submit", JSON.stringify(operations)),
    follow: (list) => act("follow", list),
    cut: () => {
      link.cut();
      return act("noticesCut", timeoutMs);
    },
    rejoin: () => {
      link.mend();
      return act("joins", timeoutMs);
    },
    delay: (delays) => link.delay(delays),
    settled: async (version) => (await call("settled", version, timeoutMs)) as readonly SequenceItem[],
    problems: () =>
      page
        .problems()
        .slice(problemsBefore)
        .filter(({ text }) => !OF_CUTS.test(text))
        .map(({ kind, text }) => `${kind}: ${text}`),
    leave: async () => {
      link.delay({ toServerMs: 0, toPageMs: 0 });
      link.mend();
    },
  };
}
