import type { Page } from "puppeteer";

/** Something on a page that should not be: a run asserts that there is none. */
export interface PageProblem {
  /**
   * `console-error`, `console-warning`: said on the console; `page-error`: an exception that nobody caught;
   * `request-failed`: without an answer, and not because the page called it off; `response`: an answer of 400 or
   * more.
   */
  readonly kind: "console-error" | "console-warning" | "page-error" | "request-failed" | "response";
  readonly text: string;
}

/** A page that fails all the time says enough in these. */
const KEPT_PROBLEMS = 100;

/** What was collected from a page. */
export interface ProblemCollector {
  /** The first hundred, in order. */
  readonly problems: () => readonly PageProblem[];
  /** All of them, those that were not kept included. */
  readonly count: () => number;
  /** Collects no more: what is cut off by closing a page is no problem of it. */
  readonly stop: () => void;
}

/** Collects what goes wrong on a page from now on. */
export function collectProblems(page: Page): ProblemCollector {
  const kept: PageProblem[] = [];
  let count = 0;
  let stopped = false;
  const add = (kind: PageProblem["kind"], text: string): void => {
    if (stopped) return;
    count += 1;
    if (kept.length < KEPT_PROBLEMS) kept.push({ kind, text });
  };
  page.on("console", (message) => {
    const kind = consoleKind(message.type());
    if (kind === undefined) return;
    const { url, lineNumber } = message.location();
    const line = lineNumber === undefined ? "" : `:${lineNumber + 1}`;
    add(kind, url ? `${message.text()} (${url}${line})` : message.text());
  });
  page.on("pageerror", (error) => add("page-error", error instanceof Error ? error.message : String(error)));
  page.on("requestfailed", (request) => {
    const why = request.failure()?.errorText ?? "failed";
    if (why !== "net::ERR_ABORTED") add("request-failed", `${request.method()} ${request.url()}: ${why}`);
  });
  page.on("response", (response) => {
    if (response.status() < 400) return;
    add("response", `${response.request().method()} ${response.url()}: ${response.status()}`);
  });
  return {
    problems: () => kept,
    count: () => count,
    stop: () => {
      stopped = true;
    },
  };
}

/** Which console messages count: errors, failed assertions and warnings. */
function consoleKind(type: string): "console-error" | "console-warning" | undefined {
  switch (type) {
    case "error":
    case "assert":
      return "console-error";
    case "warn":
    case "warning":
      return "console-warning";
    default:
      return undefined;
  }
}
