import { expect, test } from "vitest";
import { micros } from "../../../harness/core/units.ts";
import { MountLedger, type MountSample } from "../../../harness/measure/mount-ledger.ts";

const page = (latencyUs: number, given: Partial<MountSample> = {}): MountSample => ({
  latencyUs: micros(latencyUs),
  fromSendUs: null,
  bytes: 7000,
  status: 200,
  ...given,
});

const figures = (ledger: MountLedger) =>
  ledger.metrics(2000).map(({ name, mode, operation, values }) => [name, mode, operation, values]);

test("pages are counted with their latency and bytes, and what is no page is an error", () => {
  const ledger = new MountLedger("stream");
  ledger.record(page(1000));
  ledger.record(page(3000, { bytes: 7002 }));
  ledger.record(page(5, { status: 302, bytes: 100 }));
  ledger.record(page(5, { status: 503, bytes: 100 }));
  ledger.failed();
  expect(figures(ledger)).toEqual([
    [
      "http.mount.latency",
      "stream",
      "mount",
      { count: 2, min: 1000, mean: 2000, max: 3000, p50: 1000, p90: 3000, p99: 3000, p999: 3000 },
    ],
    ["http.mount.bytes", "stream", "mount", { count: 2, min: 7000, max: 7002, sum: 14_002, mean: 7001 }],
    ["http.mount.requests", "stream", "mount", { value: 4, ratePerSec: 2 }],
    ["http.mount.errors", "stream", "mount", { value: 3 }],
  ]);
});

test("the parts of several processes are added up, with the uncorrected latency beside where there is one", () => {
  const [whole, one, two] = [0, 1, 2].map(() => new MountLedger("stream")) as [
    MountLedger,
    MountLedger,
    MountLedger,
  ];
  for (const [index, part] of [one, two, one].entries()) {
    const mount = page(1000 * index, { fromSendUs: micros(100 * index), status: index === 1 ? 500 : 204 });
    part.record(mount);
    whole.record(mount);
  }
  two.failed();
  whole.failed();
  const merged = new MountLedger("stream");
  for (const part of [two, one]) merged.addTransfer(structuredClone(part.toTransfer()));
  expect(figures(merged)).toEqual(figures(whole));
  expect(figures(merged).map(([name]) => name)).toContain("http.mount.latency_uncorrected");
});

test("nothing that was asked is no latency and no bytes", () => {
  expect(figures(new MountLedger("stream"))).toEqual([
    ["http.mount.requests", "stream", "mount", { value: 0, ratePerSec: 0 }],
    ["http.mount.errors", "stream", "mount", { value: 0 }],
  ]);
});
