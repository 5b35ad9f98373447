import { realClock } from "../../../harness/core/real-time.ts";
import { Authorship } from "../../../harness/crowd/authorship.ts";
import { FrameHistory } from "../../../harness/crowd/frame-history.ts";
import { FrameObserver } from "../../../harness/crowd/frame-observer.ts";
import { RunRecorder } from "../../../harness/crowd/recorder.ts";
import { DeliveryLedger } from "../../../harness/oracle/delivery-ledger.ts";
import { Population } from "../../../harness/user/population.ts";
import { SimulatedUser } from "../../../harness/user/simulated-user.ts";
import { everyInterval } from "../../../harness/user/wheel.ts";
import { RECORDED_LIST } from "../../conformance/recorded-user.ts";
import { type ClientOptions, type Clients, connectAll } from "./clients.ts";

const MODE = "stream";
const ON_PAGE = 10;

/** Simulated users, observed as those of a run are: bytes, latencies, invariants, who got which message, and the frames. */
export async function connectUsers(options: ClientOptions): Promise<Clients> {
  const names = Array.from({ length: options.users }, (_, number) => `${options.group}${number}`);
  const receivers = new Map(names.map((name, number) => [name, number]));
  const recorder = new RunRecorder();
  const authorship = new Authorship(1);
  const deliveries = new DeliveryLedger(names);
  let lost = 0;
  const observer = new FrameObserver({
    mode: MODE,
    recorder,
    deletionsDue: new Map(),
    onInsert: (user, sequence, itemId) => {
      authorship.appeared(user, sequence, itemId);
      const receiver = receivers.get(user);
      if (receiver !== undefined) deliveries.received(receiver, sequence);
    },
    onRepeat: () => {},
  });
  const { origin, onFrame } = options;
  const population = new Population({
    baseUrl: origin,
    ...RECORDED_LIST,
    clock: realClock,
    every: everyInterval,
  });
  const history = new FrameHistory(options.users);
  const users = await connectAll(options, async (name) => {
    const user = new SimulatedUser(population, {
      name,
      frames: history.add(),
      onFrame: (report) => {
        observer.observe(report);
        if (report.operation === "insert") onFrame();
      },
      onDown: () => lost++,
    });
    await user.mount(`/stream/rooms/1?user=${name}`);
    await user.connect();
    return user;
  });
  return {
    held: users,
    problems: () =>
      lost + recorder.checks.checks().failed + users.filter(({ items }) => items.length !== ON_PAGE).length,
  };
}
