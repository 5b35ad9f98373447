import { type Clock, type Micros, micros } from "../../../harness/core/units.ts";
import type { Cast } from "../../../harness/crowd/cast.ts";
import type { StepContext } from "../../../harness/crowd/perform-step.ts";
import { Presence } from "../../../harness/crowd/presence.ts";
import { RunRecorder } from "../../../harness/crowd/recorder.ts";
import { Throttle } from "../../../harness/crowd/throttle.ts";
import { DeliveryLedger } from "../../../harness/oracle/delivery-ledger.ts";
import type { MessageHistory } from "../../../harness/oracle/reference-database.ts";
import { smallScenario } from "./small-scenario.ts";

/** A room that never ends, whose last page begins with message 100. */
const history: MessageHistory = {
  oldestOfLast: async () => 100,
  oldestBefore: async (_, beforeId, count) => beforeId - count,
};

/** A clock that stands at 1 s and moves only by sleeping. */
function clockThatSleeps() {
  let nowUs = 1_000_000;
  return {
    clock: () => micros(nowUs),
    sleep: async (us: Micros) => {
      nowUs += us;
    },
  };
}

/** What a step is performed with in a test, and what it tells. */
export function stepContext(
  cast: Cast,
  given: Partial<StepContext> = {},
  time: { readonly clock: Clock; readonly sleep: StepContext["sleep"] } = clockThatSleeps(),
) {
  const told = { begun: 0 };
  const failures: string[] = [];
  const deliveries = new DeliveryLedger(cast.members.map(({ user }) => user.name));
  const starts = { made: 0, dropped: 0, late: 0, maxLateUs: 0 };
  const context: StepContext = {
    scenario: smallScenario,
    mode: "stream",
    cast,
    history,
    presence: new Presence(deliveries, { history, pageSize: 3, limit: null }, time.clock, (member) =>
      cast.authorship.left(member),
    ),
    throttle: new Throttle(null, time),
    recorder: new RunRecorder(),
    starts,
    ...time,
    signal: new AbortController().signal,
    beginUs: time.clock(),
    part: 0,
    parts: 1,
    onProgress: () => {
      told.begun += 1;
    },
    onFailure: (message) => void failures.push(message),
    ...given,
  };
  return { context, told, failures, starts, deliveries };
}
