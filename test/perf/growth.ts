import { cpus } from "node:os";
import { MODES, type ModeName } from "../../reference-server/web/chat/modes.ts";
import { type Row, table } from "../../reports/table.ts";
import type { Benchmark } from "./benchmark.ts";
import { longChat } from "./long-room.ts";
import { median, medianRatio } from "./measure.ts";
import { OPERATIONS, type Operation, type Visits, visit } from "./visits.ts";

/** How many messages are on the page, and how many pages are opened in a round. */
const SIZES = [
  { messages: 10, pages: 16 },
  { messages: 100, pages: 8 },
  { messages: 1000, pages: 3 },
  { messages: 10_000, pages: 1 },
] as const;
const ROUNDS = 15;
const WARM_UP = { messages: 100, pages: 150 } as const;

/** A frame is flat where it grows by no more than the digits of its indices, counts and component numbers. */
const FLAT_BYTES = 64;

const TITLES: Readonly<Record<Operation, string>> = {
  insert: "Insert at the end",
  edit: "Edit one in the middle",
  delete: "Delete one in the middle",
  prepend: "A page of history, ten messages",
};

/** Where the history on the page must not matter. */
const MUST_BE_FLAT: Readonly<Record<Operation, readonly ModeName[]>> = {
  insert: ["stateful", "keyed", "append", "stream", "components"],
  edit: ["stateful", "keyed", "append", "stream", "components"],
  delete: ["append", "stream", "components"],
  prepend: ["append", "stream", "components"],
};

const MODE_NAMES = Object.keys(MODES) as ModeName[];

/** The rounds of a mode, for each of {@link SIZES}. */
type Rounds = readonly (readonly Visits[])[];

/**
 * The room page of each mode, from the broadcast to the text of the frame, with nothing but the socket taken away. Modes
 * and sizes take turns, round by round, so that what disturbs the machine disturbs all of them.
 */
export const benchmark: Benchmark = {
  name: "growth",
  describe: "bytes and server time of an operation, as the history on the page grows, in each mode",
  async run({ print, progress }) {
    const chat = await longChat();
    progress("warming up ...");
    for (const mode of MODE_NAMES) await visit(chat, mode, WARM_UP);
    const rounds = new Map(MODE_NAMES.map((mode) => [mode, SIZES.map((): Visits[] => [])]));
    for (let round = 1; round <= ROUNDS; round++) {
      progress(`round ${round} of ${ROUNDS} ...`);
      for (const [at, size] of SIZES.entries()) {
        for (const mode of MODE_NAMES) rounds.get(mode)?.[at]?.push(await visit(chat, mode, size));
      }
    }
    await chat.close();

    const columns = [...SIZES.map(({ messages }) => messages.toLocaleString("en-US")), "growth"];
    for (const line of table(
      columns,
      OPERATIONS.flatMap((name) => rowsOf(name, rounds)),
      100,
    ))
      print(line);
    print("");
    print(
      `Columns: messages on the page. Growth: from the first to the last; flat: by no more than ${FLAT_BYTES} bytes.`,
    );
    print(
      `Times: median of ${ROUNDS} rounds, ratios of each round. ${cpus()[0]?.model}, node ${process.version}.`,
    );
    return OPERATIONS.flatMap((name) => missedOf(name, rounds));
  },
};

function rowsOf(operation: Operation, rounds: ReadonlyMap<ModeName, Rounds>): Row[] {
  const rows = (cellsOf: (own: Rounds) => readonly string[]) =>
    [...rounds].map(([mode, own]) => ({ label: mode, cells: cellsOf(own).map((text) => ({ text })) }));
  return [
    { label: `${TITLES[operation]}: bytes of the frame` },
    ...rows((own) => {
      const bytes = bytesOf(operation, own);
      return [...bytes.map((size) => size.toLocaleString("en-US")), growthOf(bytes)];
    }),
    { label: `${TITLES[operation]}: µs of the server` },
    ...rows((own) => {
      const times = own.map((visits) => visits.map((each) => each[operation].us));
      const ratio = medianRatio(times.at(-1) ?? [], times[0] ?? []);
      return [...times.map((us) => figure(median(us))), `× ${figure(ratio)}`];
    }),
  ];
}

/** The bytes at each size: the same in every round, or a round would not be like the next. */
function bytesOf(operation: Operation, rounds: Rounds): number[] {
  return rounds.map((visits) => {
    const sizes = new Set(visits.map((each) => each[operation].bytes));
    const [bytes, ...others] = sizes;
    if (bytes === undefined || others.length > 0) throw new Error(`${operation}: rounds differ in bytes`);
    return bytes;
  });
}

const isFlat = (bytes: readonly number[]): boolean => Math.max(...bytes) - Math.min(...bytes) <= FLAT_BYTES;

function growthOf(bytes: readonly number[]): string {
  return isFlat(bytes) ? "flat" : `× ${figure((bytes.at(-1) ?? 0) / (bytes[0] ?? 0))}`;
}

function missedOf(operation: Operation, rounds: ReadonlyMap<ModeName, Rounds>): string[] {
  return MUST_BE_FLAT[operation].flatMap((mode) => {
    const bytes = bytesOf(operation, rounds.get(mode) ?? []);
    return isFlat(bytes) ? [] : [`${operation} in ${mode} is not flat: ${bytes.join(", ")} bytes`];
  });
}

/** To two digits below ten, whole above. */
function figure(value: number): string {
  return value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString("en-US");
}
