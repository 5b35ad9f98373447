import { FAULT_CASES } from "./scenarios/self-test.ts";
import { selfTest } from "./harness/self-test/run-self-test.ts";
const only = process.argv[2]?.split(",");
const t = Date.now();
const cases = FAULT_CASES.filter(({ fault }) => only === undefined || only.includes(fault));
await selfTest({ cases, entryPath: "harness/bin.ts", atOnce: 2, signal: new AbortController().signal,
 onVerdict: (v) => console.log(((Date.now()-t)/1000).toFixed(0), v.case.fault, v.outcome, v.by, v.said.slice(0, 120)),
 onHealthy: (v) => console.log(((Date.now()-t)/1000).toFixed(0), "healthy", v.scenario, v.mode, v.alarms) });
