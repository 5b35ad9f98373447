import type { FaultTime } from "../../../reference-server/faults/fault-time.ts";

/** Time that passes when a test has it pass. */
export function manualTime() {
  const waits: { readonly ms: number; readonly over: () => void }[] = [];
  const burnt: number[] = [];
  const time: FaultTime = {
    wait: (ms) => new Promise<void>((over) => waits.push({ ms, over })),
    burn: (ms) => void burnt.push(ms),
  };
  return {
    time,
    burnt,
    /** How long is waited for, in milliseconds. */
    waitedFor: () => waits.map(({ ms }) => ms),
    /** Ends all waits, and lets what waited go on. */
    async pass() {
      for (const { over } of waits.splice(0)) over();
      await new Promise(setImmediate);
    },
  };
}
