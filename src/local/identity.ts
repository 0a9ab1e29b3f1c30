/** Who the local service says the caller is. */
export interface LocalIdentity {
  /** Twelve digits. */
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  /** Name of the role that the caller has assumed; it exists in the local IAM. */
  readonly roleName: string;
}

/** The identity when nothing else is asked for. */
export const defaultIdentity: LocalIdentity = {
  account: "000000000000",
  region: "us-east-1",
  partition: "aws",
  roleName: "sfn-ds-local",
};
