import type { ChromePage } from "../browser/chrome-page.ts";
import type { Account } from "../core/account.ts";
import { messageOf, UsageError } from "../core/errors.ts";
import { logInForms } from "../core/site.ts";
import { parseHtml } from "../page/html.ts";
import { logInLink } from "../target/enter.ts";
import { findLogIn } from "../target/find-forms.ts";

/**
 * Logs in by the form that the page shows, or that it links to: as `--target` finds it.
 *
 * @throws UsageError `no-log-in-form`, `log-in-refused`
 */
export async function logIn(page: ChromePage, account: Account): Promise<void> {
  const found = (await findOn(page)) ?? (await findBehindLink(page));
  if (found === null) {
    throw new UsageError(`${page.url} has no form with a name and a password, and no link to one`, {
      code: "no-log-in-form",
    });
  }
  const [form] = logInForms({ logIn: { steps: [{ path: "/", ...found }] } }, account);
  if (form === undefined) return;
  const refused = (why: string, cause?: unknown) =>
    new UsageError(`${account.name} could not log in: ${why}`, { code: "log-in-refused", cause });
  await page
    .logIn({ url: page.url, fields: form.fields, submit: form.submit })
    .catch((error: unknown) => Promise.reject(refused(messageOf(error), error)));
  if ((await findOn(page)) !== null) throw refused(`${page.url} shows the form again`);
}

async function findOn(page: ChromePage) {
  return findLogIn(parseHtml(await page.html()));
}

async function findBehindLink(page: ChromePage) {
  const href = logInLink(parseHtml(await page.html()));
  const url = href === null ? null : URL.parse(href, page.url);
  if (url === null || url.origin !== new URL(page.url).origin) return null;
  await page.goto(url.href);
  return findOn(page);
}
