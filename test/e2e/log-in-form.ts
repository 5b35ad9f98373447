import { logInForms } from "../../harness/core/site.ts";
import { referenceSite } from "../../scenarios/reference-site.ts";

/** What a Chrome fills in and presses on the log-in page of the reference server. */
export function logInForm(
  name: string,
  password: string = referenceSite.accounts.password,
): { readonly fields: Readonly<Record<string, string>>; readonly submit: string } {
  const [form] = logInForms(referenceSite, { name, password });
  if (form === undefined) throw new Error("the reference server has no log-in");
  return { fields: form.fields, submit: form.submit };
}
