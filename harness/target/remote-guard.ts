import { lookup } from "node:dns/promises";
import { BlockList, isIP, isIPv6 } from "node:net";
import { networkInterfaces } from "node:os";
import { messageOf, UsageError } from "../core/errors.ts";
import type { Executor } from "../core/executor.ts";
import type { Step } from "../core/step.ts";

/** What is asked about a target's host: tests bring their own answers. */
export interface HostFacts {
  /** All addresses of a name; rejects where it has none. */
  readonly addressesOf: (hostname: string) => Promise<readonly string[]>;
  /** The addresses of this machine's own interfaces. */
  readonly ownAddresses: () => readonly string[];
}

/** What the command line says about targets that are not on this machine. */
export interface RemoteOptions {
  readonly allowRemote?: boolean;
  /** Starts a second, all together; and users joining a second. */
  readonly allowRemoteRatePerSec?: number;
}

/** So much is no load that anybody notices. */
export const REMOTE_RATE_PER_SEC = 10;

/** The facts of this machine. */
export const realHostFacts: HostFacts = {
  addressesOf: async (hostname) => (await lookup(hostname, { all: true })).map(({ address }) => address),
  ownAddresses: () =>
    Object.values(networkInterfaces()).flatMap((all) => (all ?? []).map(({ address }) => address)),
};

/**
 * How much a target may be loaded: starts a second, all together, and users joining a second. Null where it is on this
 * machine, and may be loaded as much as one likes.
 *
 * @param url of the target
 * @throws UsageError `remote-target` where it is elsewhere and that was not allowed; `unreachable` for a name that has no
 *   address; `no-allow-remote` for a rate without the permission
 */
export async function remoteLimit(
  url: string,
  { allowRemote = false, allowRemoteRatePerSec }: RemoteOptions,
  facts: HostFacts = realHostFacts,
): Promise<number | null> {
  if (allowRemoteRatePerSec !== undefined && !allowRemote) {
    throw new UsageError("--allow-remote-rate says how much, --allow-remote that it may be: give both", {
      code: "no-allow-remote",
    });
  }
  const { hostname } = new URL(url);
  const elsewhere = (await addressesOf(hostname, facts)).filter((address) => !isHere(address, facts));
  if (elsewhere.length === 0) return null;
  if (allowRemote) return allowRemoteRatePerSec ?? REMOTE_RATE_PER_SEC;
  throw new UsageError(
    `${hostname} is not this machine (${elsewhere.join(", ")}): load on somebody's server may do harm. ` +
      `Where it is yours to load, add --allow-remote, which allows ${REMOTE_RATE_PER_SEC} starts a second, ` +
      "and --allow-remote-rate for more",
    { code: "remote-target" },
  );
}

/** Steps at no higher a rate than a target may be loaded. Users who act again and again are held back as they act. */
export function withinLimit(steps: readonly Step[], limitPerSec: number | null): Step[] {
  return limitPerSec === null ? [...steps] : steps.map((step) => limited(step, limitPerSec));
}

function limited(step: Step, limitPerSec: number): Step {
  const capped = (ratePerSec: number) => Math.min(ratePerSec, limitPerSec);
  switch (step.kind) {
    case "insert":
    case "update":
    case "delete":
      return { ...step, ratePerSec: capped(step.ratePerSec) };
    case "mount":
      return { ...step, ratePerSec: capped(step.ratePerSec ?? limitPerSec) };
    case "load":
      return { ...step, executor: limitedExecutor(step.executor, capped) };
    case "scrollback":
      return step.ratePerSec === undefined ? step : { ...step, ratePerSec: capped(step.ratePerSec) };
    case "reconnect":
    case "leave":
      return step;
    default:
      return step satisfies never;
  }
}

function limitedExecutor(executor: Executor, capped: (ratePerSec: number) => number): Executor {
  switch (executor.kind) {
    case "constant-arrival-rate":
      return { ...executor, ratePerSec: capped(executor.ratePerSec) };
    case "ramping-arrival-rate":
      return {
        ...executor,
        startRatePerSec: capped(executor.startRatePerSec),
        stages: executor.stages.map((stage) => ({ ...stage, ratePerSec: capped(stage.ratePerSec) })),
      };
    case "sessions": {
      const arrivals = limitedExecutor(executor.arrivals, capped);
      return "ratePerSec" in arrivals || "startRatePerSec" in arrivals ? { ...executor, arrivals } : executor;
    }
    case "constant-users":
    case "ramping-users":
      return executor;
    default:
      return executor satisfies never;
  }
}

async function addressesOf(hostname: string, facts: HostFacts): Promise<readonly string[]> {
  const literal = hostname.replace(/^\[(.*)\]$/u, "$1");
  if (isIP(literal) !== 0) return [literal];
  let addresses: readonly string[];
  try {
    addresses = await facts.addressesOf(hostname);
  } catch (cause) {
    throw new UsageError(`${hostname} has no address: ${messageOf(cause)}`, { code: "unreachable", cause });
  }
  if (addresses.length > 0) return addresses;
  throw new UsageError(`${hostname} has no address`, { code: "unreachable" });
}

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet("127.0.0.0", 8, "ipv4");
LOOPBACK.addAddress("::1", "ipv6");
// Connecting to no address in particular leads to this machine.
LOOPBACK.addAddress("0.0.0.0", "ipv4");
LOOPBACK.addAddress("::", "ipv6");

function isHere(address: string, { ownAddresses }: HostFacts): boolean {
  const here = new BlockList();
  for (const own of ownAddresses()) here.addAddress(withoutZone(own), familyOf(own));
  const plain = withoutZone(address);
  return [LOOPBACK, here].some((list) => list.check(plain, familyOf(plain)));
}

/** `fe80::1%eth0` is `fe80::1`. */
const withoutZone = (address: string): string => address.replace(/%.*$/u, "");
const familyOf = (address: string): "ipv4" | "ipv6" => (isIPv6(address) ? "ipv6" : "ipv4");
