import { describe, expect, test } from "vitest";
import { UsageError } from "../../../harness/core/errors.ts";
import { type HostFacts, remoteLimit, withinLimit } from "../../../harness/target/remote-guard.ts";

const NAMES: Readonly<Record<string, readonly string[]>> = {
  localhost: ["::1", "127.0.0.1"],
  "this.test": ["192.0.2.7"],
  "both.test": ["127.0.0.1", "198.51.100.1"],
  "far.test": ["198.51.100.1", "2001:db8::1"],
  "none.test": [],
};
const facts: HostFacts = {
  addressesOf: async (name) => {
    const addresses = NAMES[name];
    if (addresses === undefined) throw new Error(`getaddrinfo ENOTFOUND ${name}`);
    return addresses;
  },
  ownAddresses: () => ["127.0.0.1", "192.0.2.7", "fe80::1%eth0", "2001:db8::7"],
};

describe("on this machine there is no limit, and nothing to allow", () => {
  test.each([
    "http://localhost:4000/rooms/1",
    "http://127.0.0.1:4000",
    "http://127.8.9.1",
    "http://[::1]:4000",
    "http://[::ffff:127.0.0.1]",
    "http://0.0.0.0:4000",
    "http://[::]",
    "http://192.0.2.7",
    "https://this.test",
    "http://[2001:db8::7]",
    "http://[fe80::1]",
  ])("%s", async (url) => {
    expect(await remoteLimit(url, {}, facts)).toBe(null);
    expect(await remoteLimit(url, { allowRemote: true, allowRemoteRatePerSec: 5 }, facts)).toBe(null);
  });
});

describe("elsewhere it has to be allowed, and is capped", () => {
  test.each([
    ["http://far.test", "far.test is not this machine (198.51.100.1, 2001:db8::1)"],
    ["http://both.test", "both.test is not this machine (198.51.100.1)"],
    ["http://198.51.100.1:4000", "198.51.100.1 is not this machine (198.51.100.1)"],
    ["http://[2001:db8::1]", "[2001:db8::1] is not this machine (2001:db8::1)"],
    ["http://[::ffff:198.51.100.1]", "[::ffff:c633:6401] is not this machine (::ffff:c633:6401)"],
  ])("%s", async (url, said) => {
    await expect(remoteLimit(url, {}, facts)).rejects.toThrow(
      new UsageError(
        `${said}: load on somebody's server may do harm. Where it is yours to load, add --allow-remote, ` +
          "which allows 10 starts a second, and --allow-remote-rate for more",
        { code: "remote-target" },
      ),
    );
    expect(await remoteLimit(url, { allowRemote: true }, facts)).toBe(10);
    expect(await remoteLimit(url, { allowRemote: true, allowRemoteRatePerSec: 250 }, facts)).toBe(250);
  });
});

test.each([
  ["http://none.test", {}, "none.test has no address"],
  ["http://who.test", {}, "who.test has no address: getaddrinfo ENOTFOUND who.test"],
  [
    "http://localhost",
    { allowRemoteRatePerSec: 5 },
    "--allow-remote-rate says how much, --allow-remote that it may be: give both",
  ],
])("%s with %j is refused", async (url, options, message) => {
  await expect(remoteLimit(url, options, facts)).rejects.toThrow(message);
});

test("steps are made no faster than is allowed, and slower ones stay", () => {
  const steps = [
    { kind: "insert", ratePerSec: 50, durationMs: 1000 },
    { kind: "delete", ratePerSec: 2, durationMs: 1000 },
    { kind: "scrollback", pages: 2 },
    { kind: "scrollback", pages: 2, ratePerSec: 40 },
  ] as const;
  expect(withinLimit(steps, null)).toEqual(steps);
  expect(withinLimit(steps, 10)).toEqual([
    { ...steps[0], ratePerSec: 10 },
    steps[1],
    steps[2],
    { ...steps[3], ratePerSec: 10 },
  ]);
});
