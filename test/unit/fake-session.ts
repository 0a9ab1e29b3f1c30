import type { WorkflowSession } from "../../src/workflow/session.js";

type Answer = object | Error | ((input: Record<string, unknown>) => object);

/** A session whose Step Functions answers from a table and remembers what it was asked. */
export interface FakeSession extends WorkflowSession {
  readonly calls: { readonly operation: string; readonly input: Record<string, unknown> }[];
}

/** An error as an AWS client throws it. */
export function awsError(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}

/** @param answers - by operation; a list is used up from its front, its last answer stays */
export function fakeSession(answers: Readonly<Record<string, Answer | readonly Answer[]>>): FakeSession {
  const calls: { operation: string; input: Record<string, unknown> }[] = [];
  const left = new Map(
    Object.entries(answers).map(([name, value]) => [name, Array.isArray(value) ? [...value] : [value]]),
  );
  const client = {
    send: async (command: { readonly input: Record<string, unknown> }) => {
      const operation = command.constructor.name.replace(/Command$/, "");
      calls.push({ operation, input: command.input });
      const queue = left.get(operation) ?? [];
      const answer = queue.length > 1 ? queue.shift() : queue[0];
      if (answer === undefined) throw new Error(`no answer for ${operation}`);
      if (answer instanceof Error) throw answer;
      return typeof answer === "function" ? answer(command.input) : answer;
    },
  };
  return {
    calls,
    sfn: async () => client as never,
    logs: async () => client as never,
    expandRole: async (role) => (role.includes("/") ? role : `arn:aws:iam::123456789012:role/${role}`),
  };
}
