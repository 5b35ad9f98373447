import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { z } from "zod";
import { ANSI, PLAIN } from "../../reports/style.ts";
import type { Chrome } from "../browser/launch.ts";
import { messageOf, UsageError } from "../core/errors.ts";
import { EXIT_CODES } from "../core/exit-codes.ts";
import { parseRecordings, type RecordedViewer } from "../core/recording.ts";
import { showsColour } from "../core/text-stream.ts";
import type { Command, CommandContext } from "./command.ts";
import { suggestion } from "./nearest.ts";
import { flag, text } from "./option-values.ts";
import { readOptions } from "./read-options.ts";
import { replayLines } from "./replay/render.ts";

const options = {
  who: {
    kind: "list",
    description: "Viewer whose frames are replayed, may be given again",
    otherwise: "all that the file has",
  },
  "no-browser": { kind: "flag", description: "Replay on the page of a simulated user alone" },
} satisfies Command["options"];

const schema = z.object({ who: z.array(text()).optional(), "no-browser": flag() });

/** `bench replay <file>`: goes again through what viewers were sent who saw something wrong. Exit code 98 where it is wrong again. */
export const replay: Command = {
  description: "Replay the frames of viewers who saw something wrong, frame by frame",
  argument: { name: "file", description: "The frames.json beside the result of a failed run" },
  options,
  examples: [
    ["bench replay bench-results/quickstart-2026-01-02T03-04-05Z/frames.json", "in Chrome and without"],
    ["bench replay frames.json --who user-0007 --no-browser", "one viewer, on a simulated page"],
  ],
  run: async ({ file, ...args }, context) => {
    const given = readOptions(options, schema, args);
    const viewers = chosen(read(resolve(context.cwd, String(file))), given.who);
    await using open = new AsyncDisposableStack();
    const chrome = given["no-browser"] ? null : await startChrome(context);
    if (chrome !== null) open.defer(() => chrome.close());
    const { replayViewer } = await import("../replay/replay-viewer.ts");
    const { stdout, env, signal } = context;
    const style = showsColour(stdout, env) ? ANSI : PLAIN;
    const width = Math.max(60, Math.min(100, stdout.columns || 100));
    let isReproduced = false;
    for (const [index, viewer] of viewers.entries()) {
      signal.throwIfAborted();
      const shown = await replayViewer(viewer, chrome);
      isReproduced ||= shown.isReproduced;
      const rendered = await replayLines(viewer, shown, { inChrome: chrome !== null, width, style });
      const lines = [...(index === 0 ? [] : [""]), ...rendered];
      stdout.write(lines.map((line) => `${line}\n`).join(""));
    }
    return isReproduced ? EXIT_CODES.incorrect : EXIT_CODES.passed;
  },
};

function read(path: string): RecordedViewer[] {
  let json: string;
  try {
    json = readFileSync(path, "utf8");
  } catch (cause) {
    throw new UsageError(`${path} cannot be read: ${messageOf(cause)}`, { code: "unreadable-file", cause });
  }
  return parseRecordings(json, path);
}

function chosen(
  viewers: readonly RecordedViewer[],
  names: readonly string[] | undefined,
): readonly RecordedViewer[] {
  if (names === undefined) return viewers;
  const known = [...new Set(viewers.map(({ who }) => who))];
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new UsageError(
      `--who ${unknown} is not in the file, which has ${known.join(", ")}${suggestion(unknown, known)}`,
      { code: "unknown-viewer" },
    );
  return viewers.filter(({ who }) => names.includes(who));
}

/** Chrome's driver takes longer to be loaded than most commands take. */
async function startChrome({ env, signal, stderr }: CommandContext): Promise<Chrome> {
  const [{ ensureChrome }, { nodeChromeHost }, { launchChrome }] = await Promise.all([
    import("../browser/install-chrome.ts"),
    import("../browser/node-chrome-host.ts"),
    import("../browser/launch.ts"),
  ]);
  const { path } = await ensureChrome(nodeChromeHost(env, signal), (line) => stderr.write(`${line}\n`));
  signal.throwIfAborted();
  return launchChrome({ executablePath: path });
}
