import type { MemberEvent } from "../../chat/conversation-events.ts";
import { memberTopic } from "../../chat/conversation-events.ts";
import { pipe } from "../../live/pipeline.ts";
import { type ClientEvent, defineView, type View } from "../../live/view.ts";
import { assignMe } from "../assign-me.ts";
import { notify, PERMISSION, permissionIn } from "../messenger/notifications.ts";
import {
  type DashboardAssigns,
  type DashboardContext,
  type DashboardStep,
  NOTHING_BEGUN,
  type Recovery,
} from "./dashboard-assigns.ts";
import { renderDashboard } from "./dashboard-template.ts";
import {
  add,
  addFirst,
  create,
  entitle,
  find,
  leaveOut,
  QUERY_FIELD,
  restoreForm,
  restoreState,
} from "./drafting.ts";

/** One's conversations, and the forms that make one: in a page that is not live itself. */
export function dashboardView(context: DashboardContext): View<DashboardAssigns, MemberEvent> {
  return defineView<DashboardAssigns, MemberEvent>({
    name: "dashboard",
    mount: (socket, _params, { token, recovery }) =>
      pipe(
        socket,
        assignMe(context.sessions, token),
        assignRecovery(recovery === "hook" ? "hook" : "auto"),
        listConversations(context),
      ),
    handleEvent: (socket, event) => pipe(socket, stepOf(context, event)),
    handleInfo: (socket, event) => pipe(socket, told(event)),
    render: renderDashboard,
  });
}

const assignRecovery =
  (recovery: Recovery): DashboardStep =>
  (socket) =>
    socket.assign({ recovery, permission: "unknown", ...NOTHING_BEGUN });

/** What is made while the list is read is told afterwards, and may then be in it. */
const listConversations =
  ({ conversations }: DashboardContext): DashboardStep =>
  async (socket) => {
    const { me } = socket.assigns;
    return socket.subscribe(memberTopic(me.id)).assign({ conversations: await conversations.forMember(me) });
  };

/** What an event does: nothing where it is none of this page's. */
function stepOf(context: DashboardContext, event: ClientEvent): DashboardStep {
  if (event.type === "form") {
    const { name, form } = event;
    if (name === "find") return find(context, form.get(QUERY_FIELD) ?? "");
    if (name === "add_first") return addFirst(context, form.get(QUERY_FIELD) ?? "");
    if (name === "entitle") return entitle(form);
    if (name === "restore_form") return restoreForm(context, form);
    if (name === "create") return create(context, form);
  } else {
    const { name, value } = event;
    if (name === "add") return add(context, value);
    if (name === "leave_out") return leaveOut(value);
    if (name === "restore_state") return restoreState(context, value);
    if (name === PERMISSION) return (socket) => socket.assign({ permission: permissionIn(value) });
  }
  return (socket) => socket;
}

const told =
  (event: MemberEvent): DashboardStep =>
  (socket) => {
    const { conversation } = event;
    const others = socket.assigns.conversations.filter(({ id }) => id !== conversation.id);
    notify(socket, event, 0);
    switch (event.kind) {
      case "conversation_created":
        return socket.assign({ conversations: [conversation, ...others] });
      case "conversation_closed":
        return socket.assign({
          conversations: socket.assigns.conversations.map((known) =>
            known.id === conversation.id ? conversation : known,
          ),
        });
      case "conversation_message":
        return socket;
      default:
        return event satisfies never;
    }
  };
