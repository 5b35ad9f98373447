import type { Chrome } from "../browser/launch.ts";
import type { Account } from "../core/account.ts";
import { UsageError } from "../core/errors.ts";
import type { TraceLine } from "../core/trace.ts";
import { type Clock, type Micros, micros } from "../core/units.ts";
import { KnownSources } from "./known-sources.ts";
import { logIn } from "./log-in.ts";
import type { TraceAct } from "./read-act.ts";
import { TracedPage } from "./traced-page.ts";

/** What is traced, and for how long. */
export interface TraceOptions {
  readonly url: string;
  /** Whether a person has a window to act in. */
  readonly isVisible: boolean;
  /** Done one after the other, each when what came of the one before has come. */
  readonly acts: readonly TraceAct[];
  readonly logIn?: Account;
  /** CSS selector of the page's list. Absent: it is looked for. */
  readonly list?: string;
  /** How long it lasts. Absent: until the window is closed, or without one until all is done. */
  readonly forUs?: Micros;
}

/** What a trace needs of the rest. */
export interface TraceServices {
  readonly chrome: Chrome;
  readonly clock: Clock;
  readonly sleep: (us: Micros, signal?: AbortSignal) => Promise<void>;
  /** Told of each line when it is complete, the totals last. */
  readonly onLine: (line: TraceLine) => void;
  /** Ends it, as its end: what was traced is told. */
  readonly signal: AbortSignal;
}

/** Chrome tells of a window that was closed a little after what was under way in it has failed. */
const LATE_US = micros(200_000);

/**
 * Opens a page in Chrome, and tells what is done there, as it is done.
 *
 * @throws UsageError `not-liveview` where there is no window and the page has no view; `no-log-in-form`, `log-in-refused`;
 *   BenchError `chrome-page` where something cannot be done
 */
export async function runTrace(options: TraceOptions, services: TraceServices): Promise<void> {
  const { chrome, signal, sleep } = services;
  const ending = new AbortController();
  const over = AbortSignal.any([signal, ending.signal]);
  const traced = await TracedPage.open({
    ...services,
    isVisible: options.isVisible,
    sources: new KnownSources(over),
    ...(options.list !== undefined && { list: options.list }),
  });
  const { page } = traced;
  const end = Promise.race([
    page.closed,
    chrome.exited,
    new Promise<void>((resolve) => over.addEventListener("abort", () => resolve(), { once: true })),
    ...(options.forUs === undefined ? [] : [sleep(options.forUs, over)]),
  ]);
  const isEndless = options.isVisible || options.forUs !== undefined;
  const acting = goThere(options, traced, { sleep, over }).then(() => (isEndless ? end : undefined));
  // What is under way when the window is closed cannot be done.
  const failing = acting.catch(async (error: unknown) => {
    const isOver = await Promise.race([end.then(() => true), sleep(LATE_US).then(() => false)]);
    if (!isOver) throw error;
  });
  try {
    await Promise.race([failing, end]);
    failing.catch(() => {});
    await traced.finish();
  } finally {
    ending.abort();
    await page.close();
  }
}

async function goThere(
  { url, isVisible, acts, logIn: account }: TraceOptions,
  traced: TracedPage,
  { sleep, over }: Pick<TraceServices, "sleep"> & { readonly over: AbortSignal },
): Promise<void> {
  const { page } = traced;
  await page.goto(url);
  if (account !== undefined) {
    await logIn(page, account);
    if (page.url !== url) await page.goto(url);
  }
  if (!(await page.hasView())) {
    const told = `${page.url} is no LiveView page: no element has data-phx-main`;
    if (!isVisible)
      throw new UsageError(`${told}. Where one has to log in: --login NAME:PASSWORD`, {
        code: "not-liveview",
      });
    return traced.note(`${told}. What is done on one is told as soon as there is one.`);
  }
  await page.waitUntilConnected();
  await traced.settled(over);
  for (const act of acts) {
    if (over.aborted) return;
    traced.note(act.written);
    if (act.kind === "wait") await sleep(act.us, over);
    else await page.act(act.kind === "goto" ? { ...act, url: new URL(act.url, page.url).href } : act);
    await traced.settled(over);
  }
}
