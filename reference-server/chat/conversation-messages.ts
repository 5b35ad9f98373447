import type { User } from "./accounts.ts";
import type { Conversations } from "./conversations.ts";
import type { Message } from "./message.ts";
import type { MessageAnnotations } from "./message-annotations.ts";
import { Messages } from "./messages.ts";

/** The messages of conversations: with what members have made of them, and told to members wherever they are. */
export class ConversationMessages extends Messages {
  readonly #annotations: MessageAnnotations;
  readonly #conversations: Conversations;

  constructor(
    options: ConstructorParameters<typeof Messages>[0] & {
      readonly annotations: MessageAnnotations;
      readonly conversations: Conversations;
    },
  ) {
    super(options);
    this.#annotations = options.annotations;
    this.#conversations = options.conversations;
  }

  override async last(conversationId: number): Promise<Message[]> {
    return this.#annotations.annotate(await super.last(conversationId));
  }

  override async before(conversationId: number, id: number): Promise<Message[]> {
    return this.#annotations.annotate(await super.before(conversationId, id));
  }

  override async after(conversationId: number, id: number): Promise<Message[]> {
    return this.#annotations.annotate(await super.after(conversationId, id));
  }

  override async search(conversationId: number, text: string): Promise<Message[]> {
    return this.#annotations.annotate(await super.search(conversationId, text));
  }

  override async find(conversationId: number, id: number): Promise<Message | undefined> {
    const found = await super.find(conversationId, id);
    return found && (await this.#annotations.annotate([found]))[0];
  }

  override async create(conversationId: number, sender: User, content: string): Promise<Message | undefined> {
    const message = await super.create(conversationId, sender, content);
    if (message !== undefined) await this.#conversations.announce(message);
    return message;
  }

  /** Closes a conversation as {@link Conversations.close} does: what is being written there comes before that, or not at all. */
  close(conversationId: number, owner: User): Promise<boolean> {
    return this.inTurn(conversationId, () => this.#conversations.close(conversationId, owner));
  }
}
