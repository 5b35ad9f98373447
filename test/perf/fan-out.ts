import { cpus } from "node:os";
import { MODES, type ModeName } from "../../reference-server/web/chat/modes.ts";
import { type Row, table } from "../../reports/table.ts";
import type { Benchmark } from "./benchmark.ts";
import { FanOut, type FanOutRound } from "./load/fan-out-rounds.ts";
import { median, medianRatio } from "./measure.ts";

const VIEWS = 1000;
const MESSAGES = 25;
const ROUNDS = 7;
const WARM_UP_ROUNDS = 2;
/** How many times as much as a bare server's a frame of the reference server may cost. */
const TARGET = 3;
const JUDGED: ModeName = "stream";

const MODE_NAMES = Object.keys(MODES) as ModeName[];

const NOTES = [
  `${VIEWS.toLocaleString("en-US")} views in one room, rendered one by one; ${MESSAGES} messages a round, each when all have the one before. A round`,
  "begins with ten messages on each page. Bare: a server that does nothing but hand the same bytes, as a",
  "string that is there already, to `ws.send` for as many sockets. Its clients read and drop, in a process of",
  `their own. CPU of the server's process, of user and system: median of ${ROUNDS} rounds, of both servers in turn;`,
  `the ratio is the median of the rounds' ratios. The target, at most ${TARGET}, is for ${JUDGED}.`,
];

/** What a frame of a fan-out costs the server, against one that only sends. */
export const benchmark: Benchmark = {
  name: "fan-out",
  describe:
    "server CPU of each frame of a new message in a full room, against a bare ws server, in each mode",
  async run({ print, progress }) {
    const missed: string[] = [];
    const rows: Row[] = [];
    const fanOut = await FanOut.start(VIEWS, MESSAGES);
    try {
      for (const mode of MODE_NAMES) {
        progress(`${mode} ...`);
        await fanOut.open(mode);
        const rounds: FanOutRound[] = [];
        for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
          const done = await fanOut.round(mode);
          if (round >= 0) rounds.push(done);
        }
        const [own, bare] = [rounds.map(({ ownUs }) => ownUs), rounds.map(({ bareUs }) => bareUs)];
        const ratio = medianRatio(own, bare);
        if (mode === JUDGED && ratio > TARGET)
          missed.push(`${mode}: a frame costs ${ratio.toFixed(1)} times a bare one, not ${TARGET}`);
        const bytes = median(rounds.map(({ bytes }) => bytes));
        const cells = [
          Math.round(bytes).toLocaleString("en-US"),
          median(bare).toFixed(1),
          median(own).toFixed(1),
          `${ratio.toFixed(1)} ×`,
        ];
        rows.push({ label: mode, cells: cells.map((text) => ({ text })) });
      }
    } finally {
      await fanOut.stop();
    }
    const columns = ["bytes", "bare: µs", "server: µs", "ratio"];
    for (const line of [...table(columns, rows, 100), "", ...NOTES]) print(line);
    print(`${cpus().length} × ${cpus()[0]?.model}, node ${process.version}.`);
    return missed;
  },
};
