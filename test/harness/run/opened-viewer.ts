import { writeFileSync } from "node:fs";
import { onTestFinished } from "vitest";
import type { ChromePage, PageOptions } from "../../../harness/browser/chrome-page.ts";
import type { Chrome } from "../../../harness/browser/launch.ts";
import type { SocketFrame } from "../../../harness/browser/socket-traffic.ts";
import { BenchError } from "../../../harness/core/errors.ts";
import type { ListItem } from "../../../harness/core/list-item.ts";
import { micros } from "../../../harness/core/units.ts";
import { RunRecorder } from "../../../harness/crowd/recorder.ts";
import { encodeDueToken } from "../../../harness/load/due-token.ts";
import { expectedWindow } from "../../../harness/oracle/expected-window.ts";
import { ReferenceDatabase } from "../../../harness/oracle/reference-database.ts";
import { ChromeViewer } from "../../../harness/run/chrome-viewer.ts";
import { smallScenario } from "../crowd/small-scenario.ts";
import { chatDatabase } from "../oracle/chat-database.ts";

type Observation = Awaited<ReturnType<ChromePage["drainObservations"]>>["observations"][number];

/** What Chrome noted of a message that was due at 1 s, 9 ms later. */
export function observation(kind: Observation["kind"], sequence: number, itemId = "messages-7"): Observation {
  const content = `${encodeDueToken({ dueUs: micros(1_000_000), sequence, lateUs: micros(1000) })} hello`;
  return { kind, itemId, content, atUs: micros(1_011_000) };
}

/**
 * A room with the messages 1 to 6, pages of three, and a Chrome in it whose page is what the test says.
 *
 * @param knows whether the viewer may read the database
 */
export async function openViewer(asks = "/log_in", { knows = true } = {}) {
  const { path, insert } = chatDatabase();
  for (let id = 1; id <= 6; id += 1) insert(id, 1);
  const database = await ReferenceDatabase.open(path);
  onTestFinished(() => database.close());
  const all = (await expectedWindow(database, 1, 1)).map((item) => ({ ...item, text: "" }));
  // The ids are 1 to 6.
  const from = (oldestId: number): ListItem[] => all.slice(oldestId - 1);

  const calls: string[] = [];
  const state = {
    path: "",
    list: from(4),
    /** What the list is once the top was reached. */
    afterScroll: from(1),
    observations: [] as Observation[],
    /** What is noted while history is loaded. */
    noted: [] as Observation[],
    problems: [] as { kind: "console"; text: string }[],
  };
  const page = {
    observeInserts: async (what: object) => void calls.push(`observes ${JSON.stringify(what)}`),
    logIn: async (what: { readonly url: string }) => {
      calls.push(`logs in ${JSON.stringify(what)}`);
      state.path = asks === "/log_in" ? new URL(what.url).pathname : "/welcome";
    },
    goto: async (url: string) => {
      calls.push(`goes to ${url}`);
      state.path = state.path === "" ? asks : new URL(url).pathname;
    },
    evaluate: async () => state.path,
    // 2 ms ahead of the clock of the test, which stands still.
    clockUs: async () => 2000,
    waitUntilConnected: async () => void calls.push("connects"),
    readList: async () => state.list,
    waitForList: async (
      _: unknown,
      wanted: (items: readonly ListItem[]) => boolean,
      what: string,
      ms: number,
    ) => {
      calls.push(`waits ${ms} ms to ${what}`);
      if (wanted(state.list)) return state.list;
      throw new BenchError(`${what}: not within ${ms} ms`, { code: "chrome-page" });
    },
    reading: { watch: async (container: string) => void calls.push(`watches the reader of ${container}`) },
    scrollToTop: async (container: string, by: string) => {
      calls.push(`scrolls ${container} by ${by}`);
      state.list = state.afterScroll;
      state.observations.push(...state.noted);
    },
    drainObservations: async () => ({ observations: state.observations.splice(0), dropped: 0 }),
    problems: () => state.problems,
    problemCount: () => state.problems.length,
    traffic: () => ({ webSockets: 1 }),
    appendedAtStart: async () => [],
    capture: async (path: string) => writeFileSync(path, "a picture"),
    html: async () => "<p>the document</p>",
    close: async () => void calls.push("closes"),
  };
  let onFrame: PageOptions["onFrame"];
  const openPage = async (options: PageOptions) => {
    onFrame = options.onFrame;
    return page as unknown as ChromePage;
  };
  const chrome = { openPage } as Partial<Chrome> as Chrome;
  const viewer = await ChromeViewer.open({
    clock: () => micros(0),
    chrome,
    name: "chrome-1",
    account: { name: "user-0003", password: null },
    origin: "http://chat.test",
    site: smallScenario.site,
    mode: "stream",
    roomId: 1,
    pageSize: 3,
    limit: null,
    database: knows ? database : null,
  });
  /** What goes over the page's WebSocket. */
  const send = (frames: readonly SocketFrame[]) => {
    for (const frame of frames) onFrame?.({ ...frame, chromeMs: 0 });
  };
  return { viewer, state, calls, from, database, recorder: new RunRecorder(), send };
}
