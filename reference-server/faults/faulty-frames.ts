import type { Fault } from "../faults.ts";
import { WIRE } from "../live/wire-keys.ts";
import { type FaultTime, PROCESS_TIME } from "./fault-time.ts";

/** Sends a text frame. */
export type Send = (text: string) => void;

/** `[join_ref, ref, topic, event, payload]`. */
type Frame = [joinRef: string | null, ref: string | null, topic: string, event: string, payload: unknown];

const LATE_MS = 200;
const LOSE_EVERY = 10;

/** What becomes of the JSON of a diff: of its strings, and of the operations of its streams. */
interface Misprint {
  text?(text: string): string;
  stream?(operations: readonly unknown[]): readonly unknown[];
}

const MISPRINTS: Partial<Record<Fault, Misprint>> = {
  "raw-html": {
    text: (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"'),
  },
  "wrong-dom-id": { text: (text) => text.replaceAll(/\bid="messages-(\d+)"/g, 'id="message-$1"') },
  "wrong-stream-ref": { stream: ([ref, ...operations]) => [`${String(ref)}9`, ...operations] },
  "wrong-limit-end": {
    stream: ([ref, inserts, ...others]) => [
      ref,
      (inserts as [string, number, number | null, ...unknown[]][]).map(([id, at, limit, ...more]) => [
        id,
        at,
        limit === null ? null : -limit,
        ...more,
      ]),
      ...others,
    ],
  },
};

/**
 * How the sockets of a server send as the faults have it; undefined where none of them concerns frames.
 *
 * @returns a function that gives for each socket's `send` the one to be used in its place
 */
export function faultyFrames(
  faults: ReadonlySet<Fault>,
  time: FaultTime = PROCESS_TIME,
): ((send: Send) => Send) | undefined {
  const misprints = [...faults].flatMap((fault) => MISPRINTS[fault] ?? []);
  const isLost = lostFrames(faults);
  const [late, early] = [faults.has("late-reply"), faults.has("early-push")];
  if (misprints.length === 0 && isLost === undefined && !late && !early) return undefined;
  return (send) => {
    const sendInOrder = early ? pushesFirst(send) : (_frame: Frame, text: string) => send(text);
    return (text) => {
      const frame = JSON.parse(text) as Frame;
      if (isLost?.(frame)) return;
      const printed =
        misprints.length > 0 && !isJoinReply(frame) ? JSON.stringify(misprinted(frame, misprints)) : text;
      if (late && isEventReply(frame)) void time.wait(LATE_MS).then(() => send(printed));
      else sendInOrder(frame, printed);
    };
  };
}

function lostFrames(faults: ReadonlySet<Fault>): ((frame: Frame) => boolean) | undefined {
  const [deaf, forgetful] = [faults.has("deaf-heartbeat"), faults.has("lose-reply")];
  if (!deaf && !forgetful) return undefined;
  let replies = 0;
  return (frame) => {
    if (deaf && frame[2] === "phoenix") return true;
    if (!forgetful || !isEventReply(frame)) return false;
    replies += 1;
    return replies % LOSE_EVERY === 0;
  };
}

/** Sends what a page is told beside its view before the diff of the same turn. */
function pushesFirst(send: Send): (frame: Frame, text: string) => void {
  let held: string[] = [];
  const release = () => {
    for (const text of held.splice(0)) send(text);
  };
  return ([, , topic, event], text) => {
    const isDiff = event === "diff";
    if (!isDiff && !topic.startsWith("lv:")) return send(text);
    if (!isDiff) {
      release();
      return send(text);
    }
    if (held.length === 0) process.nextTick(release);
    held = [...held, text];
  };
}

const isReply = ([, , topic, event]: Frame): boolean => event === "phx_reply" && topic.startsWith("lv:");
/** The answer to a join has the join's own ref. */
const isJoinReply = (frame: Frame): boolean => isReply(frame) && frame[0] === frame[1];
const isEventReply = (frame: Frame): boolean => isReply(frame) && frame[0] !== frame[1];

function misprinted([joinRef, ref, topic, event, payload]: Frame, misprints: readonly Misprint[]): Frame {
  const print = (value: unknown): unknown => {
    if (typeof value === "string") return misprints.reduce((text, one) => one.text?.(text) ?? text, value);
    if (Array.isArray(value)) return value.map(print);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => {
        const printed = print(inner);
        if (key !== WIRE.stream || !Array.isArray(printed)) return [key, printed];
        return [
          key,
          misprints.reduce(
            (operations, one) => one.stream?.(operations) ?? operations,
            printed as readonly unknown[],
          ),
        ];
      }),
    );
  };
  return [joinRef, ref, topic, event, print(payload)];
}
