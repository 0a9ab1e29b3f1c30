import { shown } from "../../language/errors.js";
import type { Path, Problems } from "../../services/problems.js";
import type { Session } from "../session/session.js";
import { assetUri } from "./asset.js";
import { localKind } from "./local-files.js";
import { readSource } from "./source.js";

/** Stands where a local file is missing, so that this is told once. */
const standIn = "s3://unknown/file";

/** A URI as it is given; what is local is uploaded at deployment. What is neither is left for the check of the request. */
export function lowerUri(
  session: Session,
  value: unknown,
  takesFolder: boolean,
  path: Path,
  problems: Problems,
): unknown {
  const source = readSource(value, ["s3", "https"]);
  if (source.kind !== "local") return value;
  const found = localKind(source.path);
  if (found.kind === "file" || (found.kind === "folder" && takesFolder)) {
    return assetUri(session, source.path, `the S3 URI of ${source.given}`);
  }
  if (found.kind === "none") {
    problems.add("missing_file", path, `cannot read ${shown(source.given)}: ${found.problem}`);
  } else {
    problems.add("invalid_model", path, `expected a file, got the folder ${shown(source.given)}`);
  }
  return standIn;
}
