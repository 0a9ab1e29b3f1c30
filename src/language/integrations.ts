import type { IntegrationPattern } from "./arn.js";
import { integrations } from "./integration-data.js";

type Integrations = typeof integrations;

/** A service that has optimized integrations, as it stands in the ARN. */
export type IntegrationService = keyof Integrations;

/** An action of a service that has an optimized integration. */
export type IntegrationAction<Service extends IntegrationService> = keyof Integrations[Service] & string;

/** The patterns in which an action may be called. */
export type PatternOf<
  Service extends IntegrationService,
  Action extends IntegrationAction<Service>,
> = Integrations[Service][Action] extends { readonly patterns: readonly (infer Pattern extends IntegrationPattern)[] }
  ? Pattern
  : never;

/** What Step Functions knows of a call; parameters by their top-level names. */
export interface Integration {
  /** In machines of type STANDARD; those of type EXPRESS have `REQUEST_RESPONSE` alone. */
  readonly patterns: readonly IntegrationPattern[];
  /** The newest version of `RUN_JOB`: `2` is `.sync:2`; none is `.sync`. */
  readonly jobVersion?: number;
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

/** The optimized integration of a service's action; `undefined` where there is none. */
export function findIntegration(service: string, action: string): Integration | undefined {
  const actions: { readonly [action: string]: Integration } | undefined = Object.hasOwn(integrations, service)
    ? integrations[service as IntegrationService]
    : undefined;
  return actions !== undefined && Object.hasOwn(actions, action) ? actions[action] : undefined;
}

/** Every optimized integration. */
export function allIntegrations(): readonly (readonly [service: string, action: string, integration: Integration])[] {
  return Object.entries(integrations).flatMap(([service, actions]) =>
    Object.entries(actions).map(([action, integration]) => [service, action, integration] as const),
  );
}
