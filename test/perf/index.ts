import type { Benchmark } from "./benchmark.ts";
import { benchmark as connections } from "./connections.ts";
import { benchmark as fanOut } from "./fan-out.ts";
import { benchmark as fullRoom } from "./full-room.ts";
import { benchmark as gate } from "./gate.ts";
import { benchmark as growth } from "./growth.ts";
import { benchmark as merge } from "./merge.ts";
import { benchmark as receive } from "./receive.ts";

/** All benchmarks, in the order in which they run. */
export const BENCHMARKS: readonly Benchmark[] = [merge, growth, receive, fanOut, connections, fullRoom, gate];
