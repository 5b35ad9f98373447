import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { findPackageJSON } from "node:module";
import { createServer } from "node:net";
import { availableParallelism } from "node:os";
import { promisify } from "node:util";
import packageJson from "../../../package.json" with { type: "json" };
import { findChrome } from "../../browser/find-chrome.ts";
import { nodeChromeHost } from "../../browser/node-chrome-host.ts";
import { messageOf } from "../../core/errors.ts";
import type { MachineFacts } from "./diagnose.ts";

const SERVE_PORT = 4000;
const FIGURE_PACKAGES = ["phoenix_live_view", "phoenix", "puppeteer"];

/** Looks at the machine. Installs and changes nothing. */
export async function probeMachine(env: NodeJS.ProcessEnv): Promise<MachineFacts> {
  const [npm, packages, chrome, ephemeralPorts, free] = await Promise.all([
    npmVersion(env),
    packageVersions(),
    probeChrome(env),
    countEphemeralPorts(),
    isFree(SERVE_PORT),
  ]);
  return {
    node: { version: process.versions.node, pinned: packageJson.devEngines.runtime.version },
    npm,
    packages,
    chrome,
    openFiles: openFileLimit(),
    cores: availableParallelism(),
    availableMemoryBytes: process.availableMemory(),
    ephemeralPorts,
    servePort: { port: SERVE_PORT, free },
  };
}

async function npmVersion(env: NodeJS.ProcessEnv): Promise<string | null> {
  // npx tells its version to what it starts.
  const told = /^npm\/(\S+)/.exec(env.npm_config_user_agent ?? "")?.[1];
  if (told !== undefined) return told;
  try {
    const { stdout } = await promisify(execFile)("npm", ["--version"], { timeout: 10_000, env });
    return stdout.trim();
  } catch {
    return null;
  }
}

async function packageVersions(): Promise<Record<string, string | null>> {
  const versions = FIGURE_PACKAGES.map(async (name): Promise<[string, string | null]> => {
    try {
      const file = findPackageJSON(name, import.meta.url);
      if (file === undefined) return [name, null];
      return [name, String(JSON.parse(await readFile(file, "utf8")).version)];
    } catch {
      return [name, null];
    }
  });
  return Object.fromEntries(await Promise.all(versions));
}

async function probeChrome(env: NodeJS.ProcessEnv): Promise<MachineFacts["chrome"]> {
  try {
    return await findChrome(nodeChromeHost(env));
  } catch (error) {
    return { kind: "missing", tried: [messageOf(error)] };
  }
}

/** Node raises the soft limit to the hard one when it starts, so this is what a run has, whatever `ulimit -n` says. */
function openFileLimit(): number | null {
  // Else the report looks up the name of every peer, which can take seconds.
  Object.assign(process.report, { excludeNetwork: true });
  const soft: unknown = Object(process.report.getReport()).userLimits?.open_files?.soft;
  if (soft === "unlimited") return Number.POSITIVE_INFINITY;
  return typeof soft === "number" ? soft : null;
}

async function countEphemeralPorts(): Promise<number | null> {
  try {
    const range = await readFile("/proc/sys/net/ipv4/ip_local_port_range", "utf8");
    const [first = 0, last = 0] = range.trim().split(/\s+/).map(Number);
    return last - first + 1;
  } catch {
    return null;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
