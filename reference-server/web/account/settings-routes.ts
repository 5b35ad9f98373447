import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { email, newPassword, problemOf, userName } from "../../chat/account-fields.ts";
import type { User } from "../../chat/accounts.ts";
import type { Proof } from "../../chat/proof.ts";
import { layout } from "../layout.ts";
import { sendHtml } from "../live-pages.ts";
import { logInPath } from "../return-path.ts";
import { clearSession, tokenOf, writeSession } from "../session.ts";
import type { AccountContext } from "./context.ts";
import { fieldOf, queryOf } from "./fields-of.ts";
import { formOptions } from "./form-options.ts";
import { limited } from "./limited.ts";
import { takenProblem } from "./log-in-routes.ts";
import { type Refusal, SETTINGS, type Setting, settingsPage } from "./settings-page.ts";

const isSetting = (name: string): name is Setting => Object.hasOwn(SETTINGS, name);
const saved = (setting: Setting): string => `/settings?saved=${setting}`;

/** The page on which somebody changes his account, and its forms. */
export function registerSettingsRoutes(server: FastifyInstance, { accounts, nowMs }: AccountContext): void {
  const options = formOptions(server);

  server.get("/settings", (request, reply) =>
    asUser(request, reply, (user) => {
      const changed = queryOf(request, "saved");
      return show(reply, user, isSetting(changed) ? { saved: changed } : {});
    }),
  );

  server.post("/settings/name", options, (request, reply) =>
    asUser(request, reply, async (user) => {
      const given = fieldOf(request, "user[name]");
      const problem =
        problemOf(userName, given) ??
        ((await accounts.rename(user, userName.parse(given))) ? undefined : takenProblem("name"));
      if (problem === undefined) return reply.redirect(saved("name"), 303);
      return refuse(reply, user, { form: "name", value: given, problems: { value: problem } });
    }),
  );

  server.post("/settings/email", options, (request, reply) =>
    asUser(request, reply, async (user) => {
      const given = fieldOf(request, "user[email]");
      const refused = (problems: Refusal["problems"]) =>
        refuse(reply, user, { form: "email", value: given, problems });
      const problem = problemOf(email, given);
      if (problem !== undefined) return refused({ value: problem });
      const proof = await accounts.changeEmail(user, email.parse(given), currentOf(request));
      if (proof.kind !== "proved") return refused({ current: unproved(reply, proof) });
      return proof.result ? reply.redirect(saved("email"), 303) : refused({ value: takenProblem("email") });
    }),
  );

  server.post("/settings/password", options, (request, reply) =>
    asUser(request, reply, async (user) => {
      const next = fieldOf(request, "user[password]");
      const refused = (problems: Refusal["problems"]) => refuse(reply, user, { form: "password", problems });
      const problem = problemOf(newPassword, next);
      if (problem !== undefined) return refused({ value: problem });
      const proof = await accounts.changePassword(user, currentOf(request), next);
      if (proof.kind !== "proved") return refused({ current: unproved(reply, proof) });
      writeSession(reply, proof.result);
      return reply.redirect(saved("password"), 303);
    }),
  );

  server.post("/settings/delete", options, (request, reply) =>
    asUser(request, reply, async (user) => {
      const proof = await accounts.delete(user, currentOf(request));
      if (proof.kind !== "proved")
        return refuse(reply, user, { form: "delete", problems: { current: unproved(reply, proof) } });
      clearSession(reply);
      return reply.redirect("/log_in", 303);
    }),
  );

  /** Acts for whoever is logged in; others are asked to log in first, and are led to the settings then. */
  async function asUser(
    request: FastifyRequest,
    reply: FastifyReply,
    act: (user: User) => FastifyReply | Promise<FastifyReply>,
  ): Promise<FastifyReply> {
    const token = tokenOf(request);
    const user = token === undefined ? undefined : await accounts.sessions.userOf(token);
    return user === undefined ? reply.redirect(logInPath("/settings"), 303) : act(user);
  }

  function refuse(reply: FastifyReply, user: User, refusal: Refusal): Promise<FastifyReply> {
    if (reply.statusCode < 400) reply.code(422);
    return show(reply, user, { refusal });
  }

  /** What is said of a password that proved nothing. */
  function unproved(reply: FastifyReply, proof: Exclude<Proof<unknown>, { kind: "proved" }>): string {
    return proof.kind === "limited" ? limited(reply, proof.retryAtMs, nowMs()) : "this is not your password";
  }

  async function show(
    reply: FastifyReply,
    user: User,
    more: { readonly saved?: Setting; readonly refusal?: Refusal },
  ): Promise<FastifyReply> {
    const csrfToken = reply.generateCsrf();
    const body = settingsPage({ csrfToken, user, email: await accounts.emailOf(user), ...more });
    return sendHtml(reply, layout({ title: "Settings", body, csrfToken, live: false }));
  }
}

const currentOf = (request: FastifyRequest): string => fieldOf(request, "current_password");
