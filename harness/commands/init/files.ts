/** A file that `bench init` writes. */
export interface StartFile {
  /** From the folder that it is given. */
  readonly path: string;
  readonly text: string;
  /** For a person: one line on what it is for. */
  readonly what: string;
}

const TARGET = {
  url: "http://127.0.0.1:4000",
  rooms: { path: "/rooms/{room}", ids: [1, 2] },
  credentials: { name: "user-{number:4}", password: "a password for the bench" },
  start: { command: "mix", args: ["phx.server"], cwd: "..", env: { MIX_ENV: "prod" }, ready: { url: "/" } },
  thresholds: {
    "latency.insert.frame": ["p(99)<500"],
    "payload.insert.bytes": [{ threshold: "max<=2000", level: "warn" }],
  },
};

const SCENARIO = `import { browsers, defineScenario, duration, NOTHING_WRONG, PAGE_SIZE, rate, referenceSite, users } from "chat-diff-bench";

/** What is on a page of the application is found there, or said in target.json; the reference server's pages are its stand-in. */
export const scenario = defineScenario({
  name: "chat",
  question: "What does one message cost, and does everybody see it?",
  description: "Messages are written and changed at a constant rate, and everybody scrolls back.",
  modes: ["stream"],
  parameters: { users: users(50), rate: rate(5), duration: duration("10s"), browsers: browsers(1) },
  plan: (given) => ({
    browsers: given.browsers,
    rooms: { messagesEach: 50, members: [given.users] },
    site: referenceSite,
    pageSize: PAGE_SIZE,
    ordered: false,
    steps: [
      { kind: "insert", ratePerSec: given.rate, durationMs: given.duration },
      { kind: "update", ratePerSec: given.rate, durationMs: 2000 },
      { kind: "scrollback", pages: 2 },
    ],
    thresholds: NOTHING_WRONG,
  }),
});
`;

/** It takes the action that is in the installed package, so that both are of one version. */
const WORKFLOW = `name: bench
on: pull_request
jobs:
  bench:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      - uses: actions/setup-node@v5
        with:
          node-version: 24
      # Here belongs what the application needs to be started: its language, its database, accounts for the users.
      - run: npm ci
      - run: npx bench doctor --config bench/target.json
      - uses: ./node_modules/chat-diff-bench
        with:
          scenario: bench/chat.mts
          options: --config bench/target.json
          # What later runs are held to, once there is one: npx bench baseline save <result>
          # baseline: reports/baselines/chat.json
`;

/** What an application of one's own begins with. */
export const START_FILES: readonly StartFile[] = [
  {
    path: "bench/target.json",
    text: `${JSON.stringify(TARGET, undefined, 2)}\n`,
    what: "where the application answers, how one logs in, how it is started, what must hold",
  },
  { path: "bench/chat.mts", text: SCENARIO, what: "a scenario: what is done there" },
  { path: ".github/workflows/bench.yml", text: WORKFLOW, what: "the run in CI, for each pull request" },
];
