import { shown } from "../../language/errors.js";
import type { Path, Problems } from "../../services/problems.js";
import { defaultFolder } from "../request/default-folder.js";
import { isLate, withoutUndefined } from "../request/late-value.js";
import type { Session } from "../session/session.js";
import { DataCaptureConfig, type DataCaptureConfigOptions } from "./data-capture-config.js";

const names = {
  enableCapture: true,
  samplingPercentage: true,
  destinationS3Uri: true,
  kmsKeyId: true,
  captureOptions: true,
  csvContentTypes: true,
  jsonContentTypes: true,
  session: true,
} as const satisfies { [K in keyof DataCaptureConfigOptions]-?: true };

/** Writes `DataCaptureConfig`. */
export function lowerDataCapture(config: unknown, session: Session, path: Path, problems: Problems): unknown {
  if (config === undefined) return undefined;
  if (!DataCaptureConfig.is(config)) {
    const given = isLate(config) ? "a placeholder" : shown(config);
    problems.add("invalid_request", path, `expected a DataCaptureConfig, got ${given}`);
    return undefined;
  }
  const { options } = config;
  problems.addUnknown("DataCaptureConfig", options, names, path);
  const { captureOptions = ["Input", "Output"], csvContentTypes, jsonContentTypes } = options;
  return withoutUndefined({
    EnableCapture: options.enableCapture,
    InitialSamplingPercentage: options.samplingPercentage ?? 20,
    DestinationS3Uri: options.destinationS3Uri ?? defaultDestination(options.session ?? session),
    CaptureOptions: lowerOptions(captureOptions, [...path, "CaptureOptions"], problems),
    KmsKeyId: options.kmsKeyId,
    CaptureContentTypeHeader: {
      CsvContentTypes: csvContentTypes ?? ["text/csv"],
      JsonContentTypes: jsonContentTypes ?? ["application/json"],
    },
  });
}

/** The Python SDK's names of what is captured. */
const modes: Readonly<Record<string, string>> = { REQUEST: "Input", RESPONSE: "Output" };

function lowerOptions(options: unknown, path: Path, problems: Problems): readonly object[] {
  if (Array.isArray(options)) {
    return options.map((option: unknown) => ({
      CaptureMode: typeof option === "string" && Object.hasOwn(modes, option) ? modes[option] : option,
    }));
  }
  const given = isLate(options) ? "a placeholder" : shown(options);
  problems.add("invalid_request", path, `expected a list of what is captured, got ${given}`);
  return [{ CaptureMode: "Input" }];
}

function defaultDestination(session: Session): unknown {
  const label = "the folder of captured data in the default bucket";
  return defaultFolder(session, label, "/model-monitor/data-capture");
}
