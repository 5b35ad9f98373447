import { sideBySide } from "../../../reports/side-by-side.ts";
import type { Style } from "../../../reports/style.ts";
import { wrap } from "../../../reports/wrap.ts";
import type { ListItem } from "../../core/list-item.ts";
import type { RecordedViewer } from "../../core/recording.ts";
import { instantOf, textAround } from "../../crowd/told-frame.ts";
import { aroundDifference } from "../../oracle/around-difference.ts";
import type { Difference } from "../../oracle/compare-lists.ts";
import { describeDifference } from "../../oracle/describe-difference.ts";
import type { ListChange } from "../../page/list-change.ts";
import type { Replay, ReplayStep } from "../../replay/replay-viewer.ts";

/** How a replay is shown. */
export interface ReplayStyle {
  readonly inChrome: boolean;
  /** Of a line, in characters. */
  readonly width: number;
  readonly style: Style;
}

/** How many ids are told of what a frame has done. */
const TOLD_IDS = 2;

/** A replay as lines: each frame with the list after it, what is wrong in the end, and which frame did that. */
export async function replayLines(
  viewer: RecordedViewer,
  replay: Replay,
  { inChrome, width, style }: ReplayStyle,
): Promise<string[]> {
  const { who, mode, step, base, frames, cutOff } = viewer;
  const since = base.after === "join" ? "the join" : "the check";
  const culprit = replay.blame?.kind === "frame" ? replay.blame.number : null;
  const title = `${who} · ${mode} · ${step}`;
  const begin = `${frames.length} frames since ${since} at ${instantOf(base.atUs)}${cutOff === null ? "" : `; ${cutOff}`}`;
  return [
    style.bold(title),
    ...wrap(begin, width),
    "",
    style.dim(stepLine(" ", "frame", "after", "event", "what it did", "the list behind it")),
    stepLine(" ", "0", "", "", "", listAfter(replay.start)),
    ...(await partingLines(replay.startDisagreement, width, style)),
    ...(
      await Promise.all(replay.steps.map((one, index) => stepLines(one, index + 1, culprit, width, style)))
    ).flat(),
    "",
    ...(await endLines(viewer, replay, width, style)),
    ...(inChrome ? await chromeLines(replay, width, style) : []),
    style.bold(replay.isReproduced ? style.bad("REPRODUCED") : style.good("NOT REPRODUCED")),
  ];
}

async function stepLines(
  step: ReplayStep,
  number: number,
  culprit: number | null,
  width: number,
  style: Style,
): Promise<string[]> {
  const { event, sinceUs, operation, change, violation, items, disagreement } = step;
  const did = [operation, ...changesOf(change)].join(" ");
  const time = `+${(sinceUs / 1_000_000).toFixed(3)} s`;
  const line = stepLine(number === culprit ? ">" : " ", String(number), time, event, did, listAfter(items));
  return [
    number === culprit ? style.bad(line) : line,
    ...(violation === null
      ? []
      : wrap(`breaks an invariant: ${violation.kind}, ${violation.id}`, width - 8).map((text) =>
          style.bad(`        ${text}`),
        )),
    ...(await partingLines(disagreement, width, style)),
  ];
}

function stepLine(
  mark: string,
  number: string,
  time: string,
  event: string,
  did: string,
  list: string,
): string {
  return `${mark} ${number.padStart(5)}  ${time.padStart(10)}  ${event.padEnd(9)}  ${did.padEnd(36)}  ${list}`.trimEnd();
}

const listAfter = (items: readonly ListItem[]): string =>
  items.length === 0 ? "empty" : `${items.length}: ${items[0]?.id} … ${items.at(-1)?.id}`;

function changesOf({ inserted, updated, removed, pruned, moved }: ListChange): string[] {
  const kinds = [
    ["+", inserted],
    ["~", updated],
    ["-", [...removed, ...pruned]],
    ["^", moved],
  ] as const;
  return kinds.flatMap(([sign, ids]) => [
    ...ids.slice(0, TOLD_IDS).map((id) => `${sign}${id}`),
    ...(ids.length > TOLD_IDS ? [`${sign}${ids.length - TOLD_IDS} more`] : []),
  ]);
}

/** Where Chrome and the simulated page part. */
async function partingLines(disagreement: Difference | null, width: number, style: Style): Promise<string[]> {
  if (disagreement === null) return [];
  const { message } = await told(disagreement);
  return wrap(`Chrome shows something else than the simulated page: ${message}`, width - 8).map((text) =>
    style.bad(`        ${text}`),
  );
}

async function endLines(
  { expected, frames }: RecordedViewer,
  { start, difference, blame, steps, refused }: Replay,
  width: number,
  style: Style,
): Promise<string[]> {
  const stopped = refused === null ? [] : wrap(`The replay ended early: ${refused}`, width).map(style.bad);
  if (expected === null) return [...stopped, "Nobody knows what the list should have been."];
  if (difference === null) return [...stopped, "In the end the list is what was expected."];
  const { message } = await told(difference);
  const lists = aroundDifference(expected, steps.at(-1)?.items ?? start, difference.index);
  return [
    ...stopped,
    ...wrap(`In the end the list is not what was expected: ${message}`, width),
    ...sideBySide(lists, difference.index, width, style),
    ...(blame?.kind === "frame"
      ? [
          ...wrap(`The first frame after which it is so is ${blame.number} of ${frames.length}:`, width),
          ...wrap(textAround(frames[blame.number - 1]?.payloadText ?? "", difference.id), width - 4).map(
            (text) => `    ${text}`,
          ),
        ]
      : wrap(`No frame did that: ${blame?.why ?? ""}.`, width)),
  ];
}

async function chromeLines(
  { steps, startDisagreement, chromeDifference, difference, problems }: Replay,
  width: number,
  style: Style,
): Promise<string[]> {
  const parted = steps.findIndex(({ disagreement }) => disagreement !== null);
  const agreement =
    startDisagreement !== null
      ? "Chrome and the simulated page differ before the first frame."
      : parted === -1
        ? `Chrome and the simulated page agree after each of the ${steps.length} frames.`
        : `Chrome and the simulated page differ since frame ${parted + 1}.`;
  const isSame = JSON.stringify(chromeDifference) === JSON.stringify(difference);
  return [
    ...wrap(agreement, width),
    ...(chromeDifference === null || isSame
      ? []
      : wrap(`In Chrome: ${(await told(chromeDifference)).message}`, width).map(style.bad)),
    ...problems.flatMap((problem) => wrap(`Chrome's console: ${problem}`, width)),
  ];
}

/** A difference in words. What the run's database said is not known any more. */
const told = (difference: Difference) => describeDifference(difference, { roomId: 0, database: null });
