import { referenceSite } from "../../../scenarios/reference-site.ts";
import { accountAt } from "../../core/account.ts";
import { UsageError } from "../../core/errors.ts";
import type { TargetConfig } from "../../core/target-config.ts";
import { readAccounts } from "../../target/accounts-file.ts";
import { addressOf } from "../../target/address.ts";
import { type Exploration, explore } from "../../target/explore.ts";
import { startTarget, type TargetContext, TRIAL, watchedPath } from "../../target/open-target.ts";
import { readTargetConfig } from "../../target/read-config.ts";
import { remoteLimit } from "../../target/remote-guard.ts";
import type { Finding } from "./diagnose.ts";
import { targetFindings } from "./target-findings.ts";

/** What the command line says. */
export interface ExamineOptions {
  readonly target: string | undefined;
  /** The file's absolute path. */
  readonly config: string | undefined;
  /** Whether a message may be written there. */
  readonly write: boolean;
  readonly allowRemote: boolean;
}

/** What was found, judged; and all of it, for programs. */
export interface Examination {
  readonly findings: Finding[];
  readonly details: Exploration & {
    readonly page: string;
    /** What is not as a run would have it, or not to be known there. */
    readonly remarks: readonly Finding[];
  };
}

/** The mode whose page is looked at where an address chooses one. */
const LOOKED_AT = "stream";

/**
 * Goes to a target as one of its users, and tells what is there.
 *
 * @throws UsageError for a configuration that cannot be used
 */
export async function examineTarget(options: ExamineOptions, context: TargetContext): Promise<Examination> {
  const given = options.config === undefined ? null : readTargetConfig(options.config);
  const address = addressOf(options.target, given);
  if (address === null) {
    throw new UsageError("the file of --config has no url: say which target by --target", {
      code: "no-target",
    });
  }
  const { origin } = address;
  await remoteLimit(origin, { allowRemote: options.allowRemote });
  const config: TargetConfig = address.config ?? { rooms: { path: referenceSite.roomPath } };
  const accounts = readAccounts(config.credentials, referenceSite.accounts, 1);
  const roomPath = watchedPath(config, LOOKED_AT);
  const running = await startTarget({ origin, config }, context);
  try {
    const account = accountAt(accounts, 0) ?? { name: "", password: null };
    const writes = options.write ? TRIAL : null;
    const seen = await explore({ origin, config, roomPath, account, writes });
    const page = `${origin}${roomPath}`;
    const findings = targetFindings({ page, config, accounts, seen, wrote: options.write });
    return { findings, details: { page, ...seen, remarks: findings.filter(({ mark }) => mark !== "ok") } };
  } finally {
    await running.close();
  }
}
