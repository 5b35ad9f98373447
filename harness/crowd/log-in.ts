import { BenchError, UsageError } from "../core/errors.ts";
import { logInFields, type Site } from "../core/site.ts";
import type { HtmlPage } from "../user/http-client.ts";
import type { SimulatedUser } from "../user/simulated-user.ts";
import { userNames } from "./names.ts";

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
  readonly site: Site;
  /** The page. */
  readonly path: string;
  /** How many accounts the run needs, for the error. */
  readonly accounts: number;
  /** Where sessions of former runs are kept; null where everybody logs in. */
  readonly sessions: KeptSessions | null;
}

/**
 * Mounts a page as a user who is logged in: with the session that was kept of him, or else by the form, as people do.
 *
 * @throws UsageError `log-in-refused`, or as `SimulatedUser.mount`
 */
export async function mountLoggedIn(user: SimulatedUser, options: LogInOptions): Promise<void> {
  const { path, sessions } = options;
  const kept = sessions?.cookiesOf(user.name);
  if (kept === undefined || !(await isLetIn(user, kept, options))) {
    await logIn(user, options);
    await user.mount(path);
  }
  sessions?.keep(user.name, user.cookies);
}

/** Whether a user gets to the page with these cookies. Whose session has ended is sent to the log-in, and has none then. */
async function isLetIn(
  user: SimulatedUser,
  cookies: Readonly<Record<string, string>>,
  { site, path }: LogInOptions,
): Promise<boolean> {
  user.cookies = cookies;
  try {
    await user.mount(path);
    if (user.url !== null && new URL(user.url).pathname !== site.logIn.path) return true;
  } catch (error) {
    // The log-in itself need not be a LiveView.
    if (!(error instanceof BenchError && error.code === "not-a-liveview-page")) throw error;
  }
  user.cookies = {};
  return false;
}

async function logIn(user: SimulatedUser, { site, accounts }: LogInOptions): Promise<void> {
  const entered = await user.submitHtmlForm({
    page: await user.get(site.logIn.path),
    form: site.logIn.form,
    fields: logInFields(site, user.name),
  });
  if (entered.status >= 400) throw notLoggedIn(user.name, entered, accounts);
}

function notLoggedIn(name: string, { url, status }: HtmlPage, accounts: number): UsageError {
  const needed = `a run needs the accounts ${userNames(1)[0]} to ${userNames(accounts).at(-1)}`;
  return new UsageError(
    `${name} could not log in: ${url} answered ${status}; ${needed} (start the reference server with --users ${accounts})`,
    { code: "log-in-refused" },
  );
}
