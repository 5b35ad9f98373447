import { type Accounts, accountCount } from "../../core/account.ts";
import type { TargetConfig } from "../../core/target-config.ts";
import type { BindingFacts, ListFacts } from "../../target/discover.ts";
import type { Exploration } from "../../target/explore.ts";
import type { FormFacts } from "../../target/find-forms.ts";
import { kindInWords } from "../../target/find-list.ts";
import type { Finding as PageFinding } from "../../target/finding.ts";
import type { Finding } from "./diagnose.ts";

/** What a target is judged by. */
export interface TargetFacts {
  /** The URL of the room's page. */
  readonly page: string;
  readonly config: TargetConfig;
  readonly accounts: Accounts;
  readonly seen: Exploration;
  /** Whether a message was written to look at. */
  readonly wrote: boolean;
}

const SUBJECTS: Readonly<Record<string, string>> = {
  logIn: "Log-in",
  socketPath: "Socket",
  "list.container": "List",
  "send.form": "Write: form",
  "send.field": "Write: field",
  "edit.button": "Edit: button",
  "edit.form": "Edit: form",
  "edit.field": "Edit: field",
  "delete.button": "Delete: button",
  "list.fields": "Content",
  scrollback: "Scrollback",
};

/** Without these no run is possible. */
const NEEDED: ReadonlySet<string> = new Set(["list.container", "send.form", "send.field", "socketPath"]);

/** Judges what was found on a target. */
export function targetFindings(facts: TargetFacts): Finding[] {
  const { page, seen, accounts } = facts;
  return [
    seen.problem === null
      ? { mark: "ok", subject: "Page", found: page }
      : { mark: "fail", subject: "Page", found: seen.problem, advice: adviceFor(seen) },
    seen.version === null
      ? {
          mark: "warn",
          subject: "LiveView",
          found: "no version told",
          advice: "before 1.0 it is not in the answer to a join",
        }
      : { mark: "ok", subject: "LiveView", found: seen.version },
    { mark: "ok", subject: "Accounts", found: accountsInWords(accounts) },
    ...seen.findings.map((finding) => partFinding(finding, facts)),
    ...seen.lists.map(listFinding),
    ...seen.forms.map(formFinding),
    ...seen.bindings.map(bindingFinding),
    ...unmeasured(facts.config),
  ];
}

/** What cannot be measured on a target, and what would change that. */
export function unmeasured({ database, serverPid, rooms, reset }: TargetConfig): Finding[] {
  const findings: (Finding | null)[] = [
    database === undefined
      ? {
          mark: "warn",
          subject: "Not checked",
          found: "lists against what is stored: Chromes and users are compared with each other alone",
          advice: "database, where it has the tables of the reference server",
        }
      : null,
    serverPid === undefined
      ? {
          mark: "warn",
          subject: "Not measured",
          found: "the server's memory for each connection",
          advice: "serverPid, where it runs on this machine",
        }
      : null,
    rooms?.path.includes("{mode}") === true
      ? null
      : {
          mark: "warn",
          subject: "Not compared",
          found: "rendering modes: it renders in one way, which reports call target",
          advice: "{mode} in rooms.path, where the application has several",
        },
    reset === undefined
      ? {
          mark: "warn",
          subject: "Not put back",
          found: "what a run writes stays, and the next one finds it",
          advice: "reset, with a command or a request",
        }
      : null,
  ];
  return findings.filter((finding) => finding !== null);
}

function adviceFor({ findings }: Exploration): string {
  const lacking = findings.find(
    ({ key, value }) => value === null && (key === "logIn" || key === "socketPath"),
  );
  return lacking === undefined
    ? "see rooms.path, logIn and credentials in the file of --config"
    : `${lacking.key} in the file of --config has to say it`;
}

function partFinding({ key, value, sureness, why }: PageFinding, { wrote }: TargetFacts): Finding {
  const subject = SUBJECTS[key] ?? key;
  if (value !== null) return { mark: "ok", subject, found: `${value} (${sureness}: ${why})` };
  // What the configuration denies is no lack.
  if (sureness === "said") return { mark: "ok", subject, found: `none (${why})` };
  const isOwn = !wrote && /^(?:edit|delete)\./u.test(key);
  const advice =
    key === "scrollback"
      ? "without it scenarios leave scrollback out"
      : `${key} in the file of --config${isOwn ? "; or let --write look at a message of one's own" : ""}`;
  return { mark: NEEDED.has(key) ? "fail" : "warn", subject, found: `not found: ${why}`, advice };
}

function listFinding({ selector, kind, items, stream }: ListFacts): Finding {
  const limit = stream?.limit == null ? "no limit seen" : `limit ${stream.limit}`;
  const about = stream === null ? "" : `, ref ${stream.ref}, ${limit}`;
  const found = `${selector ?? "without a selector"}: ${kindInWords(kind)}, ${items} ${items === 1 ? "item" : "items"}${about}`;
  return { mark: "ok", subject: kind === "stream" ? "Stream" : "A list", found };
}

function formFinding({ selector, sends, fields, buttons }: FormFacts): Finding {
  const what =
    sends.kind === "event" ? `event ${eventName(sends.event)}` : `request ${sends.action || "to this page"}`;
  const named = fields.map(({ name, type }) => `${name || "unnamed"} (${type})`).join(", ");
  const button = buttons.length === 0 ? "" : `; ${buttons.map((text) => JSON.stringify(text)).join(", ")}`;
  return {
    mark: "ok",
    subject: "Form",
    found: `${selector ?? "without a selector"}: ${what}; ${named || "no fields"}${button}`,
  };
}

const eventName = (binding: string): string => (binding.startsWith("[") ? "by JS commands" : binding);

function bindingFinding({ binding, count, events }: BindingFacts): Finding {
  return {
    mark: "ok",
    subject: "Binding",
    found: `${binding}, ${count === 1 ? "once" : `${count} times`}${events.length > 0 ? `: ${events.join(", ")}` : ""}`,
  };
}

function accountsInWords(accounts: Accounts): string {
  if (accounts.kind === "list") return `${accountCount(accounts)}, from a file`;
  return `${accounts.scheme.name}, as many as are needed`;
}
