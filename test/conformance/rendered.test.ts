import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { OfficialVersion } from "../official/rendered.ts";
import { officialReader, userRenderings } from "./renderings.ts";
import { type WireFormat, wireFrames } from "./wire-arbitrary.ts";

describe("the simulated user renders what the official class renders, whatever a server says", () => {
  it.each<[WireFormat, OfficialVersion]>([
    ["k", "1.2"],
    ["d", "1.0"],
  ])("with comprehensions as %s, read by %s", async (format, version) => {
    const officialRenderings = await officialReader(version);
    fc.assert(
      fc.property(wireFrames(format), (frames) => {
        expect(userRenderings(frames)).toEqual(officialRenderings(frames));
      }),
      { numRuns: 5000, seed: 1 },
    );
  });
});
