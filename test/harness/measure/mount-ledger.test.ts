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

test("the latency from when it was sent stands beside, of the pages that were sent later than due", () => {
  const ledger = new MountLedger("stream");
  ledger.record(page(1000, { fromSendUs: micros(100) }));
  ledger.record(page(3000, { fromSendUs: micros(300) }));
  ledger.record(page(9000, { fromSendUs: micros(900), status: 500 }));
  ledger.record(page(5000));
  expect(figures(ledger)).toContainEqual([
    "http.mount.latency_uncorrected",
    "stream",
    "mount",
    { count: 2, min: 100, mean: 200, max: 300, p50: 100, p90: 300, p99: 300, p999: 300 },
  ]);
});

test("nothing that was asked is no latency and no bytes", () => {
  expect(figures(new MountLedger("stream"))).toEqual([
    ["http.mount.requests", "stream", "mount", { value: 0, ratePerSec: 0 }],
    ["http.mount.errors", "stream", "mount", { value: 0 }],
  ]);
});
