import { type Document, isTag } from "domhandler";
import type { Account } from "../core/account.ts";
import { UsageError } from "../core/errors.ts";
import { type LogInStep, logInFields } from "../core/site.ts";
import type { TargetConfig } from "../core/target-config.ts";
import { readDeadRender } from "../page/dead-render.ts";
import { compileSelector, findAll, findFirst, parseHtml, visibleText } from "../page/html.ts";
import type { HtmlPage } from "../user/http-client.ts";
import type { SimulatedUser } from "../user/simulated-user.ts";
import { findLogIn } from "./find-forms.ts";
import { type Finding, found, missing, wordIn } from "./finding.ts";

/** How somebody came to a room's page. */
export interface Entry {
  readonly page: HtmlPage;
  readonly logIn: { readonly steps: readonly LogInStep[] } | null;
  readonly finding: Finding;
}

const KEY = "logIn";
const LINK = compileSelector("a[href]");
const LOG_IN = /\b(log ?in|sign ?in)\b/iu;

/**
 * Goes to a room's page, by the log-in that is said, or else by the one that the page asks for.
 *
 * @throws UsageError `log-in-refused`, `no-log-in-form`, or as `SimulatedUser.get`
 */
export async function enter(
  user: SimulatedUser,
  said: TargetConfig["logIn"],
  account: Account,
  roomPath: string,
): Promise<Entry> {
  if (said === "none") {
    const finding = found(KEY, "none", "said", "the configuration says so");
    return { page: await user.get(roomPath), logIn: null, finding };
  }
  if (said !== undefined) {
    const steps: LogInStep[] = [];
    for (const step of said.steps) steps.push(await logIn(user, step, account));
    const paths = steps.map(({ path }) => path).join(", ");
    const finding = found(KEY, paths, "said", "the configuration says so, and it lets in");
    return { page: await user.get(roomPath), logIn: { steps }, finding };
  }
  const first = await user.get(roomPath);
  const path = await logInPath(user, first);
  if (path === null) {
    const isLive = readDeadRender(first.html, first.url).kind === "live";
    const finding = isLive
      ? found(KEY, "none", "certain", "the room's page is shown without")
      : missing(
          KEY,
          "neither the room's page nor one that it links to has a form with a name and a password",
        );
    return { page: first, logIn: null, finding };
  }
  const step = await logIn(user, { path }, account);
  const finding = found(
    KEY,
    `${step.path}, ${step.form}`,
    "certain",
    "a form with a name and a password, and it lets in",
  );
  return { page: await user.get(roomPath), logIn: { steps: [step] }, finding };
}

/** Where the page that was shown in place of the room's asks for a log-in; null where it does not. */
async function logInPath(user: SimulatedUser, shown: HtmlPage): Promise<string | null> {
  const page = parseHtml(shown.html);
  if (findLogIn(page) !== null) return new URL(shown.url).pathname;
  if (readDeadRender(shown.html, shown.url).kind === "live") return null;
  const href = logInLink(page);
  if (href === null) return null;
  const url = new URL(href, shown.url);
  if (url.origin !== new URL(shown.url).origin) return null;
  const linked = await user.get(url.pathname);
  return findLogIn(parseHtml(linked.html)) === null ? null : new URL(linked.url).pathname;
}

/** The address of a link that says log in; null where there is none. */
export function logInLink(page: Document): string | null {
  const says = findAll(LINK, page).find(
    (link) => isTag(link) && wordIn(LOG_IN, visibleText(link), link.attribs.href) !== null,
  );
  return says?.attribs.href ?? null;
}

/** What a configuration says of a step. */
type SaidStep = Exclude<NonNullable<TargetConfig["logIn"]>, "none">["steps"][number];

/** Takes one step of a log-in, whose form and fields are looked for where they are not said. */
async function logIn(user: SimulatedUser, said: SaidStep, account: Account): Promise<LogInStep> {
  const page = await user.get(said.path);
  const asked = said.form === undefined || said.fields === undefined ? findLogIn(parseHtml(page.html)) : null;
  const form = said.form ?? asked?.form;
  const fields = said.fields ?? asked?.fields;
  if (form === undefined || fields === undefined) {
    throw new UsageError(
      `${page.url} (${page.status}) has no form with a name and a password: say in logIn.steps which form and fields`,
      { code: "no-log-in-form" },
    );
  }
  const step = { path: said.path, form, fields: { ...fields } };
  const entered = await user.submitHtmlForm({ page, form, fields: logInFields(step, account) });
  const again = findFirst(compileSelector(form), parseHtml(entered.html)) !== null;
  if (entered.status < 400 && !again) return step;
  const how = again ? "shows the form again" : `answered ${entered.status}`;
  throw new UsageError(
    `${account.name} could not log in: ${entered.url} ${how}: see credentials and logIn.steps`,
    {
      code: "log-in-refused",
    },
  );
}
