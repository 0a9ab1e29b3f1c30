import type { Json, JsonObject } from "../../../src/language/json.js";

/** One masking rule of the recorder. */
export interface Mask {
  readonly kind: string;
  readonly pattern?: string;
  readonly path?: string;
  readonly key?: string;
  readonly as?: string;
  readonly reference?: boolean;
  readonly rule?: string;
}

/** What a task answered on AWS. */
export interface Mock {
  readonly state: string;
  readonly call?: string;
  /** The state was told by position, as the links were lost. */
  readonly stateGuessed?: boolean;
  readonly parameters?: Json;
  readonly input?: Json;
  readonly submitted?: Json;
  readonly endEvent: string | null;
  readonly output?: Json;
  readonly error?: string | null;
  readonly cause?: Json;
}

/** An execution as it was recorded on AWS. */
export interface Recording {
  readonly id: string;
  readonly kind: "execution";
  readonly group: string;
  readonly type: string;
  /** Started by StartSyncExecution. */
  readonly sync?: boolean;
  readonly definition?: JsonObject;
  readonly definitionRaw?: string;
  readonly input?: Json;
  readonly inputRaw?: string;
  readonly inputOmitted?: boolean;
  readonly inputTimeRelative?: readonly { readonly path: string; readonly offsetSeconds: number }[];
  readonly queryLanguages: readonly string[];
  readonly stateTypes: readonly string[];
  readonly normalise: readonly Mask[];
  readonly stateMachineName: string;
  readonly executionName: string;
  readonly roleArn: string;
  readonly mocks: readonly Mock[];
  /** What the test had made before: functions, objects in S3. */
  readonly setup?: readonly JsonObject[];
  /** Day and time, such as `24-10-2023, 17:18:16`. */
  readonly recorded?: string;
  readonly provenance?: string;
  /** The end was not recorded. */
  readonly incomplete?: boolean;
  readonly expected: {
    readonly status?: string | null;
    readonly output?: Json;
    readonly error?: string;
    readonly cause?: Json;
    readonly events?: readonly JsonObject[];
    /** Of an EXPRESS run: the last line of its log. */
    readonly endEvent?: JsonObject;
  };
}
