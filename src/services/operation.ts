import type { ClientModules } from "./client-modules.js";
import type { AnswerObject, Given, GivenObject } from "./request.js";

/** Whether a type is `any`, as those of a package are that is not installed. In a list, as conditional types give up on an unresolved type. */
type IsAny<T> = [unknown] extends [T] ? true : false;

/** A service that the clients are known of. */
export type ClientName = keyof ClientModules;

interface Io {
  readonly input: unknown;
  readonly output: unknown;
}

/** Input and output of an operation, as the client has them; `undefined` without the client, `never` without the operation. */
export type OperationOf<Client extends ClientName, Operation extends string> =
  IsAny<ClientModules[Client]> extends true
    ? undefined
    : ClientModules[Client] extends {
          readonly [K in `${Operation}Command`]: abstract new (
            ...args: never
          ) => infer Command;
        }
      ? IoOf<Command>
      : never;

type IoOf<Command> = Command extends {
  readonly input: infer Input;
  resolveMiddleware(
    stack: never,
    configuration: never,
    options: never,
  ): (...args: never) => Promise<{ output: infer Output }>;
}
  ? { readonly input: Input; readonly output: Output }
  : undefined;

/** Anything that a template may hold, where the client's types are not there. */
type Untyped = { readonly [parameter: string]: unknown };

/** What the integration with an operation takes. */
export type RequestOf<Client extends ClientName, Operation extends string, Json extends string = never> = Taken<
  OperationOf<Client, Operation>,
  Json
>;

type Taken<IO, Json extends string> = [IO] extends [Io] ? GivenObject<IO["input"], Json> : Untyped;

/** What the integration with an operation gives. */
export type ResponseOf<Client extends ClientName, Operation extends string, Json extends string = never> = Made<
  OperationOf<Client, Operation>,
  Json
>;

type Made<IO, Json extends string> = [IO] extends [Io] ? AnswerObject<IO["output"], Json> : unknown;

type ItemOf<T> = T extends readonly (infer Item)[] ? Item : T;

/** A member of what the client gives for an operation, which for a list is one of its items; `unknown` without it. */
export type MemberOf<Client extends ClientName, Operation extends string, Member extends string> =
  OperationOf<Client, Operation> extends { readonly output: { readonly [K in Member]?: infer Value } }
    ? AnswerObject<ItemOf<NonNullable<Value>>>
    : unknown;

/** A member of what an operation takes, which for a list is one of its items; less some of its own members. */
export type GivenMember<
  Client extends ClientName,
  Operation extends string,
  Member extends string,
  Without extends string = never,
> =
  OperationOf<Client, Operation> extends { readonly input: { readonly [K in Member]?: infer Value } }
    ? Given<Omit<ItemOf<NonNullable<Value>>, Without>>
    : unknown;
