import { expect, test } from "vitest";
import { validate } from "../../src/validate/validate.js";

const end = { Type: "Pass", End: true };
const sets = (name: string) => ({ ...end, Assign: { [name]: 1 } });
const scope = (state: object, more: object = {}) => ({ StartAt: "I", States: { I: state }, ...more });
const machine = (state: object, more: object = {}) => ({
  StartAt: "M",
  States: { M: { End: true, ...state } },
  ...more,
});
/** A state that assigns, and one after it. */
const after = (assign: object, state: object, more: object = {}) => ({
  StartAt: "A",
  States: { A: { Type: "Pass", Assign: assign, Next: "M" }, M: { End: true, ...state } },
  ...more,
});

function errors(definition: object): readonly string[] {
  return validate(definition)
    .filter(({ severity }) => severity === "error")
    .map(({ code, message, pointer }) => `${code} ${pointer}: ${message}`);
}

const refused = (name: string, pointer: string) => [
  `SCHEMA_VALIDATION_FAILED ${pointer}: Variable '${name}' is assigned in an outer scope, and cannot be assigned here`,
];
const inline = { ProcessorConfig: { Mode: "INLINE" } };
const distributed = { ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" } };

test.each([
  {
    name: "other names",
    definition: machine({ Type: "Parallel", Assign: { v: 1 }, Branches: [scope(sets("w"))] }),
    says: [],
  },
  {
    name: "a branch of a Parallel",
    definition: after({ "v.$": "$.a" }, { Type: "Parallel", Branches: [scope(sets("v"))] }),
    says: refused("v", "/States/M/Branches/0/States/I/Assign/v"),
  },
  {
    name: "what the Parallel assigns itself is no variable within yet",
    definition: machine({ Type: "Parallel", Assign: { "v.$": "$.a" }, Branches: [scope(sets("v"))] }),
    says: [],
  },
  {
    name: "nor what its catcher assigns",
    definition: machine({
      Type: "Parallel",
      Catch: [{ ErrorEquals: ["A"], Assign: { v: 1 }, Next: "M" }],
      Branches: [scope(sets("v"))],
    }),
    says: [],
  },
  {
    name: "the processor of an inline Map, in JSONata",
    definition: after({ v: 1 }, { Type: "Map", ItemProcessor: scope(sets("v"), inline) }, { QueryLanguage: "JSONata" }),
    says: refused("v", "/States/M/ItemProcessor/States/I/Assign/v"),
  },
  {
    name: "a catcher two scopes within",
    definition: {
      StartAt: "C",
      States: {
        C: {
          Type: "Choice",
          Choices: [{ Variable: "$.a", IsNull: true, Next: "M", Assign: { v: 1 } }],
          Default: "M",
        },
        M: {
          Type: "Parallel",
          End: true,
          Branches: [
            {
              StartAt: "P",
              States: {
                P: {
                  Type: "Map",
                  ItemProcessor: scope(end),
                  Catch: [{ ErrorEquals: ["A"], Assign: { "v.$": "$.b" }, Next: "P" }],
                  End: true,
                },
              },
            },
          ],
        },
      },
    },
    says: refused("v", "/States/M/Branches/0/States/P/Catch/0/Assign/v.$"),
  },
  {
    name: "a distributed Map sees no variable of the outer scopes",
    definition: after({ v: 1 }, { Type: "Map", ItemProcessor: scope(sets("v"), distributed) }),
    says: [],
  },
  {
    name: "scopes beside each other may use one name",
    definition: machine({
      Type: "Parallel",
      Branches: [sets("v"), sets("v")].map((state, index) => ({
        StartAt: `I${index}`,
        States: { [`I${index}`]: state },
      })),
    }),
    says: [],
  },
])("assigning a variable of an outer scope: $name", ({ definition, says }) => {
  expect(errors(definition)).toEqual(says);
});
