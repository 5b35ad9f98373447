/** What was found on the machine. A fact that could not be had is null. */
export interface MachineFacts {
  readonly node: { readonly version: string; readonly pinned: string };
  readonly npm: string | null;
  /** Versions of the packages that the figures depend on, by name; null where one is not installed. */
  readonly packages: Readonly<Record<string, string | null>>;
  readonly chrome:
    | { readonly kind: "found"; readonly path: string; readonly version: string; readonly source: string }
    /** What was looked at and why it will not do, a line each. */
    | { readonly kind: "missing"; readonly tried: readonly string[] }
    /** The one that the environment names cannot be used. */
    | { readonly kind: "unusable"; readonly path: string; readonly why: string };
  /** How many files this process may have open. */
  readonly openFiles: number | null;
  readonly cores: number;
  /** What a new process can have without swapping. */
  readonly availableMemoryBytes: number;
  /** How many ports there are for outgoing connections to one address. */
  readonly ephemeralPorts: number | null;
  /** The port of `bench serve`, and whether nothing listens on it. */
  readonly servePort: { readonly port: number; readonly free: boolean };
}

/** One line of the report. */
export interface Finding {
  /** `fail`: a run will not work. `warn`: it will, but smaller, slower, or with figures that compare less. */
  readonly mark: "ok" | "warn" | "fail";
  readonly subject: string;
  readonly found: string;
  /** What to do about it; absent where all is well. */
  readonly advice?: string;
}

/** A simulated user has a socket at either end and, while it mounts, an HTTP connection beside it. */
const FILES_PER_USER = 2;
/** Files that a run has open without any user: databases, pipes to Chromes, the program itself. */
const FILES_OF_A_RUN = 150;
const SIZES = [200, 1000, 10_000] as const;
const MEBIBYTE = 2 ** 20;

/** Judges what was found. */
export function diagnose(facts: MachineFacts): Finding[] {
  return [
    chromeFinding(facts.chrome),
    nodeFinding(facts.node),
    { mark: "ok", subject: "npm", found: facts.npm ?? "not found; only npm ci needs it" },
    ...Object.entries(facts.packages).map(([name, version]) => packageFinding(name, version)),
    openFilesFinding(facts.openFiles),
    coresFinding(facts.cores),
    memoryFinding(facts.availableMemoryBytes),
    portsFinding(facts.ephemeralPorts),
    servePortFinding(facts.servePort),
  ];
}

/** Files that a process needs to be open with so many users. */
export const filesNeeded = (users: number): number => users * FILES_PER_USER + FILES_OF_A_RUN;

function chromeFinding(chrome: MachineFacts["chrome"]): Finding {
  const subject = "Chrome";
  switch (chrome.kind) {
    case "found":
      return { mark: "ok", subject, found: `${chrome.version} (${chrome.source}: ${chrome.path})` };
    case "missing":
      return {
        mark: "warn",
        subject,
        found: ["none", ...chrome.tried].join("; "),
        advice:
          "a run with browsers tries to install one (on Debian as root); or set PUPPETEER_EXECUTABLE_PATH",
      };
    case "unusable":
      return {
        mark: "fail",
        subject,
        found: `${chrome.path} cannot be used: ${chrome.why}`,
        advice: "correct PUPPETEER_EXECUTABLE_PATH, or unset it",
      };
    default:
      return chrome satisfies never;
  }
}

function nodeFinding({ version, pinned }: MachineFacts["node"]): Finding {
  const subject = "Node";
  if (version === pinned) return { mark: "ok", subject, found: `${version}, the pinned one` };
  const old = Number.parseInt(version, 10) < Number.parseInt(pinned, 10);
  return {
    mark: old ? "fail" : "warn",
    subject,
    found: `${version}; pinned is ${pinned}`,
    advice: `start it as npx bench after npm ci, which brings ${pinned} on Linux; elsewhere use Node ${Number.parseInt(pinned, 10)}`,
  };
}

function packageFinding(name: string, version: string | null): Finding {
  return version === null
    ? { mark: "fail", subject: name, found: "not installed", advice: "npm ci" }
    : { mark: "ok", subject: name, found: version };
}

function openFilesFinding(limit: number | null): Finding {
  const subject = "Open files";
  if (limit === null) return { mark: "warn", subject, found: "limit unknown", advice: "see ulimit -n" };
  const reached = SIZES.filter((users) => filesNeeded(users) <= limit);
  const missed = SIZES.find((users) => filesNeeded(users) > limit);
  const enough =
    reached.length === 0 ? "too few" : `enough for ${reached.at(-1)?.toLocaleString("en")} users`;
  return {
    mark: missed === undefined ? "ok" : reached.length === 0 ? "fail" : "warn",
    subject,
    found: `${limit === Infinity ? "no limit" : limit.toLocaleString("en")}, ${enough}`,
    ...(missed === undefined
      ? {}
      : { advice: `for ${missed.toLocaleString("en")} users: ulimit -n ${filesNeeded(missed)}` }),
  };
}

function coresFinding(cores: number): Finding {
  return cores >= 2
    ? { mark: "ok", subject: "Cores", found: String(cores) }
    : {
        mark: "warn",
        subject: "Cores",
        found: "1",
        advice: "server and users share it: expect void runs, use fewer --users",
      };
}

function memoryFinding(bytes: number): Finding {
  const found = `${Math.floor(bytes / MEBIBYTE).toLocaleString("en")} MiB available`;
  return bytes >= 1024 * MEBIBYTE
    ? { mark: "ok", subject: "Memory", found }
    : {
        mark: "warn",
        subject: "Memory",
        found,
        advice: "a run with Chromes wants 1,024 MiB: close something",
      };
}

function portsFinding(ports: number | null): Finding {
  const subject = "Outgoing ports";
  if (ports === null) return { mark: "ok", subject, found: "range unknown on this system" };
  const needed = 10_000 * FILES_PER_USER;
  const found = `${ports.toLocaleString("en")} to one server`;
  return ports >= needed
    ? { mark: "ok", subject, found }
    : {
        mark: "warn",
        subject,
        found,
        advice: "for 10,000 users: sysctl -w net.ipv4.ip_local_port_range='15000 60999'",
      };
}

function servePortFinding({ port, free }: MachineFacts["servePort"]): Finding {
  const subject = `Port ${port}`;
  return free
    ? { mark: "ok", subject, found: "free, for bench serve" }
    : {
        mark: "warn",
        subject,
        found: "in use",
        advice: "bench serve --port 0 takes a free one; runs do so anyway",
      };
}
