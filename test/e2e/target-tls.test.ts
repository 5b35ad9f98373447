import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { accountSite } from "./account-site.ts";
import { expectAllRight } from "./all-right.ts";
import { onlyResult, startBench, temporaryFolder } from "./bench.ts";
import { startTlsProxy } from "./tls-proxy.ts";

const SMALL = ["--users", "3", "--browsers", "1", "--rate", "4", "--duration", "1s"];

/** A chat behind TLS, and the file that says how it is used. */
async function secureChat(tls: (ca: string) => object) {
  const folder = temporaryFolder();
  const { origin } = await accountSite({ users: 4, messagesPerRoom: 30 });
  const { url, ca } = await startTlsProxy(origin);
  const config = join(folder, "chat.json");
  writeFileSync(config, JSON.stringify({ url, rooms: { path: "/rooms/{room}?members=off" }, ...tls(ca) }));
  return { url, config, out: join(folder, "results") };
}

test("with the certificate of its authority, pages, sockets and a Chrome get to a target by https and wss", async () => {
  const { url, config, out } = await secureChat((ca) => ({ tls: { ca } }));
  const ended = await startBench("run", "quickstart", "--config", config, ...SMALL, "--out", out).ended;
  const result = onlyResult(out);
  expectAllRight(ended, result);
  expect(result.configuration).toMatchObject({ target: url, modes: ["target"] });
  // At mount and after each of six steps, one Chrome.
  expect(result.checks.kinds["chrome-vs-user"]?.modes).toEqual({ target: { made: 7, failed: 0 } });
});

test("without it nothing is sent there, and the remedy is named", async () => {
  const { url, config, out } = await secureChat(() => ({}));
  const { stdout, stderr, exitCode } = await startBench("run", "quickstart", "--config", config, "--out", out)
    .ended;
  expect({ stdout, stderr, exitCode }).toEqual({
    stdout: "",
    stderr:
      `bench: ${url} is not trusted: unable to verify the first certificate; ` +
      "name the certificate of its authority as tls.ca in the file of --config\n",
    exitCode: 104,
  });
});
