import type { Account } from "../core/account.ts";
import { BenchError, UsageError } from "../core/errors.ts";
import { logInFields, type Site } from "../core/site.ts";
import { compileSelector, findFirst, parseHtml } from "../page/html.ts";
import type { SimulatedUser } from "../user/simulated-user.ts";

/** The cookies of one user, by name. */
export type Cookies = Readonly<Record<string, string>>;

/** Sessions that are kept from one run to the next. */
export interface KeptSessions {
  /** What a user had when he was seen last; undefined where nothing is known of him. */
  cookiesOf(user: string): Cookies | undefined;
  /** Keeps what a user has now. */
  keep(user: string, cookies: Cookies): void;
}

/** How a user gets to a page for which he has to be logged in. */
export interface LogInOptions {
  readonly site: Pick<Site, "logIn">;
  /** The page. */
  readonly path: string;
  readonly account: Account;
  /** How many accounts the run needs, for the error. */
  readonly accounts: number;
  /** Where sessions of former runs are kept; null where everybody logs in. */
  readonly sessions: KeptSessions | null;
}

/**
 * Mounts a page as a user who is logged in: with the session that was kept of his account, or else by the forms, as
 * people do.
 *
 * @throws UsageError `log-in-refused`, or as `SimulatedUser.mount`
 */
export async function mountLoggedIn(user: SimulatedUser, options: LogInOptions): Promise<void> {
  const { path, sessions, account, site } = options;
  const kept = sessions?.cookiesOf(account.name);
  if (site.logIn === null || kept === undefined || !(await isLetIn(user, kept, options))) {
    await logIn(user, options);
    await user.mount(path);
  }
  sessions?.keep(account.name, user.cookies);
}

/** Whether a user gets to the page with these cookies. Whose session has ended is sent to the log-in, and has none then. */
async function isLetIn(
  user: SimulatedUser,
  cookies: Readonly<Record<string, string>>,
  options: LogInOptions,
): Promise<boolean> {
  user.cookies = cookies;
  try {
    await user.mount(options.path);
    if (!isAtLogIn(user, options)) return true;
  } catch (error) {
    // The log-in itself need not be a LiveView.
    if (!(error instanceof BenchError && error.code === "not-a-liveview-page")) throw error;
  }
  user.cookies = {};
  return false;
}

/** Whether the page that a user has got to is one of those where one logs in. */
function isAtLogIn(user: SimulatedUser, { site }: LogInOptions): boolean {
  if (user.url === null) return true;
  const { pathname } = new URL(user.url);
  return (site.logIn?.steps ?? []).some(({ path }) => new URL(path, user.url ?? "").pathname === pathname);
}

async function logIn(user: SimulatedUser, options: LogInOptions): Promise<void> {
  for (const step of options.site.logIn?.steps ?? []) {
    const entered = await user.submitHtmlForm({
      page: await user.get(step.path),
      form: step.form,
      fields: logInFields(step, options.account),
    });
    if (entered.status >= 400) throw refused(options, `${entered.url} answered ${entered.status}`);
    // Some answer a wrong password with the same form again, and a status that says nothing.
    const again = findFirst(compileSelector(step.form), parseHtml(entered.html)) !== null;
    if (again) throw refused(options, `${entered.url} shows ${step.form} again`);
  }
}

function refused({ account, accounts }: LogInOptions, why: string): UsageError {
  return new UsageError(
    `${account.name} could not log in: ${why}; a run needs ${accounts} accounts ` +
      `(start the reference server with --users ${accounts})`,
    { code: "log-in-refused" },
  );
}
