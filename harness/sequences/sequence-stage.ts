import { ensureChrome } from "../browser/install-chrome.ts";
import { launchChrome } from "../browser/launch.ts";
import { nodeChromeHost } from "../browser/node-chrome-host.ts";
import { startDelayingLink } from "../load/delaying-link.ts";
import { startServer } from "../load/server-process.ts";
import { chromeViewer } from "./chrome-viewer.ts";
import type { Performance } from "./perform-sequence.ts";
import { sequenceServer } from "./sequence-server.ts";
import { userPopulation, userViewer } from "./user-viewer.ts";

/** How long one wait may take: on a machine with much else to do, too. */
const TIMEOUT_MS = 20_000;

/** What sequences are done on: a server, and who looks at its pages. */
export interface SequenceStage extends AsyncDisposable {
  readonly performance: Omit<Performance, "signal">;
  /** `Chrome/156.0.8078.79` */
  readonly chromeVersion: string;
}

/** What a stage is opened with. */
export interface SequenceStageOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /** Takes what is to be said to the person who waits, a line each: the server's log, that Chrome is installed. */
  readonly say: (line: string) => void;
  /** Where the simulated user's page comes from, for one who alters it on the way. Default: the server. */
  readonly userOrigin?: (origin: string) => string;
}

/** Starts a server, a Chrome and a simulated user, each of the two behind a link of its own. */
export async function openSequenceStage(options: SequenceStageOptions): Promise<SequenceStage> {
  const { env, signal, say, userOrigin = (origin) => origin } = options;
  await using made = new AsyncDisposableStack();
  const { path } = await ensureChrome(nodeChromeHost(env, signal), say);
  const server = await startServer({
    port: 0,
    database: ":memory:",
    messages: 1,
    instrument: true,
    onLog: (line) => say(`server: ${line}`),
    signal,
  });
  made.defer(async () => void (await server.stop()));
  const linkTo = async (origin: string) => {
    const link = await startDelayingLink(origin);
    made.defer(() => link.close());
    return link;
  };
  const chrome = await launchChrome({ executablePath: path });
  made.defer(() => chrome.close());
  const [ofChrome, ofUser] = [await linkTo(server.url), await linkTo(userOrigin(server.url))];
  const population = userPopulation(ofUser);
  made.defer(() => population.close());
  const page = await chrome.openPage({ name: "Chrome", timeoutMs: TIMEOUT_MS });
  const viewers = [
    await chromeViewer(page, { link: ofChrome, timeoutMs: TIMEOUT_MS }),
    userViewer(population, { link: ofUser, timeoutMs: TIMEOUT_MS }),
  ];
  let pages = 0;
  const newId = () => {
    pages += 1;
    return String(pages);
  };
  const owned = made.move();
  return {
    performance: { server: sequenceServer(server.url, TIMEOUT_MS), viewers, newId },
    chromeVersion: chrome.version,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
