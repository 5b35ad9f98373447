/**
 * The names of metrics, in one place: those who measure write them, those who judge and report read them.
 * Units are in the schema of a metric (`metric.ts`).
 */
export const METRIC_NAMES = {
  /** Gauge, bytes: what one simulated user costs the harness. */
  userMemory: "memory.user",
  /** Slope, bytes: what one more connection costs the server. */
  serverMemoryPerConnection: "memory.server.per_connection",
  /** As before, of connections that have been in use: read while users leave. */
  serverMemoryPerActiveConnection: "memory.server.per_active_connection",
  /** Slope, bytes: by how much the server's memory grows in an hour, warm-up left out. */
  serverMemoryGrowth: "memory.server.growth_per_hour",
  /** Counter: 1 where the server's memory was judged to leak, 0 where it was not. */
  serverLeaks: "memory.server.leaks",
  /** Counters of users who lost their connection, and of those who were back in a minute. */
  reconnectExpected: "reconnect.expected",
  reconnectRecovered: "reconnect.recovered",
  /** Counter: messages that users who had lost their connection should see afterwards, and do not. */
  reconnectMissed: "reconnect.missed",
  /** Counters: texts that users had begun before they lost their connection, and those that are still there. */
  draftsExpected: "drafts.expected",
  draftsKept: "drafts.kept",
  /** Counters: drafts of which the server showed something before, and those of which it shows the same again. */
  draftsShown: "drafts.shown",
  draftsRecovered: "drafts.recovered",
  /** Counter: items that were not as they should have been. */
  domMismatches: "dom.mismatches",
  /** Gauges, the most of one viewer at the end: elements of the list that are there and not to be seen. */
  hiddenToUser: "dom.hidden.user",
  hiddenToChrome: "dom.hidden.chrome",
  /** Gauge, the most of one simulated user at the end: items of the list that he sees. */
  itemsOfUser: "dom.items.user",
  /** Counters of pairs of an insert and a receiver. */
  deliveryExpected: "delivery.expected",
  deliveryReceived: "delivery.received",
  deliveryLost: "delivery.lost",
  deliveryDuplicated: "delivery.duplicated",
  deliveryUnexpected: "delivery.unexpected",
  deliveryUncertain: "delivery.uncertain",
  /** Counter: actions of simulated users that were not answered as they should have been. */
  actionsFailed: "actions.failed",
  /** Counter: simulated users who were cut off without having asked for it. */
  usersLost: "users.lost",
  /** Counters, bytes: what the users' sockets received and sent, headers of HTTP and WebSocket frames included. */
  wireReceived: "wire.received",
  wireSent: "wire.sent",
  /** Gauges, bytes: the same, for one connection on average. */
  wireReceivedPerConnection: "wire.received.per_connection",
  wireSentPerConnection: "wire.sent.per_connection",
  /** Distributions, us: from when a page was due, and from when it was asked for, to its last byte. */
  mountLatency: "http.mount.latency",
  mountLatencyUncorrected: "http.mount.latency_uncorrected",
  /** Exact, bytes: an answer of 2xx to the request for a page, head and body. */
  mountBytes: "http.mount.bytes",
  /** Counter with a rate: requests for a page that were answered, whatever the status. */
  mountRequests: "http.mount.requests",
  /** Counter: requests for a page that were not answered, or not with a status of 2xx. */
  mountErrors: "http.mount.errors",
  /** Counter: WebSockets that the pages in Chrome opened. */
  chromeConnections: "chrome.connections",
  /** Gauges, bytes: the JavaScript heap of the Chrome page with most at the end, after a collection, and the most that one grew by. */
  chromeHeap: "chrome.heap",
  chromeHeapGrowth: "chrome.heap.growth",
  /** Gauges: the same of DOM nodes, those that are in no document included. */
  chromeNodes: "chrome.nodes",
  chromeNodesGrowth: "chrome.nodes.growth",
  /** Counter: tasks that kept a page's main thread for 50 ms or more in the steps, and, a gauge, us, the longest. */
  chromeLongTasks: "chrome.long_tasks",
  chromeLongestTask: "chrome.long_tasks.longest",
  /** Gauge, without a unit: the sum of layout shifts in the steps that no input explains, of the Chrome page with most. */
  chromeLayoutShift: "chrome.layout_shift",
  /** Gauge, CSS pixels: the most by which what a Chrome's reader saw first was moved by a change of the list. */
  chromeMoved: "chrome.moved",
  /** Counter: changes of a list of which nobody can say whether they moved its reader, since he scrolled meanwhile. No checks. */
  chromeUnclear: "chrome.moved.unclear",
  /** Gauge, us: how late the event loop of the harness was, 99th percentile, while there was load. Of several processes the worst. */
  generatorLoopDelay: "generator.loop_delay",
  /** Gauge, us: by how much the clocks of two processes may differ at most, after they were set by each other. */
  generatorClockBound: "generator.clock_bound",
  /** Gauge, percent of one core. Of several processes the worst. */
  generatorCpu: "generator.cpu",
  /** Gauge, percent of the time in which garbage was collected. Of several processes the worst. */
  generatorGc: "generator.gc",
  /** Counter: starts that were due and could not be made. */
  generatorDroppedStarts: "generator.dropped_starts",
  /** Counter: starts that were made late. */
  generatorLateStarts: "generator.late_starts",
} as const;

/** Where a latency ends: at the receiver's frame, at its merged page, in Chrome's DOM, or when who acted was answered. */
export type LatencyPoint = "frame" | "page" | "dom" | "reply";

const SERVER_CPU = "cpu.server.";
const HARNESS_CPU = "cpu.harness.";
const STEP_RECEIVED = "wire.received.per_";

const payload = (operation: string, caseName: string | undefined, what: string): string =>
  `payload.${caseName === undefined ? operation : `${operation}.${caseName}`}.${what}`;

/**
 * Exact bytes of the frames that one receiver gets for one operation, `payload.update.bytes`, or for one case of it,
 * `payload.update.again.bytes`.
 */
export const payloadBytes = (operation: string, caseName?: string): string =>
  payload(operation, caseName, "bytes");

/** The same, each frame deflated in a context of its own: `payload.update.deflated.bytes`. */
export const deflatedBytes = (operation: string, caseName?: string): string =>
  payload(operation, caseName, "deflated.bytes");

/** The same, deflated in one context for all frames of a connection: `payload.update.deflated_takeover.bytes`. */
export const deflatedTakeoverBytes = (operation: string, caseName?: string): string =>
  payload(operation, caseName, "deflated_takeover.bytes");

/** Gauge, us: processor time that the server takes for one operation, on average over the steps of its kind: `cpu.server.insert`. */
export const serverCpu = (operation: string): string => `${SERVER_CPU}${operation}`;

/** Gauge, us: the same of the processes that act as users, for what they do and receive: `cpu.harness.insert`. */
export const harnessCpu = (operation: string): string => `${HARNESS_CPU}${operation}`;

/** Gauge, bytes: what the sockets of all simulated users receive while one operation is done: `wire.received.per_insert`. */
export const stepReceived = (operation: string): string => `${STEP_RECEIVED}${operation}`;

/** The operation of which a metric is {@link serverCpu}; null where it is another metric. */
export const operationOfServerCpu = (name: string): string | null =>
  name.startsWith(SERVER_CPU) ? name.slice(SERVER_CPU.length) : null;

/** Microseconds from the time at which the operation was due to a point: `latency.insert.frame`. */
export const latency = (operation: string, point: LatencyPoint): string => `latency.${operation}.${point}`;

/** The same from when the operation was really begun, however late that was: `latency.insert.frame.uncorrected`. */
export const uncorrected = (latencyName: string): string => `${latencyName}.uncorrected`;
