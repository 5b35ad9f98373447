import { once } from "node:events";
import { connect } from "node:net";
import { expect, test } from "vitest";
import { startLiveSite } from "../live-site/live-site.ts";

test("a server that is closed does not wait for a connection that has said nothing", async () => {
  const site = await startLiveSite({ routes: [] });
  const { hostname, port } = new URL(site.origin);
  const silent = connect(Number(port), hostname);
  await once(silent, "connect");
  // Answered after the server has taken the one before.
  expect((await fetch(`${site.origin}/nothing`)).status).toBe(404);
  const ended = once(silent, "close");
  await site.close();
  expect(await ended).toEqual([false]);
}, 10_000);
