import { table } from "../../reports/table.ts";
import { officialRendered } from "../official/rendered.ts";
import type { Benchmark } from "./benchmark.ts";
import { median, medianRatio, timeInterleaved } from "./measure.ts";
import { readAsUsers, readOfficially, sessionOf } from "./readers.ts";

const RECORDINGS = ["stream", "limited", "stateful", "keyed", "full", "append"];
const USERS = 1000;
const EFFORT = { rounds: 9, roundMs: 60, warmUpMs: 400 };
/** How many times as fast as the official client a user of a crowd is to be. */
const TARGET = 5;

const OFFICIAL = "official";
const ONE = "one user";
const CROWD = `one of ${USERS}`;
const PARSE = "JSON.parse";

const NOTES = [
  `µs a frame and user, median of ${EFFORT.rounds} rounds. The last three columns: how many times as fast as the official`,
  "class, median of the rounds' ratios.",
  `"${ONE}" is the fair comparison of one client with another: nothing is known from before, and the items are`,
  'read, of which the official class only writes the HTML. "at most": what parsing the JSON alone would give.',
  `"${CROWD}": a user among others who get the same broadcasts, where what one has read the others look up.`,
  `The target, at least ${TARGET} times, is for this one.`,
];

/**
 * The simulated user against the official client's class, in one process, on the frames of the recordings: join and
 * all that follows, from the text of the frame on. The official class goes as far as the HTML, which its client would
 * then parse and morph; the simulated user as far as the ids, texts and fields of its items.
 */
export const benchmark: Benchmark = {
  name: "merge",
  describe: "a frame from its text to the page, the official client's class against the simulated user",
  async run({ print, progress }) {
    const Official = await officialRendered("1.2");
    const missed: string[] = [];
    const rows = RECORDINGS.map((name) => {
      progress(`${name} ...`);
      const session = sessionOf(name);
      const timings = timeInterleaved(
        [
          { name: OFFICIAL, turn: () => readOfficially(Official, session) },
          { name: ONE, turn: () => readAsUsers(1, session) },
          { name: CROWD, turn: () => readAsUsers(USERS, session) },
          { name: PARSE, turn: () => session.map((text) => JSON.parse(text)) },
        ],
        EFFORT,
      );
      const frames = (contestant: string, users: number) =>
        (timings.get(contestant) ?? []).map((us) => us / session.length / users);
      const [official, one, crowd] = [frames(OFFICIAL, 1), frames(ONE, 1), frames(CROWD, USERS)];
      const [oneRatio, crowdRatio] = [medianRatio(official, one), medianRatio(official, crowd)];
      const mostRatio = medianRatio(official, frames(PARSE, 1));
      if (crowdRatio < TARGET) {
        missed.push(`${name}: ${CROWD} is ${crowdRatio.toFixed(1)} times as fast, not ${TARGET}`);
      }
      const cells = [
        String(session.length),
        ...[official, one, crowd].flatMap((us) => [median(us).toFixed(2), perSecond(median(us))]),
        ...[oneRatio, mostRatio, crowdRatio].map(times),
      ];
      return { label: name, cells: cells.map((text) => ({ text })) };
    });
    const each = (who: string) => [`${who}: µs`, "frames/s"];
    const columns = ["frames", ...each(OFFICIAL), ...each(ONE), ...each(CROWD), ONE, "at most", CROWD];
    for (const line of [...table(columns, rows, 140), "", ...NOTES]) print(line);
    return missed;
  },
};

const times = (ratio: number): string => `${ratio.toFixed(1)} ×`;
const perSecond = (us: number): string => Math.round(1e6 / us).toLocaleString("en-US");
