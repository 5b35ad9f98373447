import type { FastifyInstance, FastifyReply } from "fastify";
import { email, newPassword, problemOf, userName } from "../../chat/account-fields.ts";
import type { Taken } from "../../chat/accounts.ts";
import { layout } from "../layout.ts";
import { sendHtml } from "../live-pages.ts";
import { localPath } from "../return-path.ts";
import { clearSession, tokenOf, writeSession } from "../session.ts";
import type { AccountContext } from "./context.ts";
import { fieldOf, queryOf } from "./fields-of.ts";
import { formOptions } from "./form-options.ts";
import { limited } from "./limited.ts";
import { type LogInPage, logInPage } from "./log-in-page.ts";
import { type RegisterPage, registerPage } from "./register-page.ts";

const TAKEN: Readonly<Record<Taken, string>> = {
  name: "this nickname is taken",
  email: "there is an account with this address",
};

/** What is said of what others have already. */
export const takenProblem = (what: Taken): string => TAKEN[what];

/** The pages of those who are not logged in, and the way out. */
export function registerLogInRoutes(server: FastifyInstance, { accounts, nowMs }: AccountContext): void {
  const options = formOptions(server);

  server.get("/log_in", async (request, reply) => {
    const returnTo = localPath(queryOf(request, "return_to"));
    if (await isLoggedIn(tokenOf(request))) return reply.redirect(returnTo, 303);
    return sendLogIn(reply, { returnTo });
  });

  server.post("/log_in", options, async (request, reply) => {
    const returnTo = localPath(fieldOf(request, "return_to"));
    const login = fieldOf(request, "user[name]");
    const proof = await accounts.logIn(login, fieldOf(request, "user[password]"));
    switch (proof.kind) {
      case "proved":
        return enter(reply, tokenOf(request), proof.result, returnTo);
      case "wrong":
        reply.code(422);
        return sendLogIn(reply, { returnTo, login, problem: "This name and password do not go together." });
      case "limited":
        return sendLogIn(reply, { returnTo, login, problem: limited(reply, proof.retryAtMs, nowMs()) });
      default:
        return proof satisfies never;
    }
  });

  server.get("/register", async (request, reply) => {
    const returnTo = localPath(queryOf(request, "return_to"));
    if (await isLoggedIn(tokenOf(request))) return reply.redirect(returnTo, 303);
    return sendRegister(reply, { returnTo });
  });

  server.post("/register", options, async (request, reply) => {
    const returnTo = localPath(fieldOf(request, "return_to"));
    const [name, address] = [fieldOf(request, "user[name]"), fieldOf(request, "user[email]")];
    const password = fieldOf(request, "user[password]");
    const problems = {
      name: problemOf(userName, name),
      email: problemOf(email, address),
      password: problemOf(newPassword, password),
    };
    const refuse = (found: RegisterPage["problems"]) =>
      sendRegister(reply.code(422), { returnTo, given: { name, email: address }, problems: { ...found } });
    if (Object.values(problems).some((problem) => problem !== undefined)) return refuse(problems);
    const made = await accounts.register({
      name: userName.parse(name),
      email: email.parse(address),
      password,
    });
    if ("taken" in made)
      return refuse(Object.fromEntries(made.taken.map((what) => [what, takenProblem(what)])));
    return enter(reply, tokenOf(request), made.token, returnTo);
  });

  server.post("/log_out", options, async (request, reply) => {
    const token = tokenOf(request);
    if (token !== undefined) await accounts.sessions.end(token);
    clearSession(reply);
    return reply.redirect("/log_in", 303);
  });

  async function isLoggedIn(token: string | undefined): Promise<boolean> {
    return token !== undefined && (await accounts.sessions.userOf(token)) !== undefined;
  }

  /** Whoever logs in anew leaves the session that he had. */
  async function enter(reply: FastifyReply, former: string | undefined, token: string, returnTo: string) {
    if (former !== undefined) await accounts.sessions.end(former);
    writeSession(reply, token);
    return reply.redirect(returnTo, 303);
  }

  function sendLogIn(reply: FastifyReply, page: Omit<LogInPage, "csrfToken">) {
    const csrfToken = reply.generateCsrf();
    const body = logInPage({ ...page, csrfToken });
    return sendHtml(reply, layout({ title: "Log in", body, csrfToken, live: false }));
  }

  function sendRegister(reply: FastifyReply, page: Omit<RegisterPage, "csrfToken">) {
    const csrfToken = reply.generateCsrf();
    const body = registerPage({ ...page, csrfToken });
    return sendHtml(reply, layout({ title: "Create an account", body, csrfToken, live: false }));
  }
}
