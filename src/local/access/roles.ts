import { randomBytes } from "node:crypto";
import type { LocalIdentity } from "../identity.js";
import { ServiceError } from "../wire.js";

/** A role of the local IAM. */
export interface LocalRole {
  readonly name: string;
  /** Begins and ends with `/`. */
  readonly path: string;
  readonly arn: string;
  readonly id: string;
  readonly created: Date;
  readonly description: string | undefined;
  /** Whole seconds. */
  readonly maxSessionSeconds: number;
  readonly tags: ReadonlyMap<string, string>;
  trustPolicy: string;
  /** Inline policies: name to document. */
  readonly policies: Map<string, string>;
  /** ARNs of managed policies. */
  readonly attached: Set<string>;
}

/** The roles that exist while a local service runs, and who has assumed them. */
export interface Roles {
  get(name: string): LocalRole;
  create(role: NewRole): LocalRole;
  remove(name: string): void;
  /** All roles whose path begins with `pathPrefix`, by name. */
  list(pathPrefix: string): readonly LocalRole[];
  /** Remembers a session, so that its credentials tell who is calling. */
  assume(role: LocalRole, sessionName: string): RoleSession;
  /** The session of an access key; the one of the identity for keys that were not given out here. */
  session(accessKeyId: string | undefined): RoleSession;
}

/** What a new role is made of. */
export interface NewRole {
  readonly name: string;
  readonly path: string;
  readonly trustPolicy: string;
  readonly description?: string | undefined;
  readonly maxSessionSeconds?: number | undefined;
  readonly tags?: ReadonlyMap<string, string>;
}

/** A role that somebody has assumed. */
export interface RoleSession {
  readonly accessKeyId: string;
  /** `arn:<partition>:sts::<account>:assumed-role/<role>/<session>`: the role's path is not in it. */
  readonly arn: string;
  /** `<role id>:<session>`. */
  readonly userId: string;
}

/**
 * Opens the local IAM; the role of the identity exists from the start.
 *
 * @param now - Milliseconds since 1970.
 */
export function createRoles(identity: LocalIdentity, now: () => number = Date.now): Roles {
  const roles = new Map<string, LocalRole>();
  const sessions = new Map<string, RoleSession>();
  const own = newRole(identity, now(), { name: identity.roleName, path: "/", trustPolicy: ownTrustPolicy });
  roles.set(own.name, own);
  const ownSession = sessionOf(identity, own, "sfn-ds", "local");
  return {
    get: (name) => existing(roles, name),
    create(role) {
      if (roles.has(role.name)) {
        throw new ServiceError("EntityAlreadyExists", `Role with name ${role.name} already exists.`, 409);
      }
      const made = newRole(identity, now(), role);
      roles.set(made.name, made);
      return made;
    },
    remove(name) {
      checkRemovable(existing(roles, name));
      roles.delete(name);
    },
    list: (pathPrefix) =>
      [...roles.values()]
        .filter(({ path }) => path.startsWith(pathPrefix))
        .sort((left, right) => (left.name < right.name ? -1 : 1)),
    assume(role, sessionName) {
      const session = sessionOf(identity, role, sessionName, newId("ASIA"));
      sessions.set(session.accessKeyId, session);
      return session;
    },
    session: (accessKeyId = "") => sessions.get(accessKeyId) ?? ownSession,
  };
}

/** Step Functions and SageMaker may assume the role that is there from the start. */
const ownTrustPolicy = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { Service: ["states.amazonaws.com", "sagemaker.amazonaws.com"] },
      Action: "sts:AssumeRole",
    },
  ],
});

function newRole({ partition, account }: LocalIdentity, now: number, role: NewRole): LocalRole {
  return {
    name: role.name,
    path: role.path,
    arn: `arn:${partition}:iam::${account}:role${role.path}${role.name}`,
    id: newId("AROA"),
    created: new Date(now),
    description: role.description,
    maxSessionSeconds: role.maxSessionSeconds ?? 3600,
    tags: role.tags ?? new Map(),
    trustPolicy: role.trustPolicy,
    policies: new Map(),
    attached: new Set(),
  };
}

function existing(roles: ReadonlyMap<string, LocalRole>, name: string): LocalRole {
  const role = roles.get(name);
  if (role !== undefined) return role;
  throw new ServiceError("NoSuchEntity", `The role with name ${name} cannot be found.`, 404);
}

function checkRemovable({ policies, attached }: LocalRole): void {
  if (policies.size > 0)
    throw new ServiceError("DeleteConflict", "Cannot delete entity, must delete policies first.", 409);
  if (attached.size === 0) return;
  throw new ServiceError("DeleteConflict", "Cannot delete entity, must detach all policies first.", 409);
}

function sessionOf(identity: LocalIdentity, role: LocalRole, sessionName: string, accessKeyId: string): RoleSession {
  const { partition, account } = identity;
  const arn = `arn:${partition}:sts::${account}:assumed-role/${role.name}/${sessionName}`;
  return { accessKeyId, arn, userId: `${role.id}:${sessionName}` };
}

function newId(prefix: string): string {
  return prefix + randomBytes(8).toString("hex").toUpperCase();
}
