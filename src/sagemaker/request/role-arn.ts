import { deferred } from "../../states/deferred.js";
import { expandRole } from "../session/role.js";
import type { Session } from "../session/session.js";

const roleName = /^[\w+=,.@-]{1,64}$/;

/** The ARN of a role that is given by its ARN or, to be looked up at deployment, by its name. What is neither is left for the check of the request. */
export function roleArn(role: unknown, session: Session): unknown {
  if (typeof role !== "string" || !roleName.test(role)) return role;
  return deferred(`the ARN of the role ${role}`, () => expandRole(session, role));
}
