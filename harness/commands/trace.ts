import { closeSync, openSync, writeSync } from "node:fs";
import { z } from "zod";
import { ANSI, PLAIN } from "../../reports/style.ts";
import { renderTraceHead, renderTraceLine } from "../../reports/trace.ts";
import type { Account } from "../core/account.ts";
import { messageOf, UsageError } from "../core/errors.ts";
import { EXIT_CODES } from "../core/exit-codes.ts";
import { realClock, realSleep } from "../core/real-time.ts";
import { showsColour } from "../core/text-stream.ts";
import type { TraceLine } from "../core/trace.ts";
import { readAct } from "../trace/read-act.ts";
import type { Command, CommandContext } from "./command.ts";
import { duration, flag, httpUrl, oneOf, path, Refusal, readText, text } from "./option-values.ts";
import { readOptions } from "./read-options.ts";

const FORMATS = ["text", "json"] as const;

const options = {
  do: {
    kind: "list",
    description: "click SELECTOR, type SELECTOR TEXT, press KEY, scroll SELECTOR PIXELS, goto URL, wait 1s",
    otherwise: "nothing: you act",
  },
  for: {
    kind: "value",
    description: "How long it lasts",
    otherwise: "until the window is closed; headless: until all is done",
  },
  headless: { kind: "flag", description: "Open no window", otherwise: "where there is no display" },
  login: { kind: "value", description: "NAME:PASSWORD to log in with first", otherwise: "by hand" },
  list: { kind: "value", description: "CSS selector of the page's list", otherwise: "found on the page" },
  format: {
    kind: "value",
    description: `${FORMATS.join(" or ")}, a line of JSON each`,
    otherwise: "text",
    values: FORMATS,
  },
  out: {
    kind: "value",
    description: "File that the lines of JSON are written to as well",
    otherwise: "none",
  },
} satisfies Command["options"];

const schema = (cwd: string) =>
  z.object({
    do: z.array(readText((value) => told(readAct(value)))).default([]),
    for: duration().optional(),
    headless: flag(),
    login: readText(account).optional(),
    list: text().optional(),
    format: oneOf(FORMATS).default("text"),
    out: path(cwd).optional(),
  });

/** `bench trace <url>`: what a person does on a LiveView page, and what each of it costs on the wire. */
export const trace: Command = {
  description: "Open a LiveView page in Chrome, and print what using it costs",
  argument: { name: "url", description: "Address of the page" },
  options,
  examples: [
    ["bench trace http://127.0.0.1:4000/rooms/1", "in a window, until it is closed"],
    ["bench trace http://127.0.0.1:4000/rooms/1 --login alice:secret --for 5m", "as alice, five minutes"],
    [
      "bench trace http://127.0.0.1:4000/rooms/1 --headless --do 'scroll #messages 0'",
      "what a page of history costs, without a window",
    ],
  ],
  run: async ({ url: given, ...args }, context) => {
    const { cwd, env, stdout, signal } = context;
    const read = readOptions(options, schema(cwd), args);
    const url = httpUrl().safeParse(String(given));
    if (!url.success)
      throw new UsageError(`url ${url.error.issues.map(({ message }) => message).join()}`, {
        code: "invalid-url",
      });
    const isVisible = !read.headless && hasDisplay(env);
    if (!isVisible && read.do.length === 0 && read.for === undefined) {
      const why = read.headless ? "--headless opens no window" : "there is no display";
      throw new UsageError(`${why}: say what is to be done by --do, or how long to look by --for`, {
        code: "nothing-to-do",
      });
    }
    await using open = new AsyncDisposableStack();
    const file = read.out === undefined ? null : openFile(read.out);
    if (file !== null) open.defer(() => closeSync(file));
    const chrome = await startChrome(context, isVisible);
    open.defer(() => chrome.close());
    const { runTrace } = await import("../trace/run-trace.ts");
    const style = { style: showsColour(stdout, env) ? ANSI : PLAIN, columns: stdout.columns };
    if (read.format === "text") stdout.write(renderTraceHead(style));
    await runTrace(
      {
        url: url.data,
        isVisible,
        acts: read.do,
        ...(read.login !== undefined && { logIn: read.login }),
        ...(read.list !== undefined && { list: read.list }),
        ...(read.for !== undefined && { forUs: read.for }),
      },
      {
        chrome,
        clock: realClock,
        sleep: realSleep,
        signal,
        onLine: (line) => {
          if (file !== null) writeSync(file, asJson(line));
          stdout.write(read.format === "json" ? asJson(line) : renderTraceLine(line, style));
        },
      },
    );
    return EXIT_CODES.passed;
  },
};

const asJson = (line: TraceLine): string => `${JSON.stringify(line)}\n`;

const told = <Value>(value: Value | string): Value | Refusal =>
  typeof value === "string" ? new Refusal(value) : value;

function account(value: string): Account | Refusal {
  const [, name, password] = /^([^:]+):(.+)$/s.exec(value) ?? [];
  return name === undefined || password === undefined
    ? new Refusal("must be NAME:PASSWORD")
    : { name, password };
}

/** Whether a window can be opened. */
function hasDisplay(env: NodeJS.ProcessEnv): boolean {
  return process.platform !== "linux" || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

function openFile(file: string): number {
  try {
    return openSync(file, "w");
  } catch (cause) {
    throw new UsageError(`${file} cannot be written: ${messageOf(cause)}`, {
      code: "cannot-write-trace",
      cause,
    });
  }
}

/** Chrome's driver takes longer to be loaded than most commands take. */
async function startChrome({ env, signal, stderr }: CommandContext, isVisible: boolean) {
  const [{ ensureChrome }, { findChrome }, { nodeChromeHost }, { launchChrome }] = await Promise.all([
    import("../browser/install-chrome.ts"),
    import("../browser/find-chrome.ts"),
    import("../browser/node-chrome-host.ts"),
    import("../browser/launch.ts"),
  ]);
  const host = nodeChromeHost(env, signal);
  if (!isVisible) {
    const { path: shell } = await ensureChrome(host, (line) => stderr.write(`${line}\n`));
    signal.throwIfAborted();
    return launchChrome({ executablePath: shell });
  }
  const whole = await findChrome(host, "whole");
  if (whole.kind === "found") return launchChrome({ executablePath: whole.path, headless: false });
  const why =
    whole.kind === "unusable" ? `PUPPETEER_EXECUTABLE_PATH=${whole.path}: ${whole.why}` : "none was found";
  throw new UsageError(
    `a window needs a whole Chrome, and ${why}: install Chrome or Chromium, or go without a window: --headless`,
    { code: "no-chrome" },
  );
}
