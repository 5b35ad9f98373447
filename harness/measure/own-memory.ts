import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Reads the bytes of this process that are still in use after a collection of garbage, on the heap and beside it. */
export function ownMemory(): () => number {
  setFlagsFromString("--expose-gc");
  const collectGarbage: unknown = runInNewContext("gc");
  if (typeof collectGarbage !== "function") throw new Error("this runtime exposes no garbage collector");
  return () => {
    // Memory outside the heap is given back by the collection after the one that finds it unused.
    collectGarbage();
    collectGarbage();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
}
